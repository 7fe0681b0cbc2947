"""Settings of maps: the game's presets and words, and what is refused."""

import pytest

from fle_marl.errors import ScenarioError
from fle_marl.sim.mapgen.settings import (
    AutoplaceControl,
    MapGenSettings,
    map_preset_names,
    read_map_gen_settings,
)


def test_presets_are_those_of_the_game():
    # prototype map-gen-presets of 1.1.110; "lakes" is of other versions
    assert set(map_preset_names()) == {
        "default",
        "rich-resources",
        "marathon",
        "death-world",
        "death-world-marathon",
        "rail-world",
        "ribbon-world",
        "island",
    }
    for name in map_preset_names():
        assert isinstance(read_map_gen_settings(name), MapGenSettings)


@pytest.mark.parametrize("given", [None, {}, "default", {"preset": "default"}])
def test_the_default_is_normal_in_everything(given):
    settings = read_map_gen_settings(given)
    assert settings == MapGenSettings()
    assert settings.control("coal") == AutoplaceControl(1.0, 1.0, 1.0)


def test_what_presets_say():
    rail = read_map_gen_settings("rail-world")
    assert rail.control("coal").frequency == pytest.approx(1 / 3)
    assert rail.control("coal").size == 3.0
    assert (rail.terrain_segmentation, rail.water) == (0.5, 1.5)
    ribbon = read_map_gen_settings("ribbon-world")
    assert (ribbon.width, ribbon.height, ribbon.starting_area) == (0, 128, 3.0)
    assert ribbon.control("stone") == AutoplaceControl(3.0, 0.5, 2.0)
    rich = read_map_gen_settings("rich-resources")
    assert rich.control("crude-oil").richness == 2.0
    assert rich.control("trees").richness == 1.0
    assert read_map_gen_settings("island").elevation == "0_17-island"


def test_changes_go_on_top_of_a_preset():
    given = {
        "preset": "rail-world",
        "seed": 7,
        "autoplace_controls": {"coal": {"richness": "good"}, "trees": {"size": "none"}},
    }
    settings = read_map_gen_settings(given)
    coal = settings.control("coal")
    assert (coal.size, coal.richness) == (3.0, pytest.approx(2**0.5))
    assert settings.control("trees").size == 0.0
    assert settings.seed == 7


@pytest.mark.parametrize("name", map_preset_names())
def test_plain_settings_read_back_are_the_same(name):
    settings = read_map_gen_settings(name)
    again = read_map_gen_settings(settings.plain())
    assert again.plain() == settings.plain()


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ("lakes", "no-such-preset", "rail-world"),
        ({"preset": 3}, "no-such-preset", "3"),
        (5, "bad-map-settings", "preset"),
        ({"cliff_settings": 5}, "bad-map-settings", "cliff_elevation_0"),
        ({"cliff_settings": {"name": "hill"}}, "bad-map-settings", "'cliff'"),
        ({"cliff_settings": {"frequency": 1}}, "bad-map-settings", "richness"),
        ({"cliff_settings": {"richness": 11}}, "bad-map-settings", "to 10"),
        (
            {"cliff_settings": {"cliff_elevation_interval": 0}},
            "bad-map-settings",
            "1 to 1000",
        ),
        (
            {"cliff_settings": {"cliff_elevation_0": float("nan")}},
            "bad-map-settings",
            "-1000 to 1000",
        ),
        ({"width": 64}, "bad-map-settings", "128 to 4096"),
        ({"width": 500, "height": 300}, "bad-map-settings", "at least 576"),
        ({"height": 5000}, "bad-map-settings", "5000"),
        ({"height": 200.5}, "bad-map-settings", "200.5"),
        ({"width": True}, "bad-map-settings", "True"),
        ({"seed": -1}, "bad-map-settings", "-1"),
        ({"seed": 1.5}, "bad-map-settings", "1.5"),
        ({"seed": 1 << 32}, "bad-map-settings", "4294967295"),
        ({"water": 0.01}, "bad-map-settings", "0.01"),
        ({"water": float("nan")}, "bad-map-settings", "nan"),
        ({"water": "wet"}, "bad-map-settings", "very-high"),
        ({"starting_area": 0}, "bad-map-settings", "starting_area"),
        ({"starting_area": "none"}, "bad-map-settings", "'none'"),
        ({"autoplace_controls": 1}, "bad-map-settings", "1"),
        ({"autoplace_controls": {"gold": {}}}, "bad-map-settings", "uranium-ore"),
        ({"autoplace_controls": {"coal": 2}}, "bad-map-settings", "frequency"),
        ({"autoplace_controls": {"coal": {"x": 2}}}, "bad-map-settings", "richness"),
        (
            {"autoplace_controls": {"coal": {"richness": 0}}},
            "bad-map-settings",
            "richness of coal",
        ),
        (
            {"property_expression_names": {"elevation": "flat"}},
            "bad-map-settings",
            "0_17-island",
        ),
        (
            {"property_expression_names": {"moisture": "dry"}},
            "bad-map-settings",
            "elevation",
        ),
    ],
)
def test_what_is_refused(given, code, words):
    with pytest.raises(ScenarioError) as refusal:
        read_map_gen_settings(given)
    assert refusal.value.code == code
    assert words in refusal.value.message
