"""Connecting: FLE's scripts on a server that has, or has not, seen them before."""

import pytest
from conftest import STOCK, connected

OPTIONS = [
    pytest.param({"cache_scripts": False}, id="cold"),
    pytest.param({"cache_scripts": True}, id="warm"),
]


@pytest.mark.parametrize("options", OPTIONS)
def test_connects(port, options):
    with connected(port, **options) as play:
        assert play.world.character() == (0, 0)
        for item, count in STOCK.items():
            assert play.world.carried(item) == count
