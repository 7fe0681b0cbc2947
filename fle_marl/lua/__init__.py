"""The tools of agents: their folders, the types they speak in, and the wire between."""

__all__: list[str] = []
