"""The JSON schema of task files, for editors and other programs.

``python -m fle_marl.tasks.schema`` writes it to ``task_definitions/schema.json``; a
test holds the two together.
"""

import json

from fle_marl.tasks.file_format import TASK_FILE
from fle_marl.tasks.files import definitions_root

__all__ = ["schema_text"]


def schema_text() -> str:
    """The schema, as it stands in the file."""
    schema = TASK_FILE.json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "A task of fle_marl"
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    (definitions_root() / "schema.json").write_text(schema_text(), encoding="utf-8")
