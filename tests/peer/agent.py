"""An agent's programs: run as FLE runs them, with names that tests do not share."""

import contextlib
from collections.abc import Iterator


class ProgramError(Exception):
    """A program ended with an error; its text is what FLE answered."""


class Agent:
    """One agent of an instance, asked to run programs."""

    def __init__(self, instance, index: int = 0) -> None:
        self._instance = instance
        self._index = index
        self.namespace = instance.namespaces[index]

    def run(self, program: str, timeout: int = 120) -> str:
        """What a program prints, as FLE shows it.

        Raises:
            ProgramError: it could not be read, took too long, or raised something.
        """
        failures = self.namespace._sequential_exception_count
        score, _, output = self._instance.eval(program, self._index, timeout)
        if score == -1 or self.namespace._sequential_exception_count > failures:
            raise ProgramError(output)
        return output

    @contextlib.contextmanager
    def forgetting(self) -> Iterator[None]:
        """Let the agent forget afterwards what programs named meanwhile."""
        names = dict(vars(self.namespace))
        kept = dict(self.namespace.persistent_vars)
        yield
        vars(self.namespace).clear()
        vars(self.namespace).update(names)
        self.namespace.persistent_vars = kept
