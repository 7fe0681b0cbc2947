"""How tasks are judged, one kind of task a module."""
