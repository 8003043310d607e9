"""`ward devices` run as people run it, against a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from wardops.core.database import Database
from wardops.core.settings import Settings

FILE = "name,ip,type,region,branch\nატმ,10.0.0.1,atm,North,B1\nrouter,10.0.0.2,router,North,B1\n"


def devices(
    settings: Settings, *arguments: str, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONUTF8": "1",
        "DATABASE_URL": settings.database_url.reveal(),
        "REDIS_URL": settings.redis_url.reveal(),
        "WARD_DATA_DIR": str(settings.data_dir),
    }
    return subprocess.run(
        [sys.executable, "-m", "wardops.cli", "devices", *arguments],
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_file_is_imported_listed_and_exported(
    settings: Settings, db: Database, tmp_path: Path
) -> None:
    source = tmp_path / "devices.csv"
    source.write_text(FILE)
    done = json.loads(devices(settings, "import", str(source), "--json").stdout)
    assert (done["applied"], done["created"], done["creates"]["branches"]) == (
        True,
        2,
        ["North / B1"],
    )
    listed = json.loads(devices(settings, "list", "--type", "atm", "--json").stdout)
    assert [(each["name"], each["ip"], each["branch"]) for each in listed] == [
        ("ატმ", "10.0.0.1", "B1")
    ]
    target = tmp_path / "out.json"
    assert devices(settings, "export", str(target)).returncode == 0
    assert {each["name"] for each in json.loads(target.read_bytes())} == {"ატმ", "router"}


def test_browsers_are_told_of_an_import(settings: Settings, db: Database) -> None:
    devices(settings, "import", "-", typed=FILE)
    with db.reading() as session:
        told = session.tuples("SELECT kind, payload FROM stream_events")
    assert told == [("inventory", {"change": "devices"})]


def test_a_dry_run_writes_nothing(settings: Settings, db: Database) -> None:
    done = devices(settings, "import", "-", "--dry-run", typed=FILE)
    assert done.returncode == 0, done.stderr
    assert "new branches: North / B1" in done.stderr
    assert json.loads(devices(settings, "list", "--json").stdout) == []


def test_a_faulty_row_is_told_by_number_and_fails_the_command(
    settings: Settings, db: Database
) -> None:
    done = devices(settings, "import", "-", typed="name,ip\na,10.0.0.1\nb,10.0.0.300\n")
    assert done.returncode == 1
    assert "row 3: ip '10.0.0.300' is not an IPv4 address" in done.stderr
    assert json.loads(devices(settings, "list", "--json").stdout) == []


def test_a_file_that_is_not_there_is_told_without_a_stack_trace(
    settings: Settings, db: Database
) -> None:
    done = devices(settings, "import", "missing.csv")
    assert done.returncode == 1
    assert "missing.csv cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_list_that_is_cut_says_so(settings: Settings, db: Database) -> None:
    devices(settings, "import", "-", typed=FILE)
    assert "1 of 2 devices" in devices(settings, "list", "--limit", "1").stderr


def test_an_export_is_imported_without_a_change(settings: Settings, db: Database) -> None:
    devices(settings, "import", "-", typed=FILE)
    exported = devices(settings, "export", "-", "--format", "csv").stdout
    again = json.loads(devices(settings, "import", "-", "--json", typed=exported).stdout)
    assert (again["unchanged"], again["failed"]) == (2, 0)
