"""The modules that programs can import."""

import random
from types import ModuleType

import pytest

from fle_marl.programs.modules import IMPORTABLE_MODULES, make_importer


def use(module, expression, seed="s"):
    """What an expression gives in a program that imports a module."""
    importer = make_importer(seed)
    scope = {"__builtins__": {"__import__": importer, "str": str}}
    exec(f"import {module}\nresult = {expression}", scope)
    return scope["result"]


@pytest.mark.parametrize("name", IMPORTABLE_MODULES)
def test_allowed_modules_show_public_names_only(name):
    module = make_importer("s")(name, fromlist=("x",))

    assert module.__name__ == name
    assert module.__all__
    public = {k: v for k, v in vars(module).items() if not k.startswith("__")}
    assert not any(key.startswith("_") for key in public)
    modules = {k for k, v in public.items() if isinstance(v, ModuleType)}
    assert modules <= {"abc"}


@pytest.mark.parametrize(
    ("module", "expression", "value"),
    [
        ("math", "math.floor(math.pi)", 3),
        ("collections.abc", "collections.abc.Sized.__name__", "Sized"),
        ("collections", "collections.Counter('aab')['a']", 2),
        ("datetime", "str(datetime.date(2020, 2, 1))", "2020-02-01"),
        (
            "datetime",
            "str(datetime.datetime(2020, 2, 1) + datetime.timedelta(1))",
            "2020-02-02 00:00:00",
        ),
        ("json", "json.loads('[1]')", [1]),
        ("re", "re.sub('a', 'b', 'aa')", "bb"),
    ],
)
def test_allowed_modules_work(module, expression, value):
    assert use(module, expression) == value


@pytest.mark.parametrize(
    "name", ["os", "sys", "time", "subprocess", "socket", "builtins", "fle_marl", "abc"]
)
def test_other_modules_are_refused(name):
    with pytest.raises(
        ImportError, match=f"cannot import '{name}'; allowed are bisect"
    ):
        use(name, "None")


def test_relative_imports_are_refused():
    with pytest.raises(ImportError):
        make_importer("s")("math", {}, {}, (), 1)


@pytest.mark.parametrize(
    "expression",
    ["random.random()", "random.Random().random()", "random.randint(0, 10**9)"],
)
def test_random_numbers_follow_the_seed(expression):
    assert use("random", expression) == use("random", expression)
    assert use("random", expression) != use("random", expression, seed="other")


def test_seeding_anew_without_a_seed_goes_back_to_the_start():
    script = "(random.seed(), random.random())[1]"

    assert use("random", script) == use("random", "random.random()")


def test_the_real_generator_is_left_alone():
    state = random.getstate()
    use("random", "random.random()")

    assert random.getstate() == state


@pytest.mark.parametrize(
    "expression",
    [
        "datetime.datetime.now()",
        "datetime.datetime.today()",
        "datetime.date.today()",
        "datetime.datetime.utcnow()",
    ],
)
def test_there_is_no_clock(expression):
    with pytest.raises(RuntimeError, match="no clock"):
        use("datetime", expression)
