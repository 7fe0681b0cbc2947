"""What characters and scripts do to a world, one topic a module.

The Lua API and primitive actions both go through these functions, so that a rule of the
game stands in one place. They check nothing that the game's API leaves to its caller
(reach, cost); who acts for an agent does.
"""
