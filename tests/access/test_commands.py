"""`ward users`, `ward token`, `ward check` and `ward db` against a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from redis import Redis

from wardops import access
from wardops.core import clock
from wardops.core.database import Database
from wardops.core.secrets import Secret
from wardops.core.settings import Settings


def ward(
    settings: Settings, *arguments: str, typed: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": settings.database_url.reveal(),
        "REDIS_URL": settings.redis_url.reveal(),
        "WARD_DATA_DIR": str(settings.data_dir),
    } | variables
    return subprocess.run(
        [sys.executable, "-m", "wardops.cli", *arguments],
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_token_is_printed_once_as_json_and_works(settings: Settings, db: Database) -> None:
    arguments = ("token", "create", "--name", "ci", "--role", "viewer", "--json")
    made = ward(settings, *arguments, "--expires-days", "1")
    token = Secret(json.loads(made.stdout)["token"])
    assert token.reveal().startswith("ward_")
    with db.reading() as session:
        caller = access.token_caller(session, token, at=clock.now())
    assert caller is not None
    assert caller.principal.role == "viewer"


def test_user_is_added_and_gets_another_password(settings: Settings, db: Database) -> None:
    typed = "first long password\n"
    made = ward(
        settings, "users", "create", "ana", "--role", "admin", "--password-stdin", typed=typed
    )
    assert made.returncode == 0, made.stderr
    assert "first long password" not in made.stdout
    reset = ward(settings, "users", "reset-password", "ana")
    password = Secret(reset.stdout.rpartition("Password: ")[2].strip())
    assert access.check_password(db, access.SignIn("ana", password))
    listed = json.loads(ward(settings, "users", "list", "--json").stdout)
    assert [(user["username"], user["role"]) for user in listed] == [("ana", "admin")]


def test_fault_is_told_without_a_trace(settings: Settings) -> None:
    refused = ward(settings, "users", "reset-password", "nobody")
    assert refused.returncode == 1
    assert refused.stderr.startswith("ward: There is no user 'nobody'.")
    assert "Traceback" not in refused.stderr


@pytest.mark.finding(24)
def test_check_tells_every_fault_and_exits_with_one(settings: Settings, redis: Redis) -> None:
    assert ward(settings, "check").returncode == 0
    away = "redis://:hunter2@127.0.0.1:1/0"
    refused = ward(settings, "check", REDIS_URL=away, WARD_API_THREADS="200")
    assert refused.returncode == 1
    assert "REDIS_URL" in refused.stderr
    assert "202 api" in refused.stderr
    assert "hunter2" not in refused.stderr


def test_revision_is_told(settings: Settings) -> None:
    told = ward(settings, "db", "current").stdout
    assert told.startswith("0001 (this version needs 0001)")
