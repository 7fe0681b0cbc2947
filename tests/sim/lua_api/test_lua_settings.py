"""Settings of mods, of which there are none."""

import pytest


@pytest.mark.parametrize("kind", ["startup", "global", "player"])
def test_there_are_no_settings(run, kind):
    source = f"local all = settings.{kind} return #all, all['a-name'], all.valid"
    assert run(source) == (0, None, True)
    assert run(f"for _ in pairs(settings.{kind}) do return true end") is None


def test_nobody_has_settings(refusal):
    assert "There is no player 1." in refusal("settings.get_player_settings(1)")


def test_no_setting_can_be_made(refusal):
    assert "doesn't contain key a-name" in refusal(
        "settings.global['a-name'] = {value = 1}"
    )


def test_there_are_no_prototypes_of_settings(run):
    assert run(
        "return #game.mod_setting_prototypes, "
        "#game.get_filtered_mod_setting_prototypes{{filter = 'mod', mod = 'base'}}"
    ) == (0, 0)
