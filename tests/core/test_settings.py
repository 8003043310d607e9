"""Settings are checked as a whole, before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from wardops.core import settings as module
from wardops.core.errors import StartRefused
from wardops.core.secrets import Secret
from wardops.core.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _empty_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "REDIS_URL", "WARD_DATABASE_URL", "WARD_POSTGRES_BIN"):
        monkeypatch.delenv(name, raising=False)


def refused(**overrides: object) -> str:
    with pytest.raises(StartRefused) as error:
        load_settings(**overrides)
    return str(error.value)


@pytest.mark.finding(24)
def test_every_fault_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "WARD_PORT": "seventy",
        "WARD_API_THREADS": "0",
        "WARD_LOG_LEVEL": "loud",
        "WARD_SITE": "Main Site",
        "WARD_PROBE_PROCESES": "4",
    }.items():
        monkeypatch.setenv(name, value)
    told = refused()
    for name in ("PORT", "API_THREADS", "LOG_LEVEL", "SITE", "PROBE_PROCESES"):
        assert f"WARD_{name}" in told


@pytest.mark.finding(24)
def test_production_tells_all_that_is_unsafe_at_once() -> None:
    told = refused(
        env="production", public_url="http://w", database_url=Secret("postgresql://a:b@db/w")
    )
    assert "WARD_PUBLIC_URL" in told
    assert "DATABASE_URL" in told
    assert "sslmode" in told


def test_production_takes_https_and_a_database_over_tls_or_beside_it() -> None:
    for url in ("postgresql://a:b@db/w?sslmode=verify-full", "postgresql://a:b@/w?host=/run"):
        found = load_settings(env="production", public_url="https://w", database_url=Secret(url))
        assert found.env == "production"


@pytest.mark.finding(24)
def test_a_misspelt_variable_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARD_POTR", "1")
    assert "WARD_POTR: is not a setting" in refused()


@pytest.mark.finding(24)
def test_an_unknown_key_of_a_file_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "ward.toml"
    file.write_text('potr = 1\nsite = "other"\n')
    monkeypatch.setitem(Settings.model_config, "toml_file", file)
    monkeypatch.setattr(module, "SYSTEM_FILE", file)
    (tmp_path / ".env").write_text("WARD_HOTS=x\n")
    told = refused()
    assert "potr" in told
    assert "WARD_HOTS" in told


def test_the_environment_outweighs_the_env_file_and_that_the_machine_s(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "ward.toml"
    file.write_text('site = "toml"\nport = 1111\nhost = "::1"\n')
    monkeypatch.setitem(Settings.model_config, "toml_file", file)
    monkeypatch.setattr(module, "SYSTEM_FILE", file)
    (tmp_path / ".env").write_text("WARD_SITE=dotenv\nWARD_PORT=2222\n")
    monkeypatch.setenv("WARD_SITE", "environment")
    found = load_settings()
    assert (found.site, found.port, found.host) == ("environment", 2222, "::1")


@pytest.mark.parametrize("name", ["DATABASE_URL", "WARD_DATABASE_URL"])
def test_the_database_is_named_with_or_without_prefix(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "postgresql://h/d")
    assert load_settings().database_url == Secret("postgresql://h/d")


def test_faults_do_not_tell_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARD_ADMIN_PASSWORD", "hunter2")
    monkeypatch.setenv("WARD_PORT", "x")
    assert "hunter2" not in refused()


def test_every_setting_is_described() -> None:
    assert [n for n, field in Settings.model_fields.items() if not field.description] == []
