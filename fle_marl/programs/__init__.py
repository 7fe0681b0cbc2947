"""Agents' programs: where they run, what they may use, and how they share game time.

`scheduler` is the door for the rooms above. Each agent's programs run in a process of
its own (`worker`, with everything that only that process imports: `namespace`,
`modules`, `saving` and `restoring` with `saved_atoms`, `landmarks`, `sources` and
`own_classes`, `reports`, `door`, `standby`, and what holds programs: `guard`, `watch`,
`walls` with `seccomp`, `cpu_limit`); this process talks to it through `process` in
msgpack `frames`, and believes nothing that `protocol` and `saved_namespace` have not
checked.
"""

__all__: list[str] = []
