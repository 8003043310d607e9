"""The PostgreSQL launcher: what it sets, what it refuses, whom it runs as."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from wardops.core.errors import StartRefused
from wardops.embedded import EmbeddedPostgres, Places
from wardops.embedded.postgres import SERVER_SETTINGS

# The interpreter of root is often out of reach for others: it starts as root, then changes.
AS_ORDINARY_USER = """
import encodings.idna, os, signal, sys
from pathlib import Path
import psycopg
from wardops.embedded import EmbeddedPostgres, EmbeddedValkey, Places
os.setgroups([])
os.setgid(int(sys.argv[3]))
os.setuid(int(sys.argv[2]))
places = Places(Path(sys.argv[1]))
places.make()
postgres, valkey = EmbeddedPostgres(places), EmbeddedValkey(places)
postgres.prepare()
servers = [postgres.start(), valkey.start()]
postgres.wait_ready(servers[0])
valkey.wait_ready(servers[1])
with psycopg.connect(postgres.url.reveal()) as connection:
    print(connection.execute("SELECT current_user").fetchone()[0])
servers[0].send_signal(signal.SIGINT)
servers[1].terminate()
print([server.wait(10) for server in servers])
"""


def test_the_server_has_our_settings_and_no_network_port(stores: object) -> None:
    url = getattr(stores, "postgres", "")
    with psycopg.connect(url) as connection:
        found = dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())
    wanted = {
        "listen_addresses": "",
        "TimeZone": "UTC",
        "jit": "off",
        "synchronous_commit": "on",
        "server_encoding": "UTF8",
        "password_encryption": "scram-sha-256",
    }
    assert {name: found[name] for name in wanted} == wanted


def test_nothing_that_keeps_data_safe_is_switched_off() -> None:
    assert not {"fsync", "full_page_writes", "synchronous_commit"} & SERVER_SETTINGS.keys()


def test_a_wrong_password_is_refused(stores: object) -> None:
    parts = conninfo_to_dict(getattr(stores, "postgres", ""))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**{**parts, "password": "guess"})


def test_a_cluster_of_another_major_is_refused_with_the_way_on(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.make()
    postgres = EmbeddedPostgres(places, account=None)
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("14\n")
    with pytest.raises(StartRefused, match="PostgreSQL 14") as refused:
        postgres.prepare()
    assert "WARD_POSTGRES_BIN" in str(refused.value)


def test_passwords_are_readable_by_the_owner_only(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.make()
    assert EmbeddedPostgres(places, account=None).url.reveal()
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "run" / "postgres.password").stat().st_mode) == 0o600


@pytest.mark.integration
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_both_stores_start_as_an_ordinary_user() -> None:
    user = pwd.getpwnam("nobody")
    folder = Path(f"/var/tmp/ward-test-{os.getpid()}")  # noqa: S108  must be reachable
    folder.mkdir()
    os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                AS_ORDINARY_USER,
                str(folder),
                str(user.pw_uid),
                str(user.pw_gid),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
    finally:
        shutil.rmtree(folder)
    assert done.stdout.split("\n")[:2] == ["ward", "[0, 0]"], done.stderr
