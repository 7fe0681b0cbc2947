"""The command ``fle-marl``: list and describe tasks, run teams on them, and measure.

What a command does is done by the rooms below; here are only words and exit codes: 0
when all went well, 1 when a task was not solved or a world failed, 2 for bad usage, 130
when interrupted.
"""

import json
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Self

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from fle_marl import __version__
from fle_marl.errors import FleMarlError, ServerError

if TYPE_CHECKING:
    from fle_marl.evaluation.run import RunResult, StepReport

__all__ = ["app", "main"]

_FAILED: Final = 1
_BAD_USAGE: Final = 2
_INTERRUPTED: Final = 130

app = typer.Typer(
    name="fle-marl",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: [bold]fle-marl run iron_plate_throughput_16[/bold]",
)

_TaskArgument = Annotated[
    str, typer.Argument(help="Key of a task, or the path of a task file.")
]


def main() -> None:
    """Run the command line."""
    app()


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"fle-marl {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Say the version."
        ),
    ] = False,
) -> None:
    """Let teams of agents build factories in Factorio 1.1, without Factorio.

    A [bold]task[/bold] says what a factory must make. A [bold]team[/bold] of agents
    shares one world, each agent with a character of its own. In every step
    each agent runs a Python program; then the task measures what the
    factory makes by itself.

    \b
    [bold]list[/bold]      shows all tasks
    [bold]describe[/bold]  tells one in full
    [bold]run[/bold]       lets a team play it, and keeps what happened
    [bold]serve[/bold]     opens a world to software written for the game's own server
    [bold]manual[/bold]    prints what agents are told of their world
    [bold]bench[/bold]     measures the package itself
    """  # noqa: D301 - \b is for the help page


@app.command("list")
def list_tasks() -> None:
    """Show all tasks, and every task file that cannot be used.

    The key in the first column is what the other commands take.
    """
    from fle_marl.evaluation.tables import task_table
    from fle_marl.tasks import load_tasks

    with _plain_errors():
        tasks, problems = load_tasks()
    _console().print(task_table(tasks.values()))
    for problem in problems:
        _say(f"[yellow]not usable:[/yellow] {escape(str(problem))}")


@app.command()
def describe(task: _TaskArgument) -> None:
    """Tell everything about one task: goal, judge, start and names.

    \b
    Examples:
      fle-marl describe iron_plate_throughput_16
      fle-marl describe my_tasks/many_gears.json
    """  # noqa: D301
    from fle_marl.evaluation.tables import task_facts
    from fle_marl.tasks import get_task

    with _plain_errors():
        _console().print(task_facts(get_task(task)))


@app.command()
def run(
    task: _TaskArgument,
    agents: Annotated[
        int, typer.Option(min=1, help="How many agents play together.")
    ] = 2,
    team: Annotated[
        str, typer.Option(help="Who plays: 'scripted' or 'random'.")
    ] = "scripted",
    seed: Annotated[int, typer.Option(min=0, help="Of the world and the agents.")] = 0,
    max_cycles: Annotated[
        int | None,
        typer.Option(min=1, help="Most steps; otherwise what the task allows."),
    ] = None,
    run_dir: Annotated[
        Path | None,
        typer.Option(help="Folder to write; otherwise runs/<task>-<seed>-<n>."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print only one JSON object: the result.")
    ] = False,
) -> None:
    """Let a team play a task once.

    While it runs, each step shows what every agent did and what the task
    measured. The run folder keeps [bold]trajectory.jsonl[/bold] (one line for each
    step and agent), [bold]result.json[/bold] and a picture, [bold]factory.png[/bold].

    The exit code is 0 when the task was solved, and 1 when it was not.

    \b
    Examples:
      fle-marl run iron_plate_throughput_16 --agents 2 --seed 1
      fle-marl run open_play --team random --max-cycles 5
      fle-marl run iron_ore_throughput_16 --json
    """  # noqa: D301
    with _plain_errors(), _Watcher(is_quiet=as_json) as watcher:
        result = _play(
            task,
            watcher,
            team=team,
            num_agents=agents,
            seed=seed,
            run_dir=run_dir,
            env_options={"max_cycles": max_cycles},
        )
    if as_json:
        typer.echo(json.dumps(result.to_plain()))
    else:
        from fle_marl.evaluation.tables import result_table

        _console().print(result_table(result), soft_wrap=True)
    if not result.success:
        raise typer.Exit(_FAILED)


@app.command()
def serve(  # noqa: PLR0913 - one for each option
    scenario: Annotated[
        str, typer.Option(help="Of a new world: 'lab-play', 'empty' or 'open-play'.")
    ] = "open-play",
    seed: Annotated[int, typer.Option(min=0, help="Of a new world.")] = 0,
    agents: Annotated[
        int, typer.Option(min=1, help="Characters that stand in a new world.")
    ] = 1,
    load: Annotated[
        Path | None, typer.Option(help="Go on with the world of this file instead.")
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(help="Write the world here at the end and on /server-save."),
    ] = None,
    autosave: Annotated[
        float, typer.Option(min=0, help="Also every so many seconds; 0 for never.")
    ] = 0,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="To listen on; 0 for any free one.")
    ] = 27015,
    password: Annotated[
        str | None,
        typer.Option(
            envvar="FLE_MARL_RCON_PASSWORD",
            help="That clients must give. Others on this machine may see options; "
            "the variable and the file are hidden from them.",
        ),
    ] = None,
    password_file: Annotated[
        Path | None, typer.Option(help="Its first line is the password.")
    ] = None,
    paused: Annotated[
        bool,
        typer.Option("--paused", help="Time stands until game.ticks_to_run is set."),
    ] = False,
    idle_seconds: Annotated[
        float, typer.Option(min=1, help="Silent clients are cut off after this.")
    ] = 3600,
    instructions: Annotated[
        int, typer.Option(min=1000, help="Most Lua instructions of a command.")
    ] = 1_000_000_000,
    memory: Annotated[
        int, typer.Option(min=16, help="Most memory of Lua, megabytes.")
    ] = 512,
) -> None:
    """Open a world to software written for the game's own headless server.

    Clients speak RCON: factorio-rcon-py, FLE, or any other. They run console commands
    ([bold]/c[/bold], [bold]/sc[/bold], [bold]/help[/bold] ...); between them time
    passes as [bold]game.speed[/bold], [bold]game.tick_paused[/bold] and
    [bold]game.ticks_to_run[/bold] say. Ctrl-C saves the world, with --save, and ends.

    \b
    Examples:
      FLE_MARL_RCON_PASSWORD=secret fle-marl serve
      fle-marl serve --scenario lab-play --port 0 --password-file secret.txt
      fle-marl serve --load world.save --save world.save --autosave 300 ...
    """  # noqa: D301
    from fle_marl.servers import rcon_port
    from fle_marl.sim.lua_api.limits import ScriptLimits

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with _plain_errors():
        limits = ScriptLimits(instructions=instructions, memory_bytes=memory << 20)
        secret = _password(password, password_file)
        if load is not None:
            game = rcon_port.load_game(load, limits)
        else:
            game = rcon_port.new_game(
                {"name": scenario}, characters=agents, seed=seed, limits=limits
            )
        game.lua.pace.is_paused |= paused
        with rcon_port.RconPort(
            game,
            secret,
            host=host,
            port=port,
            save_file=None if save is None else rcon_port.SaveFile(save),
            autosave_seconds=autosave,
            limits=rcon_port.PortLimits(idle_seconds=idle_seconds),
        ) as opened:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: opened.stop())
            typer.echo("listening on {}:{}".format(*opened.address))
            sys.stdout.flush()
            opened.serve()


def _password(given: str | None, file: Path | None) -> str:
    """The password that was given in one of three ways."""
    if file is not None:
        try:
            given = file.read_text(encoding="utf-8").partition("\n")[0].strip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise FleMarlError(
                f"the password cannot be read from {file}: {error}", code="no-password"
            ) from error
    if not given:
        raise FleMarlError(
            "a server needs a password that is not empty: set FLE_MARL_RCON_PASSWORD, "
            "or use --password-file or --password",
            code="no-password",
        )
    return given


@app.command()
def manual(
    short: Annotated[
        bool, typer.Option("--short", help="Only what fits into a small prompt.")
    ] = False,
    count: Annotated[
        bool, typer.Option("--count", help="Say how long it is instead.")
    ] = False,
) -> None:
    """Print what agents are told of their world: text for a model's prompt.

    The full form has the rules, all types with their fields, and each tool's page.
    The short one has the rules, and a line for each type and tool.

    \b
    Examples:
      fle-marl manual > prompt.md
      fle-marl manual --short --count
    """  # noqa: D301
    from fle_marl.agents import manual as texts

    text = texts.short_manual() if short else texts.full_manual()
    if count:
        typer.echo(
            f"{len(text):,} characters: at most {texts.most_tokens(text):,} tokens, "
            f"at {texts.CHARACTERS_PER_TOKEN:g} characters for each (a bound, no count)"
        )
    else:
        typer.echo(text, nl=False)


@app.command()
def bench(
    groups: Annotated[
        list[str] | None,
        typer.Argument(metavar="[GROUP]...", help="Groups to measure; all when none."),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Also write the rows to this file.")
    ] = None,
) -> None:
    """Measure speed and memory, and compare them with what they should be.

    A group that there is not is answered with the names of those that there are.

    \b
    Examples:
      fle-marl bench
      fle-marl bench env package --json bench.json
    """  # noqa: D301
    from fle_marl.evaluation.bench import run_groups
    from fle_marl.evaluation.tables import bench_table

    with _plain_errors():
        rows = run_groups(groups or [], lambda row: _say(f"measured {row.name}"))
    _console().print(bench_table(rows))
    if json_file is not None:
        text = json.dumps([row.to_plain() for row in rows], indent=2)
        json_file.write_text(text + "\n", encoding="utf-8")


class _Watcher:
    """Shows a run while it goes on: a bar, and a few lines for each step."""

    def __init__(self, *, is_quiet: bool) -> None:
        console = _console(quiet=is_quiet)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("steps  {task.fields[state]}"),
            console=console,
            disable=is_quiet or not console.is_terminal,
            transient=True,
        )
        self._bar = self._progress.add_task("starting the world", total=None, state="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, report: "StepReport") -> None:
        """Show one step."""
        from fle_marl.evaluation.tables import agent_line, amount_text, game_time

        state = f"game time {game_time(report.tick)}"
        if report.measured is not None:
            state += f"  measured {amount_text(report.measured)}"
        self._progress.update(
            self._bar,
            description="running",
            total=report.steps,
            completed=report.step,
            state=state,
        )
        if report.programs:
            self._progress.console.print(f"[bold]step {report.step}[/bold]  {state}")
        for agent, program in report.programs.items():
            line = agent_line(agent, program, report.infos[agent])
            self._progress.console.print(
                escape(line), no_wrap=True, overflow="ellipsis"
            )


def _play(task: str, watcher: _Watcher, **plan: Any) -> "RunResult":  # noqa: ANN401
    from fle_marl.evaluation.run import RunPlan, run_task
    from fle_marl.tasks import get_task

    return run_task(RunPlan(task=get_task(task), **plan), on_step=watcher.show)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn our own errors and Ctrl-C into one line and an exit code."""
    try:
        yield
    except FleMarlError as error:
        _say(f"[red]error[/red] ({error.code}): {escape(error.message)}")
        is_ours = isinstance(error, ServerError)
        raise typer.Exit(_FAILED if is_ours else _BAD_USAGE) from error
    except KeyboardInterrupt as error:
        _say("interrupted; what was run so far is in the run folder")
        raise typer.Exit(_INTERRUPTED) from error


def _console(*, stderr: bool = False, quiet: bool = False) -> Console:
    """A console that shows texts as they are: ``:100:`` is a line number."""
    return Console(stderr=stderr, quiet=quiet, highlight=False, emoji=False)


def _say(line: str) -> None:
    """Print one line beside the output proper."""
    _console(stderr=True).print(line, soft_wrap=True)
