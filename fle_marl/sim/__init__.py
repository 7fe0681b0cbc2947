"""The simulator of Factorio 1.1.110: state in arrays, rules in compiled kernels.

Read it in this order: `components` (all state), `world`, one module of `systems`,
`schedule` (the order of a tick), `engine`, then `lua_api`.
"""
