"""The page of all settings, made from the class that declares them.

python -m wardops.core.settings_reference            writes docs/reference/settings.md
python -m wardops.core.settings_reference --check    exit code 1 when it is not up to date
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

import annotated_types
from pydantic import AliasChoices
from pydantic.fields import FieldInfo

import wardops
from wardops.core.secrets import Secret
from wardops.core.settings import SYSTEM_FILE, Settings

FILE = Path(wardops.__file__).parents[2] / "docs" / "reference" / "settings.md"

_HEAD = f"""\
# Settings

Generated from the class that declares them, `wardops.core.settings.Settings`:
`python -m wardops.core.settings_reference`.

A setting is taken from the first of these that names it: an option of the command, the
environment variable, a line of the file `.env` in the current folder, a line of
`{SYSTEM_FILE}` (there by its name without `WARD_`, in small letters). A `WARD_` variable that is
not in this list stops the start, since it is most likely misspelt. All faults are told at once.

| setting | environment variable | default | bounds | what it is |
|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "\n".join(_row(name, field) for name, field in _fields()) + "\n"


def _fields() -> Iterator[tuple[str, FieldInfo]]:
    yield from Settings.model_fields.items()


def _row(name: str, field: FieldInfo) -> str:
    cells = (
        f'<span id="{name}"></span>`{name}`',
        ", ".join(f"`{variable}`" for variable in _variables(name, field)),
        _default(field),
        _bounds(field),
        field.description or "",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _variables(name: str, field: FieldInfo) -> list[str]:
    alias = field.validation_alias
    if isinstance(alias, AliasChoices):
        return [str(choice) for choice in alias.choices if str(choice).isupper()]
    return [f"WARD_{name.upper()}"]


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is None or value == "" or (isinstance(value, Secret) and not value):
        return "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def _bounds(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return ", ".join(f"`{choice}`" for choice in get_args(field.annotation))
    least = [m.ge for m in field.metadata if isinstance(m, annotated_types.Ge)]
    most = [m.le for m in field.metadata if isinstance(m, annotated_types.Le)]
    if least and most:
        return f"{least[0]} to {most[0]}"
    patterns = [m.pattern for m in field.metadata if hasattr(m, "pattern")]
    return f"`{patterns[0]}`" if patterns else ""


def main(arguments: list[str]) -> int:
    """Write the page, or compare it; the exit code."""
    if "--check" in arguments:
        same = FILE.exists() and FILE.read_text() == page()
        if not same:
            sys.stderr.write(
                f"{FILE} is not up to date: run python -m wardops.core.settings_reference\n"
            )
        return 0 if same else 1
    FILE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
