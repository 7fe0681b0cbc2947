"""Reference factories: for each lab-play task one that reaches its quota.

``factories/<task_key>.json`` is a factory as data; `format` says what such a file may
hold, `building` puts one on its task's map, `judging` runs it as the task does.
"""
