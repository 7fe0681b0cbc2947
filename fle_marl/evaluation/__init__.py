"""Runs of teams on tasks, what they leave behind, and measurements of the package."""
