"""Agents' processes: started late, ended for sure."""

import gc
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from fle_marl.errors import ServerError
from fle_marl.programs import process_group
from fle_marl.programs.process import AgentProcess
from fle_marl.programs.protocol import Called, Finished, Printed, Started

from .conftest import QUICK, TOOLS, wait_for_members


def finish(process):
    """Everything that a begun program says, without the first word."""
    messages = []
    while not isinstance(message := process.receive(), Finished | None):
        messages.append(message)
    process.end()
    return messages[1:]


def test_it_starts_with_the_first_program(process):
    assert process._running is None
    assert not process.is_alive()
    assert process.ask("names") is None

    assert process.begin("print(1)\necho(2)")

    assert isinstance(process.receive(), Started)
    assert process.receive() == Printed("1: 1\n")
    assert process.receive() == Called("echo", {"value": 2})
    process.reply({"value": 2})
    assert process.receive() == Finished(None)
    assert process.is_alive()


def test_questions_are_answered_between_programs(process):
    process.begin("x = 1\ndef f(): pass")
    finish(process)

    assert process.ask("names") == ["f", "x"]
    assert process.ask("functions") == [
        {
            "name": "f",
            "signature": "()",
            "docstring": "",
            "source": "def f(): pass",
        }
    ]


@pytest.mark.parametrize("value", [object(), {1, 2}, 2**70])
def test_a_value_that_cannot_be_sent_is_the_servers_fault(process, value):
    process.begin("echo(1)")
    process.receive()

    with pytest.raises(ServerError) as caught:
        process.reply(value)

    assert caught.value.code == "unsendable-value"


def test_closing_ends_all_processes(process):
    process.begin("while True: pass")
    process.receive()
    group = process._running.group
    wait_for_members(group, 2)

    process.close()

    wait_for_members(group, 0)
    assert not Path(f"/proc/{group}").exists()  # not even a zombie is left
    process.close()
    process.begin("print('x' in globals())")
    assert finish(process) == [Printed("1: False\n")]


def test_forgetting_it_ends_all_processes():
    process = AgentProcess(QUICK, "s", str(TOOLS))
    process.begin("pass")
    finish(process)
    group = process._running.group

    del process
    gc.collect()

    wait_for_members(group, 0)


def test_a_copy_that_took_over_is_ended_too(process):
    process.begin("pass")
    finish(process)
    group = process._running.group
    os.kill(wait_for_members(group, 2)[0], signal.SIGKILL)
    process.begin("pass")
    finish(process)
    wait_for_members(group, 2)

    process.close()

    wait_for_members(group, 0)


def test_no_process_outlives_a_killed_parent(tmp_path):
    script = f"""
        import os, signal
        from fle_marl.programs.limits import ProgramLimits
        from fle_marl.programs.process import AgentProcess
        process = AgentProcess(ProgramLimits(), "s", {str(TOOLS)!r})
        process.begin("x = 1")
        while process.receive() is not None and process.receive() is None: pass
        print(process._running.group, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """

    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        check=False,
        stdout=subprocess.PIPE,
        timeout=60,
    )

    assert done.returncode == -signal.SIGKILL
    wait_for_members(int(done.stdout), 0)


def test_it_can_be_pickled_and_starts_its_own_process(process):
    process.begin("x = 1")
    finish(process)

    copy = pickle.loads(pickle.dumps(process))

    copy.begin("print('x' in globals())")
    assert finish(copy) == [Printed("1: False\n")]
    copy.close()
    assert process.ask("names") == ["x"]


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_forked_copy_starts_its_own_process(process):
    process.begin("x = 1")
    finish(process)
    context = multiprocessing.get_context("fork")
    answers = context.Queue()

    def use_in_child():
        answers.put(process.ask("names"))
        process.begin("print('x' in globals())")
        answers.put(finish(process))
        process.close()

    child = context.Process(target=use_in_child)
    child.start()
    assert answers.get(timeout=30) is None
    assert answers.get(timeout=30) == [Printed("1: False\n")]
    child.join(30)

    assert process.ask("names") == ["x"]


def test_a_process_that_cannot_start_says_why(process, monkeypatch):
    monkeypatch.setattr(process_group, "_BOOT", "raise RuntimeError('no boot')")
    process.begin("pass")

    with pytest.raises(ServerError, match="RuntimeError: no boot") as caught:
        process.receive()

    assert caught.value.code == "worker-cannot-start"


def test_a_system_without_fork_is_refused(process, monkeypatch):
    monkeypatch.delattr(os, "fork")

    with pytest.raises(ServerError, match="a system with fork") as caught:
        process.begin("pass")

    assert caught.value.code == "no-process-isolation"


def test_the_worker_loads_nothing_heavy():
    heavy = {"numpy", "numba", "pydantic", "lupa", "gymnasium", "pettingzoo"}
    package = str(process_group._PACKAGE_FOLDER)
    source = (
        "import sys, types\n"
        f"sys.path[:] = {sys.path!r}\n"
        "package = types.ModuleType('fle_marl')\n"
        f"package.__path__ = [{package!r}]\n"
        "sys.modules['fle_marl'] = package\n"
        "import fle_marl.programs.worker\n"
        "from fle_marl.programs.modules import load_lazy_modules\n"
        "load_lazy_modules()\n"
        "print('loaded', *sys.modules)"
    )
    command = [sys.executable, "-S", "-s", "-P", "-c", source]
    printed = subprocess.run(command, capture_output=True, text=True, check=True)

    loaded = set(printed.stdout.split())
    assert "loaded" in loaded
    assert not loaded & heavy
    assert "fle_marl.prototypes" not in loaded
