"""One module for each kind of entity; `schedule` says in which order they run."""
