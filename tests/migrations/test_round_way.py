"""The schema: up, down and up again is where it was; an unknown one is refused."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from wardops.core import schema
from wardops.core.errors import StartRefused
from wardops.core.settings import Settings

DESCRIBE = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default "
    "FROM information_schema.columns WHERE table_schema = 'public' "
    "AND table_name NOT LIKE 'ping_results_%' ORDER BY 1, 2",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' "
    "AND tablename NOT LIKE 'ping_results_%' ORDER BY 1",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text "
    "NOT LIKE 'ping_results_%' ORDER BY 1, 2, 3",
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
    "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public' ORDER BY 1",
)


def described(url: str) -> list[object]:
    with psycopg.connect(url) as connection:
        return [connection.execute(query).fetchall() for query in DESCRIBE]


def test_up_down_and_up_again_gives_the_same_schema(settings: Settings) -> None:
    url = settings.database_url.reveal()
    before = described(url)
    assert schema.downgrade(url, revision="base") == ""
    tables = [row[0] for row in described(url)[0]]  # type: ignore[attr-defined]
    assert set(tables) <= {"alembic_version"}
    assert schema.upgrade(url) == schema.head()
    assert described(url) == before


def test_an_upgrade_of_what_is_new_changes_nothing(settings: Settings) -> None:
    url = settings.database_url.reveal()
    before = described(url)
    schema.upgrade(url)
    assert described(url) == before
    schema.check_schema(url)


def test_another_revision_is_refused_with_the_command_that_helps(settings: Settings) -> None:
    url = settings.database_url.reveal()
    schema.downgrade(url, revision="base")
    with pytest.raises(StartRefused, match="ward db upgrade"):
        schema.check_schema(url)


@pytest.mark.parametrize(
    "act",
    [
        schema.check_schema,
        schema.upgrade,
        lambda url: schema.downgrade(url, revision="base"),
    ],
    ids=["check", "upgrade", "downgrade"],
)
def test_a_database_of_a_later_version_is_refused_and_left_as_it_is(
    settings: Settings, act: Callable[[str], object]
) -> None:
    url = settings.database_url.reveal()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'r9999'")
    before = described(url)
    with pytest.raises(StartRefused, match="r9999") as refused:
        act(url)
    assert "ward db upgrade" not in str(refused.value)
    assert described(url) == before
    assert schema.current(url) == "r9999"


def test_a_way_back_that_there_is_not_is_refused(settings: Settings) -> None:
    with pytest.raises(StartRefused, match="nowhere"):
        schema.downgrade(settings.database_url.reveal(), revision="nowhere")
    schema.check_schema(settings.database_url.reveal())
