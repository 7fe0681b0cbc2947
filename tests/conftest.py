"""What all tests share, however many processes they run in."""

import pytest


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist, which need not be there
def pytest_xdist_setupnodes() -> None:
    """Compile the simulator before the workers start, who would each do it anew."""
    from fle_marl.sim.engine import compile_kernels

    compile_kernels()
