"""Groups of measurements: one module a group, each with a function ``measure()``."""
