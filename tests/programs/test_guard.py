"""What programs may name, and that formatting works as Python's own does."""

import pytest

from fle_marl.programs.guard import GUARDED_BUILTINS, SafeFormatter, compile_program

REFUSED = [
    "().__class__.__base__",
    "object.__subclasses__()",
    "print.__self__",
    "(lambda: 0).__globals__",
    "(lambda: 0).__code__",
    "f'{(lambda: 0).__closure__}'",
    "[x.gi_frame for x in ()]",
    "def f(x=len.__self__): pass",
    "class A(int.__base__): pass",
    "@print.__self__\ndef f(): pass",
    "x: int.__mro__ = 1",
    "match 1:\n    case object(__globals__=x): pass",
    "match 1:\n    case object(real=object(__bases__=x)): pass",
    "__builtins__",
    "def f():\n    global __builtins__",
    "import __builtins__ as b",
    "from a import b as __builtins__",
    "def f(__builtins__): pass",
    "try: pass\nexcept E as __builtins__: pass",
    "__loader__",
    "del x.__code__",
    "x.__code__ = y",
    "x.f_back.f_globals",
    "lambda: x.tb_frame",
    "async def f(): x.cr_frame",
    "with x.__reduce__() as y: pass",
    "(y := x.mro)",
    "x[y.__wrapped__]",
    "print(**x.__spec__)",
    "__format__text__",
]
ALLOWED = [
    "x.__class__.__name__",
    "class A:\n    def __init__(self): self.__dict__['a'] = 1",
    "'{}'.format(1)",
    "super().__init__()",
    "x.__doc__, x.__annotations__, x.__dataclass_fields__",
    "x.__reversed__()",
    "e.__cause__",
]


@pytest.mark.parametrize("source", REFUSED)
def test_refused(source):
    with pytest.raises(SyntaxError, match="programs cannot use the attribute"):
        compile_program(source, "<program 1>")


@pytest.mark.parametrize("source", ALLOWED)
def test_allowed(source):
    compile_program(source, "<program 1>")


def run(source):
    names = (
        {"__builtins__": {**vars(__builtins__), **GUARDED_BUILTINS}}
        if not (isinstance(__builtins__, dict))
        else {"__builtins__": {**__builtins__, **GUARDED_BUILTINS}}
    )
    exec(compile_program(source, "<program 1>"), names)
    return names["x"]


FORMATS = [
    "'{} {}'.format(1, 2)",
    "'{1:>4}|{0!r:<5}|{a[0]}|{b.real:.2f}'.format(1, 'q', a=[3], b=2.5)",
    "'{{}}'.format()",
    "'{:{}}'.format(5, '>8')",
    "str.format('{}-{}', 1, 2)",
    "list(map('{:03d}'.format, [1, 2]))",
    "'{a}'.format_map({'a': 7})",
    "getattr('{}', 'format')(9)",
    "format(3.14159, '.2f')",
    "'{0[k]}'.format({'k': 1})",
]


@pytest.mark.parametrize("expression", FORMATS)
def test_texts_are_formatted_as_ever(expression):
    assert run(f"x = {expression}") == eval(expression)


@pytest.mark.parametrize(
    ("expression", "error"),
    [("'{}'.format()", IndexError), ("'{a}'.format()", KeyError)],
)
def test_wrong_places_are_told_as_ever(expression, error):
    with pytest.raises(error) as ours:
        run(f"x = {expression}")
    with pytest.raises(error) as pythons:
        eval(expression)
    assert str(ours.value) == str(pythons.value)


def test_the_formatters_of_other_things_are_their_own():
    assert (
        run("class A:\n    def format(self, n): return n * 2\nx = A().format(4)") == 8
    )


TRICKS = [
    "'{0.__globals__}'.format(f)",
    "'{0.__class__.__mro__}'.format(1)",
    "'{a.__self__}'.format_map({'a': len})",
    "str.format('{0.__code__}', f)",
    "type('').format('{0.__closure__}', f)",
    "getattr(str, 'format')('{0.__globals__}', f)",
    "getattr(f, '__glo' + 'bals__')",
    "getattr(f, '__dict__')",
    "setattr(f, '__code__', None)",
    "delattr(f, '__defaults__'), delattr(f, '__code__')",
    "vars(type)",
    "vars(int)['real']",
    "int.__dict__",
    "getattr(f, S('__globals__'))",
    "getattr(object, S('__subclasses__'))",
    "S('{0.__globals__}').format(f)",
]
SLY = """
class S(str):
    def __str__(self): return "harmless"
    def __eq__(self, other): return False
    def __hash__(self): return 0
def f(): pass
"""


@pytest.mark.parametrize("trick", TRICKS)
def test_names_in_texts_are_refused_too(trick):
    with pytest.raises(PermissionError, match="programs cannot"):
        run(f"{SLY}x = {trick}")


def test_hasattr_does_not_tell():
    assert run(f"{SLY}x = hasattr(f, '__globals__'), hasattr(f, '__name__')") == (
        False,
        True,
    )


def test_own_classes_and_objects_can_be_looked_into():
    source = "class A:\n    n = 1\n    def __init__(self): self.m = 2\n"
    assert run(
        f"{source}A.__module__ = '__main__'\nx = vars(A)['n'], A().__dict__"
    ) == (
        1,
        {"m": 2},
    )


def test_the_formatter_of_the_module_string():
    assert SafeFormatter().format("{0.real}", 5) == "5"
    with pytest.raises(PermissionError):
        SafeFormatter().format("{0.__class__.__base__}", 5)
