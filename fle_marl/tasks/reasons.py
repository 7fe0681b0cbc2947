"""Says in plain words what is wrong with a task file."""

import difflib
import reprlib
from collections.abc import Iterable

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fle_marl.tasks.file_format import TASK_FILE_BY_TYPE

__all__ = ["describe_errors", "did_you_mean"]


def describe_errors(error: ValidationError, model: type[BaseModel] | None) -> str:
    """Every fault that a validation found, in one line.

    Args:
        error: what the validation raised.
        model: the model that was validated; None for a task file, whose model is
            chosen by its `task_type`.
    """
    return "; ".join(_describe(details, model) for details in error.errors())


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint at the known names closest to an unknown one, or nothing."""
    close = difflib.get_close_matches(name, list(known), n=3)
    return f", did you mean {' or '.join(map(repr, close))}?" if close else ""


def _describe(details: ErrorDetails, model: type[BaseModel] | None) -> str:
    kind, given = details["type"], details["input"]
    if kind == "json_invalid":
        return f"is not JSON: {details['ctx']['error']}"
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return _describe_task_type(given)
    place = details["loc"]
    if model is None and place and place[0] in TASK_FILE_BY_TYPE:
        model, place = TASK_FILE_BY_TYPE[str(place[0])], place[1:]
    where = ".".join(str(part) for part in place) or "the file"
    if kind == "missing":
        return f"{where}: is missing"
    if kind == "extra_forbidden":
        allowed = _keys_beside(model, place)
        hint = did_you_mean(str(place[-1]), allowed)
        return f"{where}: unknown key{hint} (allowed: {', '.join(allowed)})"
    message = details["msg"][:1].lower() + details["msg"][1:]
    return f"{where}: {message}, and is {reprlib.repr(given)}"


def _describe_task_type(given: object) -> str:
    known = ", ".join(TASK_FILE_BY_TYPE)
    task_type = given.get("task_type") if isinstance(given, dict) else None
    if task_type is None:
        return f"task_type: is missing (allowed: {known})"
    hint = did_you_mean(str(task_type), TASK_FILE_BY_TYPE)
    return f"task_type: unknown type {task_type!r}{hint} (allowed: {known})"


def _keys_beside(
    model: type[BaseModel] | None, place: tuple[int | str, ...]
) -> list[str]:
    for part in place[:-1]:
        model = _model_of(model, str(part))
    return sorted(model.model_fields) if model else []


def _model_of(model: type[BaseModel] | None, key: str) -> type[BaseModel] | None:
    field = model.model_fields.get(key) if model else None
    inner = field.annotation if field else None
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return inner
    return None
