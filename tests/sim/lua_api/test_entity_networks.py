import sys

import pytest


def create(name, x, y, direction=0):
    return (
        f"surface.create_entity{{name = '{name}', position = {{{x}, {y}}}, "
        f"direction = {direction}, force = 'player'}}"
    )


# --- electricity


@pytest.fixture
def poles(run):
    """Globals ``first``, ``second`` and ``far``: poles, of which two are near."""
    run(
        f"first, second, far = {create('small-electric-pole', 0, 0)}, "
        f"{create('small-electric-pole', 5, 0)}, {create('small-electric-pole', 20, 0)}"
    )


@pytest.mark.usefixtures("poles")
def test_near_poles_are_wired(run):
    source = """
    local near = first.neighbours
    return #near.copper, near.copper[1] == second, #near.red, #near.green,
      first.electric_network_id == second.electric_network_id,
      first.electric_network_id == far.electric_network_id
    """
    assert run(source) == (1, True, 0, 0, True, False)


@pytest.mark.usefixtures("poles")
def test_wires_can_be_changed(run, refusal):
    run("first.disconnect_neighbour(second)")
    assert run("return #first.neighbours.copper") == 0
    assert run("return first.connect_neighbour(second)") is True
    assert run("return first.connect_neighbour(far)") is False
    run("first.disconnect_neighbour()")
    assert run("return #second.neighbours.copper") == 0
    assert "not an electric pole" in refusal(
        f"{create('lab', 9, 9)}.connect_neighbour(first)"
    )


@pytest.mark.usefixtures("poles")
def test_a_machine_in_a_network(run, go_on):
    run(
        f"""
        machine = {create("assembling-machine-1", -1, 3)}
        panel = {create("solar-panel", 2, -3)}
        surface.always_day = true
        """
    )
    go_on(60)
    assert run("return machine.is_connected_to_electric_network()") is True
    # 75 kW, and a thirtieth of it while it stands idle
    assert run("return machine.electric_drain") == pytest.approx(75_000 / 30 / 60)
    assert run("return machine.energy <= machine.electric_buffer_size") is True
    assert run("return machine.energy") > 0
    run("machine.energy = 0")
    assert run("return machine.energy") == 0
    run("machine.energy = 1e12")
    assert run("return machine.energy == machine.electric_buffer_size") is True
    run("first.destroy()")
    assert run("return machine.is_connected_to_electric_network()") is False


def test_what_needs_no_electricity(run, refusal):
    source = f"""
    local chest = {create("iron-chest", 0, 0)}
    return chest.energy, chest.electric_buffer_size, chest.electric_drain,
      chest.is_connected_to_electric_network(), chest.electric_network_id,
      chest.electric_input_flow_limit, chest.electric_output_flow_limit
    """
    assert run(source) == (0, None, None, False, None, None, None)
    message = refusal(f"return {create('lab', 5, 5)}.energy_generated_last_tick")
    assert "not a generator" in message


@pytest.mark.parametrize(
    ("name", "drain_watts", "input_watts"),
    [
        ("accumulator", 0, 300e3),
        ("laser-turret", 24e3, 9600e3),
        ("inserter", 400, None),
        ("radar", 0, None),
        ("assembling-machine-2", 5e3, None),
    ],
)
def test_limits_and_drains(run, name, drain_watts, input_watts):
    """Per tick; without a limit it is the largest double. Source: prototypes."""
    run(f"entity = {create(name, 5, 5)}")
    assert run("return entity.electric_drain") == pytest.approx(drain_watts / 60)
    limit = sys.float_info.max if input_watts is None else input_watts / 60
    assert run("return entity.electric_input_flow_limit") == pytest.approx(limit)


# --- fluids


@pytest.fixture
def water(run, go_on, api):
    """Globals ``pump``, ``pipe`` and ``tank`` in a row, and some water in them."""
    run(
        f"""
        pump, pipe = {create("offshore-pump", 0.5, 0.5, 6)}, nil
        """
    )
    run(
        """
        local target = pump.fluidbox.get_pipe_connections(1)[1].target_position
        pipe = surface.create_entity{name = "pipe", position = target, force = "player"}
        """
    )
    go_on(5)


@pytest.mark.usefixtures("water")
def test_fluid_boxes(run, plain):
    assert run("return #pipe.fluidbox, #pump.fluidbox") == (1, 1)
    assert run("return pipe.fluidbox.owner == pipe, pipe.fluidbox.valid") == (
        True,
        True,
    )
    fluid = plain("return pipe.fluidbox[1]")
    assert fluid["name"] == "water"
    assert fluid["temperature"] == 15
    assert 0 < fluid["amount"] <= 100
    assert run("return pipe.fluidbox.get_capacity(1)") == 100
    assert run("return pump.fluidbox.get_locked_fluid(1)") == "water"


@pytest.mark.usefixtures("water")
def test_fluid_systems(run, plain):
    source = """
    local one, other = pipe.fluidbox, pump.fluidbox
    return one.get_fluid_system_id(1) == other.get_fluid_system_id(1),
      #one.get_connections(1), one.get_connections(1)[1].owner == pump
    """
    assert run(source) == (True, 1, True)
    contents = plain("return pipe.fluidbox.get_fluid_system_contents(1)")
    source = """
    local amount = 0
    for _, entity in ipairs{pipe, pump} do
      amount = amount + (entity.fluidbox[1] and entity.fluidbox[1].amount or 0)
    end
    return amount
    """
    assert contents == {"water": pytest.approx(run(source))}
    assert run("return pipe.neighbours[1][1] == pump") is True


@pytest.mark.usefixtures("water")
def test_pipe_connections(run, plain):
    source = """
    local shown = {}
    for place, connection in ipairs(pipe.fluidbox.get_pipe_connections(1)) do
      shown[place] = {
        connection.connection_type, connection.flow_direction,
        connection.target and connection.target.owner.name or "",
      }
    end
    return shown
    """
    shown = plain(source)
    assert len(shown) == 4
    assert {kind for kind, _, _ in shown} == {"normal"}
    assert sorted(target for *_, target in shown) == ["", "", "", "offshore-pump"]
    source = """
    for _, connection in pairs(pipe.fluidbox.get_pipe_connections(1)) do
      if connection.target then
        local back = connection.target.get_pipe_connections(
          connection.target_fluidbox_index)[connection.target_pipe_connection_index]
        return back.target.owner == pipe, back.target_fluidbox_index
      end
    end
    """
    assert run(source) == (True, 1)


@pytest.mark.parametrize("index", ["0", "2", "-1"])
def test_boxes_outside(refusal, index):
    source = f"local e = {create('pipe', 9, 9)} return e.fluidbox[{index}]"
    assert "out of range" in refusal(source)
    source = f"return {create('pipe', 9, 9)}.fluidbox.get_capacity({index})"
    assert "out of range" in refusal(source)


def test_an_empty_box(run, refusal):
    run(f"box = {create('pipe', 9, 9)}.fluidbox")
    assert run("return box[1], box.get_locked_fluid(1)") == (None, None)
    assert run(f"return #{create('iron-chest', 5, 5)}.fluidbox") == 0
    assert "doesn't contain key foo" in refusal("box.foo = 1")


# --- belts


def test_ends_of_an_underground_belt(run):
    run(
        """
        entrance = surface.create_entity{
          name = "underground-belt", position = {0, 0}, direction = 2, type = "input",
        }
        exit = surface.create_entity{
          name = "underground-belt", position = {3, 0}, direction = 2, type = "output",
        }
        """
    )
    assert run("return entrance.neighbours == exit, exit.neighbours == entrance") == (
        True,
        True,
    )


def test_items_on_a_belt(run, plain, go_on):
    run(f"belt = {create('transport-belt', 0, 0, 2)} line = belt.get_transport_line(1)")
    assert run("return line.can_insert_at_back()") is True
    assert run("return line.insert_at_back('coal')") is True
    assert run("return line.get_item_count(), line.owner == belt") == (1, True)
    assert plain("return line.get_contents()") == {"coal": 1}
    run("line.clear()")
    assert run("return line.get_item_count()") == 0
