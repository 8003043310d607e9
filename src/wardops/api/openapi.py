"""The OpenAPI document as it is kept in docs.

python -m wardops.api.openapi            writes docs/reference/openapi.json
python -m wardops.api.openapi --check    exit code 1 when it is not up to date
"""

from __future__ import annotations

import sys
from pathlib import Path

import wardops
from wardops.api.app import create_app
from wardops.api.reference import as_text
from wardops.core.settings import Settings

FILE = Path(wardops.__file__).parents[2] / "docs" / "reference" / "openapi.json"


def main(arguments: list[str]) -> int:
    """Write the document, or compare it; the exit code."""
    text = as_text(create_app(Settings()))
    if "--check" in arguments:
        same = FILE.exists() and FILE.read_text() == text
        if not same:
            sys.stderr.write(f"{FILE} is not up to date: run python -m wardops.api.openapi\n")
        return 0 if same else 1
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
