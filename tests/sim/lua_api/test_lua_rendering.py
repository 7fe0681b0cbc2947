"""What scripts draw: remembered and told, though nobody sees it."""

import pytest

LINE = (
    "rendering.draw_line{surface = surface, from = {0, 0}, to = {3, 4},"
    " color = {1, 0, 0}, width = 2}"
)
CIRCLE = (
    "rendering.draw_circle{surface = 'nauvis', target = {1, 2}, radius = 3,"
    " color = {r = 255, g = 0, b = 51}}"
)


def test_a_shape_is_told_as_it_was_drawn(run, plain):
    run(f"line = {LINE}")
    assert run("return rendering.get_type(line), rendering.get_width(line)") == (
        "line",
        2,
    )
    assert plain("return rendering.get_to(line)") == {"position": {"x": 3, "y": 4}}
    assert plain("return rendering.get_color(line)") == {"r": 1, "g": 0, "b": 0, "a": 1}
    assert run("return rendering.get_surface(line) == surface") is True
    assert run("return rendering.get_time_to_live(line)") == 0
    assert run(
        "return rendering.get_visible(line), rendering.get_dash_length(line)"
    ) == (
        True,
        0,
    )


def test_numbers_go_up(run, plain):
    assert run(f"return {LINE}, {CIRCLE}") == (1, 2)
    run("rendering.destroy(1)")
    assert run(f"return {LINE}") == 3
    assert plain("return rendering.get_all_ids()") == [2, 3]
    assert plain("return rendering.get_all_ids('another-mod')") == {}
    run("rendering.clear()")
    assert plain("return rendering.get_all_ids()") == {}


def test_what_is_written(run, plain):
    run(f"circle = {CIRCLE}")
    run("rendering.set_radius(circle, 5) rendering.set_filled(circle, true)")
    run("rendering.set_target(circle, {7, 8})")
    assert run("return rendering.get_radius(circle), rendering.get_filled(circle)") == (
        5,
        True,
    )
    assert plain("return rendering.get_target(circle).position") == {"x": 7, "y": 8}
    assert plain("return rendering.get_color(circle)")["b"] == pytest.approx(0.2)


def test_a_shape_has_only_what_it_takes(run):
    run(f"line = {LINE} rendering.set_radius(line, 5) rendering.set_text(line, 'a')")
    assert run("return rendering.get_radius(line), rendering.get_text(line)") == (
        None,
        None,
    )


def test_a_sprite_is_coloured_by_its_tint(run, plain):
    run(
        "it = rendering.draw_sprite{surface = 1, target = {0, 0}, sprite = 'item/coal'}"
    )
    assert plain("return rendering.get_color(it)") == {"r": 1, "g": 1, "b": 1, "a": 1}
    run("rendering.set_color(it, {0, 1, 0, 0.5})")
    assert plain("return rendering.get_color(it)") == {"r": 0, "g": 1, "b": 0, "a": 0.5}


def test_shapes_go_with_their_entity(run, plain):
    run("chest = surface.create_entity{name = 'iron-chest', position = {5, 5}}")
    run(
        "it = rendering.draw_text{surface = 1, text = {'', 'a ', 5}, target = chest,"
        " target_offset = {0, -1}, color = {1, 1, 1}, forces = {'player'}}"
    )
    assert run("return rendering.get_target(it).entity == chest") is True
    assert plain("return rendering.get_target(it).entity_offset") == {"x": 0, "y": -1}
    assert run("return rendering.get_forces(it)[1].name") == "player"
    assert plain("return rendering.get_text(it)") == ["", "a ", 5]
    run("chest.destroy()")
    assert run("return rendering.is_valid(it)") is False


def test_shapes_go_with_their_time(run, go_on):
    run("it = " + LINE.replace("width = 2", "width = 2, time_to_live = 10"))
    go_on(4)
    assert run("return rendering.get_time_to_live(it)") == 6
    go_on(6)
    assert run("return rendering.is_valid(it)") is False
    run(f"it = {LINE} rendering.set_time_to_live(it, 3)")
    go_on(3)
    assert run("return rendering.is_valid(it)") is False


def test_vertices(run, plain):
    run(
        "it = rendering.draw_polygon{surface = 1, color = {1, 1, 1},"
        " vertices = {{target = {0, 0}}, {target = {1, 0}}, {target = {0, 1}}}}"
    )
    told = plain("return rendering.get_vertices(it)")
    assert told[1] == {"position": {"x": 1, "y": 0}}


@pytest.mark.parametrize(
    ("call", "refused"),
    [
        ("rendering.get_color(1)", "There is no rendering object 1."),
        ("rendering.set_width('a', 1)", "number expected, got string"),
        ("rendering.draw_line{surface = 1, from = {0, 0}}", 'Key "color" not found'),
        (
            "rendering.draw_circle{surface = 2, target = {0, 0}, radius = 1,"
            " color = {1, 1, 1}}",
            "Unknown surface: 2.",
        ),
        (CIRCLE.replace("{1, 2}", "5"), "Invalid MapPosition"),
    ],
)
def test_what_is_refused(call, refused, refusal, plain):
    assert refused in refusal(call)
    assert plain("return rendering.get_all_ids()") == {}


def test_drawings_are_saved(api, run, plain):
    run(f"line = {LINE}")
    saved = api.save_scripts()
    run("rendering.clear()")
    api.load_scripts(saved)
    assert plain("return rendering.get_all_ids()") == [1]
    assert run(f"return {LINE}") == 2
