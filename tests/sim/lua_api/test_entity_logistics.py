"""What scripts may not ask of logistic chests, as there are no robots."""

import pytest


@pytest.mark.parametrize(
    "use",
    [
        "chest.set_request_slot({name = 'coal', count = 1}, 1)",
        "chest.get_request_slot(1)",
        "chest.clear_request_slot(1)",
        "return chest.request_slot_count",
        "return chest.storage_filter",
        "chest.storage_filter = 'coal'",
        "chest.request_from_buffers = true",
    ],
)
def test_requests_and_filters_are_refused(api, run, place, use):
    chest = place(api.world, "logistic-chest-requester", 0.5, 0.5)
    api.environment["chest"] = api.entity(chest)
    ok, problem = run(f"return pcall(function() {use} end)")
    assert (ok, problem["code"]) == (False, "not-simulated")
    assert "there are no robots" in problem["message"]


def test_what_prototypes_tell(run):
    source = "local of = game.entity_prototypes return "
    assert run(
        source + "of['gun-turret'].automated_ammo_count,"
        "of['artillery-turret'].automated_ammo_count, of['land-mine'].ammo_category,"
        "of['logistic-chest-storage'].logistic_mode,"
        "of.radar.max_distance_of_sector_revealed,"
        "of.radar.max_distance_of_nearby_sector_revealed, of.lab.logistic_mode"
    ) == (10, 5, "landmine", "storage", 14, 3, None)
