"""The rules of a world, as its agents read them."""

from pathlib import Path
from string import Template
from typing import Final

from fle_marl.envs.options import DEFAULT_TICKS_PER_STEP
from fle_marl.messaging import MessageLimits
from fle_marl.programs.limits import ProgramLimits
from fle_marl.programs.modules import IMPORTABLE_MODULES
from fle_marl.prototypes import load
from fle_marl.units import TICKS_PER_MINUTE

__all__ = ["rules"]

_TEXT: Final = Path(__file__).with_name("rules.md")
_KIBIBYTE: Final = 2**10
_MEBIBYTE: Final = 2**20


def rules() -> str:
    """The rules, with the limits that hold by default."""
    programs, messages = ProgramLimits(), MessageLimits()
    character = load().entities["character"]
    values = {
        "modules": ", ".join(f"`{name}`" for name in IMPORTABLE_MODULES),
        "cpu_seconds": programs.cpu_seconds,
        "memory_mebibytes": programs.memory_bytes / _MEBIBYTE,
        "tool_calls": programs.tool_calls,
        "output_kibibytes": programs.output_bytes / _KIBIBYTE,
        "source_characters": programs.source_characters,
        "step_ticks": DEFAULT_TICKS_PER_STEP,
        "step_minutes": DEFAULT_TICKS_PER_STEP / TICKS_PER_MINUTE,
        "build_distance": character.number("build_distance"),
        "reach_distance": character.number("reach_distance"),
        "mining_distance": character.number("reach_resource_distance"),
        "message_characters": messages.characters_per_message,
        "messages_per_step": messages.messages_per_step,
    }
    shown = {
        name: value if isinstance(value, str) else f"{value:,g}"
        for name, value in values.items()
    }
    return Template(_TEXT.read_text(encoding="utf-8")).substitute(shown)
