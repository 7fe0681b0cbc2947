"""How each type of entity is drawn; `table.py` says which function draws which."""
