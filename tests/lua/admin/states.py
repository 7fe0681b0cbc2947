"""Saving and loading the states of servers, as whoever runs worlds does."""

import json
from typing import Any

from fle_marl.servers.embedded import EmbeddedServer

__all__ = ["INVENTORY", "State", "load_state", "save"]

State = dict[str, Any]

INVENTORY = {"iron-plate": 200, "copper-plate": 200, "stone": 50, "iron-gear-wheel": 5}


def save(server: EmbeddedServer) -> State:
    answer: Any = server.admin("save_state", {})
    # what any other server would be given
    state: State = json.loads(json.dumps(answer["state"]))
    return state


def load_state(server: EmbeddedServer, state: object) -> Any:
    return server.admin("load_state", {"state": state})
