"""What is exported is imported without a change, and no cell runs as a formula."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as some

from factories import make_branch, make_device
from wardops import inventory
from wardops.core.database import Database
from wardops.inventory import DeviceFilter, Format
from wardops.inventory.checks import Faults
from wardops.inventory.files import columns

printable = some.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069|",
)
risky = some.sampled_from([*list("=+-@'\",;\t\n 0123456789.eE{}[]"), "true", "null", '"', "\\"])
texts = (
    some.lists(some.one_of(risky, printable), max_size=8)
    .map(lambda parts: unicodedata.normalize("NFC", "".join(parts)).strip())
    .map(lambda text: text.replace("\n", "").replace("\t", "").strip())
)
words = texts.filter(bool)
scalars = some.one_of(
    texts,
    some.none(),
    some.booleans(),
    some.integers(-(2**53), 2**53),
    some.floats(allow_nan=False, allow_infinity=False, min_value=-(2**53), max_value=2**53),
)


@given(text=some.text())
def test_the_guard_of_a_cell_is_taken_off_exactly(text: str) -> None:
    guarded = columns.guard(text)
    assert columns.unguard(guarded) == text
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(value=scalars)
def test_a_custom_value_comes_back_from_its_cell_with_its_type(value: columns.Scalar) -> None:
    faults = Faults()
    back = columns.custom_value(faults, "custom.k", columns.custom_cell(value))
    assert faults.found == []
    assert (type(back), back) == (type(value), value)


@pytest.mark.parametrize("form", ["csv", "json"])
@examples(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    name=words,
    vendor=texts,
    tags=some.lists(words, max_size=3, unique=True),
    custom=some.dictionaries(words, scalars, max_size=3),
    branch=words,
)
def test_an_export_is_imported_without_a_change(
    db: Database,
    form: Format,
    name: str,
    vendor: str,
    tags: list[str],
    custom: dict[str, columns.Scalar],
    branch: str,
) -> None:
    with db.transaction() as session:
        session.execute("DELETE FROM devices")
        parent = make_device(session, name=f"{name}'")
        make_device(
            session,
            name=name,
            vendor=vendor,
            tags=tags,
            custom=custom,
            notes=f"{vendor}\n{name}",
            parent_id=parent,
            branch_id=make_branch(session, name=branch),
        )
        exported = inventory.export_devices(session, DeviceFilter(), form)
        report = inventory.import_devices(session, exported, form)
    assert (report.unchanged, report.failed) == (2, 0), report.rows


def test_no_cell_of_an_export_begins_a_formula(db: Database) -> None:
    with db.transaction() as session:
        make_device(session, name="=HYPERLINK(1)", vendor="@SUM", serial="+1", custom={"-k": -5})
        exported = inventory.export_devices(session, DeviceFilter(), "csv")
    rows = list(csv.reader(io.StringIO(exported.decode("utf-8-sig"))))
    assert "'=HYPERLINK(1)" in rows[1]
    assert [cell for row in rows for cell in row if cell[:1] in "=+-@\t" and cell] == []
