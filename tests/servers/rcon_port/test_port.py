"""A world behind a TCP port, asked by factorio-rcon-py and by hostile sockets."""

import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import factorio_rcon
import pytest

from fle_marl.errors import SaveError, ServerError
from fle_marl.servers.rcon_port import (
    PortLimits,
    RconPort,
    SaveFile,
    load_game,
    new_game,
)
from fle_marl.sim.lua_api.limits import ScriptLimits

from .fuzzing.packets import packet

PASSWORD = "open sesame"
SCRIPT_LIMITS = ScriptLimits(
    instructions=3_000_000, seconds=2, memory_bytes=128 << 20, answer_bytes=16 << 20
)
LIMITS = PortLimits(connections=12, packet_bytes=8 << 20)


def new_world():
    return new_game({"name": "empty"}, characters=1, seed=1, limits=SCRIPT_LIMITS)


@contextmanager
def serving(game, **options) -> Iterator[RconPort]:
    """A port that is served until the end of the block."""
    with RconPort(game, PASSWORD, **({"limits": LIMITS} | options)) as port:
        thread = threading.Thread(target=port.serve)
        thread.start()
        try:
            yield port
        finally:
            port.stop()
            thread.join(30)
            assert not thread.is_alive()


@pytest.fixture(scope="module")
def port() -> Iterator[RconPort]:
    """A port that all tests of a module share."""
    with serving(new_world()) as port:
        yield port


@pytest.fixture
def connect() -> Iterator[Callable[[RconPort], factorio_rcon.RCONClient]]:
    with ExitStack() as stack:

        def open_client(port):
            client = factorio_rcon.RCONClient(*port.address, PASSWORD, timeout=60)
            stack.callback(client.close)
            return client

        yield open_client


@pytest.fixture
def client(port, connect):
    return connect(port)


@pytest.fixture
def ask(client) -> Callable[[str], str | None]:
    return client.send_command


# --- bare sockets


@pytest.fixture
def raw(port) -> Iterator[socket.socket]:
    """A connection that has said nothing yet."""
    with socket.create_connection(port.address, timeout=20) as connection:
        yield connection


def read_packet(connection: socket.socket) -> tuple[int, int, bytes]:
    head = read_exactly(connection, 4)
    (size,) = struct.unpack("<i", head)
    body = read_exactly(connection, size)
    number, kind = struct.unpack_from("<ii", body)
    assert body.endswith(b"\0\0")
    return number, kind, body[8:-2]


def read_exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = connection.recv(min(size - len(data), 1 << 16))
        if not part:
            raise EOFError
        data += part
    return data


def is_closed(connection: socket.socket) -> bool:
    """Whether the other side closes the connection, after what it still sends."""
    try:
        while connection.recv(1 << 16):
            pass
    except ConnectionError:
        return True
    return True


# --- commands

ANSWERS = {
    "lua": ("/c rcon.print(1 + 1)", "2"),
    "lua, long name": ("/command rcon.print('a')", "a"),
    "lua, silent": ("/sc rcon.print('a') rcon.print('b')", "a\nb"),
    "lua, silent, long name": ("/silent-command rcon.print(game.speed)", "1"),
    "lua on several lines": ("/sc\nlocal x = 3\nrcon.print(x)", "3"),
    "lua of the scenario": ("/sc __level__ rcon.print(type(global))", "table"),
    "nothing printed": ("/sc local x = 1", None),
    "other letters": ("/sc rcon.print('äöü 漢字 🏭')", "äöü 漢字 🏭"),
    "nobody": ("/sc rcon.print(tostring(game.player))", "nil"),
    "version": ("/version", "1.1.110"),
    "players": ("/players", "Players (0):"),
    "players that are online": ("/players online", "Online players (0):"),
    "players, short": ("/p", "Players (0):"),
    "players that are online, short": ("/o", "Online players (0):"),
    "number of players": ("/players count", "0"),
    "seed": ("/seed", "0"),
    "evolution": (
        "/evolution",
        "Evolution factor: 0.0000. (Time 0%) (Pollution 0%) (Spawner kills 0%)",
    ),
    "help of one": ("/help seed", "/seed Prints the starting map seed."),
    "unknown": (
        "/fly 3",
        "Unknown command: fly. Use /help to see a list of available commands.",
    ),
    "unknown help": ("/help fly", "Unknown command: fly."),
    "chat": ("hello", None),
    "nothing": ("", None),
    "a slash": ("/", None),
    "saving without a file": (
        "/server-save",
        "Cannot save: the server was started without --save.",
    ),
    "broken lua": (
        "/sc x = = 1",
        'Cannot execute command. Error: [string "x = = 1"]:1: unexpected symbol '
        "near '='",
    ),
    "failing lua": (
        "/c rcon.print('so far') error('oh')",
        "so far\nCannot execute command. Error: "
        "[string \"rcon.print('so far') error('oh')\"]:1: oh",
    ),
    "misused API": (
        "/c game.foo()",
        'Cannot execute command. Error: [string "game.foo()"]:1: '
        "LuaGameScript doesn't contain key foo.",
    ),
    "no end": (
        "/c while true do end",
        "Cannot execute command. Error: the script was ended: it ran for more than "
        "3000000 instructions",
    ),
}


@pytest.mark.parametrize(("command", "answer"), ANSWERS.values(), ids=ANSWERS.keys())
def test_answers(ask, command, answer):
    assert ask(command) == answer


def test_time_of_the_world(ask):
    assert re.fullmatch(r"\d+ seconds?|1 minute.*", ask("/time"))


def test_help_lists_every_command(ask):
    listed = ask("/help").splitlines()
    assert len(listed) >= 17
    assert all(line.startswith("/") for line in listed)


@pytest.mark.parametrize("command", ["/mc", "/measured-command"])
def test_measured_commands(ask, command):
    assert re.fullmatch(r"5\nDuration: \d+\.\d{6}ms", ask(f"{command} rcon.print(5)"))


def test_commands_of_scripts(ask):
    ask("""/c commands.add_command("greet", "Greets.", function(event)
      rcon.print(event.name .. " " .. tostring(event.parameter)) end)""")
    assert ask("/greet you there") == "greet you there"
    assert ask("/greet") == "greet nil"
    assert ask("/help greet") == "/greet Greets."
    assert "already exists" in ask("/c commands.add_command('greet', '', print)")
    assert "already exists" in ask("/c commands.add_command('c', '', print)")
    assert ask("/c rcon.print(commands.commands.greet)") == "Greets."
    assert ask("/c rcon.print(tostring(commands.remove_command('greet')))") == "true"
    assert "Unknown command" in ask("/greet")


def test_a_command_of_a_script_that_fails(ask):
    ask("/c commands.add_command('fail', '', function() error('oh', 0) end)")
    assert ask("/fail") == "Cannot execute command. Error: a script failed: oh"


@pytest.mark.parametrize("size", [10, 5000, 70_000, 5_000_000])
def test_long_answers_and_commands_are_whole(ask, size):
    text = "ä" * (size // 2)
    assert ask(f"/sc rcon.print('{text}')") == text
    assert ask(f"/sc rcon.print(('x'):rep({size}))") == "x" * size


def test_commands_in_flight_are_answered_in_order(client):
    commands = {number: f"/sc rcon.print({number})" for number in range(300)}
    assert client.send_commands(commands) == {
        number: str(number) for number in range(300)
    }


def test_many_commands_with_long_answers_are_sent_before_one_is_read(client):
    commands = {
        number: f"/sc rcon.print(('{number},'):rep(2000))" for number in range(2000)
    }
    answers = client.send_commands(commands)
    assert all(answers[number] == f"{number}," * 2000 for number in commands)


def test_clients_do_not_hear_each_other(port, connect):
    clients = [connect(port) for _ in range(6)]
    for turn in range(20):
        for number, each in enumerate(clients):
            assert each.send_command(f"/sc rcon.print('{number}.{turn}')") == (
                f"{number}.{turn}"
            )


def test_the_same_lua_state_for_all(port, connect):
    connect(port).send_command("/c global.shared = 7")
    assert connect(port).send_command("/c rcon.print(global.shared)") == "7"


# --- time


def tick(ask):
    return int(ask("/sc rcon.print(game.tick)"))


def wait_for_tick(ask, wanted, seconds=20):
    end = time.monotonic() + seconds
    while tick(ask) < wanted and time.monotonic() < end:
        time.sleep(0.01)
    return tick(ask)


def test_time_passes_at_its_pace_and_stands_when_paused(connect):
    with serving(new_world()) as port:
        ask = connect(port).send_command
        first, began = tick(ask), time.monotonic()
        time.sleep(0.5)
        passed = tick(ask) - first
        assert passed <= 60 * (time.monotonic() - began) + 7
        assert passed > 5
        ask("/sc game.speed = 1000")
        assert wait_for_tick(ask, 3000) >= 3000
        ask("/sc game.speed = 1e6 game.tick_paused = true")
        stands = tick(ask)
        time.sleep(0.05)
        assert tick(ask) == stands
        ask("/sc game.ticks_to_run = 25")
        assert wait_for_tick(ask, stands + 25) == stands + 25
        time.sleep(0.05)
        assert tick(ask) == stands + 25
        for bad in ("speed = 0", "speed = 0/0", "ticks_to_run = -1", "tick_paused = 1"):
            assert "Cannot execute command" in ask(f"/sc game.{bad}")


def test_handlers_that_fail_or_do_not_end_listen_no_more(connect, caplog):
    with serving(new_world()) as port:
        ask = connect(port).send_command
        ask("/sc game.speed = 100 global.good = 0")
        ask(
            """/sc script.on_event(defines.events.on_tick, function()
          while true do end end)"""
        )
        ask("/sc script.on_nth_tick(7, function() error('oh', 0) end)")
        ask("/sc script.on_nth_tick(9, function() global.good = global.good + 1 end)")
        wait_for_tick(ask, tick(ask) + 200)
        assert int(ask("/sc rcon.print(global.good)")) > 5
    failures = [
        each.message for each in caplog.records if "listens no more" in each.message
    ]
    assert len(failures) == 2


# --- passwords


def test_a_wrong_password(port):
    with pytest.raises(factorio_rcon.InvalidPassword):
        factorio_rcon.RCONClient(*port.address, "sesame", timeout=20)


def test_tries_are_counted(raw):
    for _ in range(3):
        raw.sendall(packet(5, 3, b"wrong"))
        assert read_packet(raw) == (-1, 2, b"")
    assert is_closed(raw)


def test_commands_want_a_password(raw):
    raw.sendall(packet(5, 2, b"/sc rcon.print(1)"))
    assert read_packet(raw) == (-1, 2, b"")
    raw.sendall(packet(6, 3, PASSWORD.encode()))
    assert read_packet(raw) == (6, 2, b"")
    raw.sendall(packet(7, 2, b"/sc rcon.print(1)") + packet(8, 0, b""))
    assert [read_packet(raw), read_packet(raw)] == [(7, 0, b"1\n"), (8, 0, b"")]


def test_an_address_that_tries_too_often_is_shut_out(connect):
    limits = PortLimits(tries_of_address=4)
    with serving(new_world(), limits=limits) as port:
        friend = connect(port)
        for _ in range(4):
            with pytest.raises(factorio_rcon.InvalidPassword):
                factorio_rcon.RCONClient(*port.address, "x", timeout=20)
        with pytest.raises(factorio_rcon.RCONConnectError):
            factorio_rcon.RCONClient(*port.address, PASSWORD, timeout=20)
        assert friend.send_command("/version") == "1.1.110"


def test_no_more_connections_than_allowed(connect):
    with serving(new_world(), limits=PortLimits(connections=2)) as port:
        connect(port), connect(port)
        with pytest.raises(factorio_rcon.RCONConnectError):
            connect(port)


def test_silent_connections_are_closed(connect):
    limits = PortLimits(password_seconds=0.1, idle_seconds=0.3)
    with serving(new_world(), limits=limits) as port:
        client = connect(port)
        with socket.create_connection(port.address, timeout=20) as stranger:
            assert is_closed(stranger)
        assert is_closed(client.rcon_socket)


# --- packets that mean harm

GOOD = packet(1, 3, PASSWORD.encode())
GARBLED = {
    "a negative size": packet(1, 3, b"", size=-1),
    "no size": packet(1, 3, b"", size=0),
    "too small a size": packet(1, 3, b"", size=9),
    "too large a size before the password": packet(1, 3, b"", size=5000),
    "the largest size": packet(1, 3, b"", size=2**31 - 1),
    "too large a size": GOOD + packet(1, 2, b"", size=9 << 20),
    "no end": packet(1, 3, b"ab", size=11),
    "no text": GOOD + packet(1, 2, b"\xff\xfe"),
    "an unknown kind": GOOD + packet(1, 77, b"x"),
    "the web": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.mark.parametrize("garbled", GARBLED.values(), ids=GARBLED.keys())
def test_garbled_packets_close_their_connection_only(raw, ask, garbled):
    raw.sendall(garbled)
    assert is_closed(raw)
    assert ask("/version") == "1.1.110"


def test_packets_come_in_any_pieces(raw):
    for byte in GOOD + packet(9, 2, "/sc rcon.print('ä')".encode()):
        raw.sendall(bytes([byte]))
    assert read_packet(raw) == (1, 2, b"")
    assert read_packet(raw) == (9, 0, "ä\n".encode())


def test_half_a_packet_and_no_more(raw, ask):
    raw.sendall(GOOD[:7])
    raw.close()
    assert ask("/version") == "1.1.110"


def test_a_client_that_reads_nothing_holds_nobody_up(raw, ask):
    raw.sendall(GOOD + packet(2, 2, b"/sc rcon.print(('x'):rep(2e6))") * 30)
    assert ask("/version") == "1.1.110"
    assert read_packet(raw)[:2] == (1, 2)
    for _ in range(30):
        assert len(read_packet(raw)[2]) == 2_000_001


# --- saves


def test_a_saved_world_is_gone_on_with(connect, tmp_path):
    file = SaveFile(tmp_path / "world.save")
    with serving(new_world(), save_file=file) as port:
        ask = connect(port).send_command
        ask("/sc game.tick_paused = true global.note = 'kept'")
        assert ask("/server-save other one") == "Saved map as other one.save."
        assert ask("/server-save") == "Saved map as world.save."
        assert ask("/server-save ../away").startswith("Cannot save: a save cannot be")
        ask("/sc global.note = 'kept later'")
        ask("/sc game.server_save('by script')")
        ended = tick(ask)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["by script.save", "other one.save", "world.save"]
    assert not list(tmp_path.parent.glob("away*"))
    for name, note in (("other one", "kept"), ("world", "kept later")):
        with serving(load_game(tmp_path / f"{name}.save", SCRIPT_LIMITS)) as port:
            ask = connect(port).send_command
            assert ask("/sc rcon.print(global.note)") == note
            assert tick(ask) == ended


def test_autosaves(tmp_path):
    path = tmp_path / "deep" / "world.save"
    with serving(new_world(), save_file=SaveFile(path), autosave_seconds=0.5):
        end = time.monotonic() + 20
        while not path.exists() and time.monotonic() < end:
            time.sleep(0.05)
        assert path.exists()


def test_foreign_files_are_no_worlds(tmp_path):
    (tmp_path / "x").write_bytes(b"PK")
    with pytest.raises(SaveError):
        load_game(tmp_path / "x")


# --- the port itself


def test_a_port_in_use(port):
    with pytest.raises(ServerError, match="in use by another program") as caught:
        RconPort(new_world(), PASSWORD, port=port.address[1])
    assert caught.value.code == "port-in-use"


def test_an_empty_password():
    with pytest.raises(ServerError) as caught:
        RconPort(new_world(), "")
    assert caught.value.code == "no-password"


def test_quit_ends_the_server(connect):
    with serving(new_world()) as port:
        client = connect(port)
        client.send_command("/quit")
    assert is_closed(client.rcon_socket)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_line_ends_cleanly(tmp_path, number):
    command = [sys.executable, "-m", "fle_marl", "serve", "--scenario", "empty"]
    command += ["--port", "0", "--save", str(tmp_path / "world.save"), "--paused"]
    environment = os.environ | {"FLE_MARL_RCON_PASSWORD": PASSWORD}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        host, port = process.stdout.readline().split()[-1].split(":")
        with factorio_rcon.RCONClient(host, int(port), PASSWORD, timeout=60) as client:
            assert client.send_command("/sc rcon.print(game.tick)") == "0"
        process.send_signal(number)
        assert process.wait(30) == 0
    assert (tmp_path / "world.save").exists()


# --- for long


def resident_bytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf(
        "SC_PAGE_SIZE"
    )


@pytest.mark.slow
def test_many_commands_lose_nothing_and_cost_no_memory(connect):
    clients, rounds, batch = 8, 125, 100
    with serving(new_world()) as port:
        opened = [connect(port) for _ in range(clients)]
        wrong = []

        def ask_on(number, times):
            for turn in range(times):
                commands = {
                    each: f"/sc rcon.print('{number} {turn} {each} ' .. game.tick * 0)"
                    for each in range(batch)
                }
                for each, answer in opened[number].send_commands(commands).items():
                    if answer.split(".")[0] != f"{number} {turn} {each} 0":
                        wrong.append(answer)

        def ask_all(times):
            threads = [
                threading.Thread(target=ask_on, args=(number, times))
                for number in range(clients)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

        ask_all(rounds // 5)
        before = resident_bytes()
        ask_all(rounds)
        assert wrong == []
        assert resident_bytes() < 1.05 * before
