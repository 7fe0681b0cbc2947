"""What worlds cost is measured under names that stay."""

import pytest

from fle_marl.evaluation.world_costs import measure_worlds


@pytest.mark.slow
def test_rows_have_their_names_and_memory_keeps_to_its_targets():
    rows = {row.name: row for row in measure_worlds()}

    assert list(rows) == [
        "sim.fork_ms.lab",
        "sim.state_hash_ms.lab",
        "sim.fork_ms.10000",
        "sim.state_hash_ms.10000",
        "sim.bytes_per_entity",
        "sim.bytes_per_belt_item",
        "sim.lab_world_mb",
        "sim.mapgen_s",
    ]
    assert all(row.better == "lower" and row.value > 0 for row in rows.values())
    # what does not depend on how busy this machine is
    assert rows["sim.bytes_per_entity"].reaches_target
    assert rows["sim.bytes_per_belt_item"].reaches_target
