"""How long scripts take, which only people see."""

import re

import pytest

from fle_marl.errors import ServerError


@pytest.fixture
def milliseconds(api, run):
    """``milliseconds(profiler)``: what is printed for it."""

    def ask(profiler: str) -> float:
        run(f"rcon.print({profiler})")
        found = re.fullmatch(r"Duration: (\d+\.\d{6})ms", api.printed[-1])
        assert found
        return float(found[1])

    return ask


def test_time_goes_by_until_it_is_stopped(run, milliseconds):
    run("profiler = game.create_profiler()")
    first = milliseconds("profiler")
    second = milliseconds("profiler")
    assert 0 < first < second
    run("profiler.stop()")
    stopped = milliseconds("profiler")
    assert stopped > second
    assert milliseconds("profiler") == stopped
    run("profiler.restart()")
    assert milliseconds("profiler") > stopped


def test_one_that_begins_stopped(run, milliseconds):
    run("profiler = game.create_profiler(true)")
    assert milliseconds("profiler") == 0
    run("profiler.restart()")
    assert milliseconds("profiler") > 0


def test_reset_begins_again_and_runs(run, milliseconds):
    run("profiler = game.create_profiler() for i = 1, 200000 do end profiler.stop()")
    before = milliseconds("profiler")
    run("profiler.reset() profiler.stop()")
    assert 0 < milliseconds("profiler") < before
    run("profiler.reset()")
    assert milliseconds("profiler") < milliseconds("profiler")


def test_sums_and_means(run, milliseconds):
    run("profiler, sum = game.create_profiler(), game.create_profiler(true)")
    run("profiler.stop() for i = 1, 3 do sum.add(profiler) end")
    one = milliseconds("profiler")
    assert milliseconds("sum") == pytest.approx(3 * one, abs=2e-6)
    run("sum.divide(3)")
    assert milliseconds("sum") == pytest.approx(one, abs=2e-6)


def test_one_that_runs_is_not_divided(run, milliseconds):
    run("profiler = game.create_profiler() for i = 1, 200000 do end")
    before = milliseconds("profiler")
    run("profiler.divide(1000)")
    assert milliseconds("profiler") > before


def test_it_is_part_of_a_text(api, run):
    run("rcon.print{'', 'took ', game.create_profiler(true)}")
    assert api.printed == ["took Duration: 0.000000ms"]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("add(5)", "Expected LuaProfiler, got 5"),
        ("divide(0)", "must not be 0"),
        ("divide('x')", "number expected, got string"),
        ("seconds", "doesn't contain key seconds"),
    ],
)
def test_what_is_refused(refusal, act, words):
    assert words in refusal(f"return game.create_profiler().{act}")


def test_scripts_cannot_read_it(run):
    assert run("return tostring(game.create_profiler())") == "[LuaProfiler]"


def test_a_save_has_none_of_it(api, run):
    run("global.profiler = game.create_profiler()")
    with pytest.raises(ServerError, match="Cannot save a LuaProfiler"):
        api.save_scripts()
    run("global.profiler = nil")
    first = api.save_scripts()
    run("local one = game.create_profiler() one.stop() rcon.print(one)")
    assert api.save_scripts() == first
