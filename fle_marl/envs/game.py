"""One task being played: a world, its agents' programs, their messages, and the judge.

Both faces of an environment, parallel and turn-based, are thin layers over a `Game`:
they decide who acts when and how an episode ends; what an action does, what a step is
worth and what an agent is told is decided here.
"""

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from fle_marl.envs.observations import (
    AgentReport,
    build_agent_fields,
    build_state,
    build_world_fields,
)
from fle_marl.envs.options import Settings
from fle_marl.envs.world_view import WorldView, look_at_world, read_production
from fle_marl.errors import ServerError
from fle_marl.messaging import Message, MessageBus
from fle_marl.programs.scheduler import ProgramScheduler
from fle_marl.rendering import draw_scene, image_to_array, scene_to_text
from fle_marl.tasks import Production, Verification

__all__ = ["Game"]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What an agent's last action came to."""

    text: str = ""
    error_code: str | None = None
    ticks: int = 0


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What the last step came to for all agents."""

    verification: Verification
    reward: float
    flows: Production


class Game:
    """A world in which a task is played; opening one starts its server and workers.

    Args:
        settings: what to play, with whom and on what.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._agents = settings.agents
        self._server = settings.open_server()
        self._bus = MessageBus(self._agents)
        self._scheduler = ProgramScheduler(self._server, self._bus, self._agents)
        self._is_closed = False
        self.seed = 0

    def reset(self, seed: int) -> None:
        """Begin anew.

        Args:
            seed: of the world and of everything random in it.
        """
        task = self._settings.task
        self._server.reset(task.scenario, agents=len(self._agents), seed=seed)
        self._bus.reset()
        self._scheduler.reset(seed)
        self.seed = seed
        self._step = 0
        self._inboxes: dict[str, list[Message]] = {agent: [] for agent in self._agents}
        self._outcomes = dict.fromkeys(self._agents, _Outcome())
        self._world: WorldView | None = None
        self._world_fields: dict[str, Any] = {}
        self._map_image = ""
        self._production = self._look().production
        self._score = self._look().score
        self._judgement = _Judgement(
            Verification(success=False), 0.0, Production(self._production.tick)
        )

    def run(self, actions: Mapping[str, object]) -> None:
        """Let agents act side by side; the others stand still.

        Args:
            actions: program text by agent. Anything else does nothing and is reported
                to its agent with the code `not-a-program`.
        """
        programs = {a: text for a, text in actions.items() if isinstance(text, str)}
        for agent in actions:
            self._inboxes[agent] = []
            self._outcomes[agent] = _refusal(actions[agent])
        results = self._scheduler.run(
            programs, tick_budget=self._settings.ticks_per_step, step=self._step
        )
        for agent, result in results.items():
            self._outcomes[agent] = _Outcome(
                result.text, result.error_code, result.ticks
            )
        self._step += 1
        self._world = None

    def judge(self) -> float:
        """Let the task judge the world; the hold-out, if it has one, passes.

        Returns:
            The reward of the step, the same for all agents.
        """
        condition = self._settings.task.condition
        before = None
        if condition.holdout_ticks:
            self._server.advance(condition.settle_ticks)
            before = read_production(self._server)
            self._server.advance(condition.holdout_ticks)
            self._world = None
        world = self._look()
        verification = condition.verify(before or world.production, world.production)
        reward = verification.measured or 0.0
        if self._settings.task.reward == "production-score":
            reward = world.score - self._score
        flows = world.production.since(self._production)
        self._judgement = _Judgement(verification, float(reward), flows)
        self._production, self._score = world.production, world.score
        return self._judgement.reward

    @property
    def is_solved(self) -> bool:
        """Whether the last judgement was that the task is solved."""
        return self._judgement.verification.success

    def observe(self, agent: str) -> dict[str, Any]:
        """An agent's ``record`` observation of the present world."""
        world = self._look()
        index = self._agents.index(agent)
        report = AgentReport(
            index=index,
            raw_text=self._raw_text(agent),
            messages=self._receive(agent),
            functions=self._scheduler.functions(agent),
            flows=self._judgement.flows,
            verification=self._judgement.verification,
            map_image=self._map_image,
        )
        own = build_agent_fields(world.characters[index], report, self._settings.task)
        return {**self._world_fields, **own}

    def info(self, agent: str) -> dict[str, Any]:
        """What an agent's observation says, and more, as plain data.

        Returns:
            `seed` of the world; `tick` now; of the agent's last program its output
            `result`, `error_code` (None when it went well), whether an `error_occurred`
            and the `ticks` that it took; of the last step `flows` by name, `measured`
            amount and `task_verification`; the `production_score`; the `messages` that
            reached the agent since its last action.
        """
        world, outcome = self._look(), self._outcomes[agent]
        verification, flows = self._judgement.verification, self._judgement.flows
        return {
            "seed": self.seed,
            "tick": world.tick,
            "result": outcome.text,
            "error_code": outcome.error_code,
            "error_occurred": outcome.error_code is not None,
            "ticks": outcome.ticks,
            "flows": {
                "produced": dict(flows.produced),
                "consumed": dict(flows.consumed),
                "harvested": dict(flows.harvested),
                "crafted": dict(flows.crafted),
            },
            "measured": verification.measured,
            "task_verification": {
                "success": verification.success,
                "meta": dict(verification.meta),
            },
            "production_score": world.score,
            "messages": [message.to_plain() for message in self._receive(agent)],
        }

    def state(self) -> NDArray[np.float32]:
        """The global state; see `observations.build_state`."""
        return build_state(self._look())

    def state_hash(self) -> str:
        """Hex digest of everything that decides the future of the world."""
        return self._server.state_hash()

    def render(self, mode: str) -> NDArray[np.uint8] | str:
        """The factory and its surroundings.

        Args:
            mode: ``"rgb_array"`` for uint8[height, width, 3], ``"ansi"`` for lines of
                text.
        """
        if mode == "ansi":
            return scene_to_text(self._scene())
        return image_to_array(draw_scene(self._scene(), title=self._title()))

    def close(self) -> None:
        """Stop the workers and the server; may be called again."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            self._scheduler.close()
        finally:
            self._server.close()

    def _look(self) -> WorldView:
        if self._world is None:
            self._world = look_at_world(self._server, len(self._agents))
            self._world_fields = build_world_fields(self._world, self._agents)
            if self._settings.map_image:
                self._map_image = _encode_png(draw_scene(self._scene()))
        return self._world

    def _title(self) -> str:
        """What a picture shows: the task and its judgement of the last step."""
        verdict = self._judgement.verification.text
        key = self._settings.task.key
        return f"{key}: {verdict}" if verdict else key

    def _scene(self) -> Mapping[str, object]:
        scene = self._server.admin("scene", {})
        if not isinstance(scene, Mapping):
            raise ServerError(
                f"the server's scene is no table: {str(scene)[:200]!r}",
                code="bad-scene",
            )
        return scene

    def _receive(self, agent: str) -> Sequence[Message]:
        self._inboxes[agent] += self._bus.collect(agent)
        return self._inboxes[agent]

    def _raw_text(self, agent: str) -> str:
        parts = (self._outcomes[agent].text, self._judgement.verification.text)
        return "\n\n".join(part for part in parts if part)


def _refusal(action: object) -> _Outcome:
    if isinstance(action, str):
        return _Outcome()
    return _Outcome(
        f"nothing was run: an action is the text of a Python program (str), and this "
        f"was {type(action).__name__}",
        error_code="not-a-program",
    )


def _encode_png(image: Image) -> str:
    buffer = io.BytesIO()
    image.save(buffer, format="PNG")
    return base64.b64encode(buffer.getvalue()).decode("ascii")
