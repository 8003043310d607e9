"""The columns of a device file, and how a value stands in a cell. Pure, and exact both ways."""

from __future__ import annotations

import re
from collections.abc import Callable

import orjson

from wardops.inventory.checks import Faults, Scalar

COLUMNS = (
    "id",
    "name",
    "ip",
    "type",
    "vendor",
    "model",
    "serial",
    "enabled",
    "region",
    "branch",
    "site",
    "parent",
    "profile",
    "tags",
    "notes",
)
CUSTOM = "custom."

# A cell that begins like this is run as a formula by spreadsheets (OWASP: CSV injection).
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
# A cell of a custom field that is JSON rather than plain text.
_JSON = re.compile(r'(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null|".*")\Z', re.S)
_TRUE = {"true", "yes", "1", "on"}
_FALSE = {"false", "no", "0", "off"}


def is_column(name: str) -> bool:
    """True for a column that files can have."""
    return name in COLUMNS or (name.startswith(CUSTOM) and len(name) > len(CUSTOM))


def guard(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula."""
    return "'" + cell if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """What `guard` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def custom_cell(value: Scalar) -> str:
    """A custom value as a cell: text as it is, all else as JSON; text that looks so, quoted."""
    if isinstance(value, str) and value and not _JSON.match(value):
        return value
    return orjson.dumps(value).decode()


def custom_value(faults: Faults, name: str, cell: str) -> Scalar:
    """The value of a cell that is not empty; the other way of `custom_cell`."""
    if not _JSON.match(cell):
        return cell
    try:
        value: Scalar = orjson.loads(cell)
    except orjson.JSONDecodeError:
        faults.note(name, "begins like a quoted text and is none", 'Write \\" for a quote inside.')
        return None
    return value


def read(faults: Faults, column: str, value: object) -> object:
    """The value of one column, from a cell's text or from JSON."""
    return _READERS.get(column, _text)(faults, column, value)


def _text(faults: Faults, column: str, value: object) -> object:
    if value is None:
        return ""
    if not isinstance(value, str):
        faults.note(column, "must be text")
        return ""
    return value


def _id(faults: Faults, column: str, value: object) -> object:
    if value is None or value == "":
        return None
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal() and len(text) < 19):
        faults.note(column, f"{text[:40]!r} is not an id", "Leave it empty for a new device.")
        return None
    return int(text)


def _enabled(faults: Faults, column: str, value: object) -> object:
    if isinstance(value, bool) or value is None:
        return value
    word = str(value).strip().lower()
    if word == "":
        return None
    if word not in _TRUE | _FALSE:
        faults.note(column, f"{str(value)[:40]!r} is neither yes nor no", "Write true or false.")
    return word in _TRUE


def _tags(faults: Faults, column: str, value: object) -> object:
    if isinstance(value, str):
        return tuple(tag.strip() for tag in value.split("|") if tag.strip())
    if value is None:
        return ()
    if not isinstance(value, list):
        faults.note(column, "must be a list of texts")
        return ()
    return tuple(value)


def _custom(faults: Faults, column: str, value: object) -> object:
    if value is None:
        return {}
    if not isinstance(value, dict):
        faults.note(column, "must be an object")
        return {}
    return value


_READERS: dict[str, Callable[[Faults, str, object], object]] = {
    "id": _id,
    "enabled": _enabled,
    "tags": _tags,
    "custom": _custom,
}
