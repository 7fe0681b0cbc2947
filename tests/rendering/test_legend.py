"""What the legend says."""

from fle_marl.rendering.legend import legend_height_px, legend_of
from fle_marl.rendering.parsing import parse_scene


def test_the_legend_tells_what_appears(factory):
    groups = {
        group.heading: [entry.label for entry in group.entries]
        for group in legend_of(parse_scene(factory))
    }
    assert list(groups) == ["Buildings", "Ground", "Goods", "Standing still"]
    assert "stone-furnace x 2" in groups["Buildings"]
    assert "small-electric-pole x 5" in groups["Buildings"]
    assert groups["Ground"] == [
        "coal",
        "crude-oil",
        "iron-ore",
        "water",
        "rock",
        "tree",
    ]
    assert "IGW = iron-gear-wheel" in groups["Goods"]
    assert "copper-cable" in groups["Goods"]
    assert groups["Standing still"] == [
        "no fuel x 1",
        "no ingredients x 1",
        "no power x 1",
    ]


def test_nothing_needs_no_legend():
    groups = legend_of(parse_scene({}))
    assert groups == []
    assert legend_height_px(groups, 900) == 0


def test_a_legend_of_hundreds_is_cut_short():
    boxes = [
        {"name": f"box-{number}", "type": "mystery", "x": 0.5, "y": 0.5}
        for number in range(300)
    ]
    (group,) = legend_of(parse_scene({"entities": boxes}))
    assert len(group.entries) == 41
    assert group.entries[-1].label == "and 260 more"


def test_a_wider_picture_has_a_lower_legend(factory):
    groups = legend_of(parse_scene(factory))
    assert legend_height_px(groups, 1_600) < legend_height_px(groups, 900)
