"""Bytes of a file in, rows of values out. Pure; a fault of one row leaves the others readable."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import orjson

from wardops.core.errors import FieldFault, InvalidInput
from wardops.inventory.checks import Faults
from wardops.inventory.files import columns

Format = Literal["csv", "json"]

MAX_ROWS = 100_000
MAX_COLUMNS = 200
_DELIMITERS = (",", ";", "\t")
# Cells may be as long as notes are; the module's own limit of 128 KB is for all its users.
_MAX_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """One row as it was written: only the columns that the file has."""

    row: int
    """The row of the spreadsheet, the header being 1; in JSON the place in the list, from 1."""
    values: dict[str, object]
    faults: Faults


def parse(data: bytes, form: Format) -> list[Draft]:
    """The rows of a file. Raises InvalidInput when it cannot be read as a whole."""
    text = _decode(data)
    drafts = _parse_csv(text) if form == "csv" else _parse_json(text)
    for draft in drafts:
        _refuse_nul(draft)
    if len(drafts) > MAX_ROWS:
        raise _unreadable(f"It has {len(drafts)} rows; at most {MAX_ROWS} fit into one import.")
    return drafts


def _refuse_nul(draft: Draft) -> None:
    """PostgreSQL's text cannot hold U+0000, and no name has one."""
    for name, value in draft.values.items():
        if isinstance(value, str) and "\x00" in value:
            draft.faults.note(name, "has a NUL character in it", "Take it out.")
            draft.values[name] = value.replace("\x00", "")


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _unreadable("It is UTF-16, not UTF-8.", hint="Save it as CSV UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(
            f"It is not UTF-8: byte {data[error.start]:#04x} at position {error.start}.",
            hint="Save it as CSV UTF-8; for Georgian, other encodings lose letters.",
        ) from error


def _unreadable(why: str, *, hint: str = "", field: str = "file") -> InvalidInput:
    return InvalidInput(
        f"The file cannot be imported. {why}", hint=hint, faults=[FieldFault(field, why, hint)]
    )


def _parse_csv(text: str) -> list[Draft]:
    header, rows = _records(text.lstrip("\r\n"))
    _check_header(header)
    return [
        _csv_draft(number, header, cells)
        for number, cells in enumerate(rows, start=2)
        if any(cell.strip() for cell in cells)
    ]


def _records(text: str) -> tuple[list[str], list[list[str]]]:
    """Header and records, parted by the delimiter that makes most sense of the header."""
    if csv.field_size_limit() < _MAX_CELL:
        csv.field_size_limit(_MAX_CELL)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=lambda each: sum(map(columns.is_column, _cells(first, each))))
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _unreadable(f"It is not CSV: {error}.") from error
    if not records:
        raise _unreadable("It is empty.", hint=f"Columns: {', '.join(columns.COLUMNS)}.")
    return [name.strip() for name in records[0]], records[1:]


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip().strip('"').strip() for cell in line.split(delimiter)]


def _check_header(header: Sequence[str]) -> None:
    if len(header) > MAX_COLUMNS:
        raise _unreadable(f"It has {len(header)} columns; at most {MAX_COLUMNS} are taken.")
    unknown = [name for name in header if not columns.is_column(name)]
    if unknown:
        known = f"Known: {', '.join(columns.COLUMNS)}, custom.<name>."
        raise InvalidInput(
            f"The file has columns that are not known: {', '.join(unknown)[:500]}.",
            hint=known,
            faults=[
                FieldFault(name[:80] or "(empty)", "is not a column", known) for name in unknown
            ],
        )
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise _unreadable(f"The column {twice[0]} is there twice.", field=twice[0])


def _csv_draft(number: int, header: Sequence[str], cells: Sequence[str]) -> Draft:
    faults = Faults()
    if len(cells) > len(header):
        faults.note(
            "row", f"has {len(cells)} cells, the header {len(header)}", "Is a quote missing?"
        )
    values: dict[str, object] = {}
    # An empty cell takes the field away; null is a value.
    custom: dict[str, tuple[object, ...]] = {}
    for name, raw in zip(header, [*cells, *[""] * len(header)], strict=False):
        cell = columns.unguard(raw.strip())
        if name.startswith(columns.CUSTOM):
            key = name.removeprefix(columns.CUSTOM)
            custom[key] = (columns.custom_value(faults, name, cell),) if cell else ()
        else:
            values[name] = columns.read(faults, name, cell)
    if custom:
        values["custom_cells"] = custom
    return Draft(number, values, faults)


def _parse_json(text: str) -> list[Draft]:
    try:
        rows = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _unreadable(f"It is not JSON: {error}.") from error
    if not isinstance(rows, list):
        raise _unreadable("It must be a list of objects, one for each device.")
    return [_json_draft(number, row) for number, row in enumerate(rows, start=1)]


def _json_draft(number: int, row: object) -> Draft:
    faults = Faults()
    if not isinstance(row, dict):
        faults.note("row", "must be an object")
        return Draft(number, {}, faults)
    known = (*columns.COLUMNS, "custom")
    for name in row:
        if name not in known:
            faults.note(name[:80], "is not a column", f"Known: {', '.join(known)}.")
    values = {
        name: columns.read(faults, name, value) for name, value in row.items() if name in known
    }
    return Draft(number, values, faults)
