"""Kernels as mere bitcode: machine code is only made of the entry points.

numba optimizes each function that it compiles and makes machine code of it, at once and
for itself. A kernel is only ever used inside entry points, into which it is copied or
linked, and which are optimized as a whole, so all of that is wasted: without it, all
takes little more than half the time to compile (44 s instead of 78 s), and the ticks
take as long as before.

This reaches into numba's compiler: the library that holds a function's code, and the
pass that fills it.
"""

from typing import Any

from numba import _dynfunc
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.typed_passes import NativeLowering

__all__ = ["BitcodeCompiler"]

_NO_ADDRESS = 0


class _BitcodeLibrary(JITCodeLibrary):  # type: ignore[misc]
    """Code that is finished when it can be linked into other code."""

    def _optimize_final_module(self) -> None:
        """Leave it to those into which this is linked."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class _BitcodeLowering(NativeLowering):  # type: ignore[misc]
    """Makes a function known to compiled code without an address in memory."""

    _name = "bitcode_lowering"

    def run_pass(self, state: Any) -> bool:
        library = _BitcodeLibrary(
            state.targetctx.codegen(), state.func_id.func_qualname
        )
        state.library = library
        state.flags.no_compile = True
        super().run_pass(state)
        lowered = state["cr"]
        # numba knows functions by such an object; this one cannot be called
        known_as = _dynfunc.make_function(
            lowered.fndesc.lookup_module(),
            lowered.fndesc.qualname,
            "a kernel",
            _NO_ADDRESS,
            lowered.env,
            (library,),
        )
        state.targetctx.insert_user_function(known_as, lowered.fndesc, [library])
        state["cr"] = lowered._replace(cfunc=known_as)
        return True


class BitcodeCompiler(CompilerBase):  # type: ignore[misc]
    """numba's compiler, but for its last step."""

    def define_pipelines(self) -> list[Any]:
        """The passes that a function goes through."""
        manager = DefaultPassBuilder.define_nopython_pipeline(self.state)
        manager.passes = [
            (_BitcodeLowering if each is NativeLowering else each, description)
            for each, description in manager.passes
        ]
        manager.finalize()
        return [manager]
