"""Agents: what turns observations into actions, and the teams that they come in."""

from fle_marl.agents.base import Agent, Team
from fle_marl.agents.teams import TEAM_NAMES, make_team

__all__ = ["TEAM_NAMES", "Agent", "Team", "make_team"]
