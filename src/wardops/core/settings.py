"""Every setting of WARD OPS, declared once: description, unit, default, bounds.

Read from `WARD_*` environment variables, a `.env` file and `/etc/wardops/ward.toml`, in that
order; `DATABASE_URL`, `REDIS_URL` and `VICTORIA_URL` are taken without the prefix too.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AliasChoices, BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from wardops.core.errors import FieldFault, StartRefused
from wardops.core.secrets import Secret

SYSTEM_FILE = Path("/etc/wardops/ward.toml")


def _secret(value: object) -> object:
    return Secret(value) if isinstance(value, str) else value


SecretText = Annotated[Secret, BeforeValidator(_secret)]


class Settings(BaseSettings):
    """All settings. `load_settings` refuses names that are not among them."""

    model_config = SettingsConfigDict(
        env_prefix="WARD_",
        env_file=".env",
        toml_file=SYSTEM_FILE,
        extra="ignore",
        frozen=True,
        arbitrary_types_allowed=True,
        populate_by_name=True,
    )

    env: Literal["development", "production"] = Field(
        "development", description="`production` refuses unsafe settings."
    )
    data_dir: Path = Field(
        Path(".ward"), description="Where embedded stores, keys, spools and logs live."
    )
    site: str = Field(
        "main",
        pattern=r"^[a-z0-9][a-z0-9-]{0,30}$",
        description="The site this process stands in; workers probe that site's targets.",
    )

    database_url: SecretText = Field(
        Secret(""),
        validation_alias=AliasChoices("WARD_DATABASE_URL", "DATABASE_URL", "database_url"),
        description="PostgreSQL 15 to 18. Empty: `ward up` starts an embedded one.",
    )
    redis_url: SecretText = Field(
        Secret(""),
        validation_alias=AliasChoices("WARD_REDIS_URL", "REDIS_URL", "redis_url"),
        description="Redis 7 or Valkey 8 and later. Empty: `ward up` starts an embedded one.",
    )
    postgres_bin: Path | None = Field(
        None, description="Folder with `postgres` and `initdb` to use instead of the wheel's."
    )

    host: str = Field("127.0.0.1", description="Address the web server listens on.")
    port: int = Field(8600, ge=1, le=65535, description="Port the web server listens on.")
    public_url: str = Field("", description="Address users reach the web app at, for links.")
    admin_password: SecretText = Field(
        Secret(""),
        description="Makes the user `admin` with this password at first start; else a one-time "
        "link is printed.",
    )

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least severe line that is written."
    )
    log_format: Literal["auto", "json", "text"] = Field(
        "auto", description="`auto`: text on a terminal, JSON elsewhere."
    )

    api_threads: int = Field(
        8, ge=1, le=200, description="Requests one API process works on at a time."
    )
    probe_processes: int = Field(
        4, ge=1, le=256, description="Children of a probe worker: shards in flight at a time."
    )
    core_processes: int = Field(
        2, ge=1, le=64, description="Children of the alert and maintenance worker."
    )
    database_headroom: int = Field(
        10, ge=0, le=1000, description="Connections left free for people and backups."
    )
    connect_timeout_s: int = Field(5, ge=1, le=60, description="Seconds to connect to a store.")
    statement_timeout_ms: int = Field(
        15_000, ge=100, le=600_000, description="Milliseconds one SQL statement may take."
    )
    lock_timeout_ms: int = Field(
        5_000, ge=100, le=600_000, description="Milliseconds a statement may wait for a lock."
    )
    idle_transaction_timeout_ms: int = Field(
        30_000, ge=1000, le=600_000, description="Milliseconds a transaction may sit idle."
    )
    pool_timeout_s: float = Field(
        5.0, ge=0.1, le=60, description="Seconds to wait for a free database connection."
    )

    link_cadence_s: float = Field(
        3.0, ge=1, le=3600, description="Seconds between pings of routers and links."
    )
    device_cadence_s: float = Field(
        5.0, ge=1, le=3600, description="Seconds between pings of all other devices."
    )
    shard_size: int = Field(
        1000, ge=1, le=20_000, description="Targets that one message makes a worker probe."
    )
    ping_timeout_ms: int = Field(
        800, ge=50, le=10_000, description="Milliseconds to wait for an answer to a ping."
    )
    confirm_packets: int = Field(
        3, ge=1, le=10, description="Packets of the burst that confirms silence."
    )
    confirm_interval_ms: int = Field(
        250, ge=10, le=5_000, description="Milliseconds between packets of the confirm burst."
    )
    allow_loopback_targets: bool = Field(
        False, description="Accept 127.0.0.0/8 and ::1 as addresses to watch; for demonstrations."
    )
    ping_rate: int = Field(
        10_000, ge=100, le=200_000, description="Packets per second one worker child sends."
    )

    history_interval_s: int = Field(
        30, ge=5, le=3600, description="Seconds that one row of ping history sums up."
    )
    history_days: int = Field(7, ge=1, le=3650, description="Days raw ping history is kept.")
    event_days: int = Field(
        1825, ge=1, le=36_500, description="Days status events and intervals are kept."
    )
    stream_hours: int = Field(
        24, ge=1, le=720, description="Hours a browser can be away and miss nothing."
    )
    stale_cadences: float = Field(
        3.0, ge=1.5, le=20, description="Cadences without a check after which a state is stale."
    )
    flap_window_s: int = Field(300, ge=30, le=86_400, description="Seconds flapping looks back.")
    flap_changes: int = Field(
        3, ge=2, le=100, description="Changes in the window that make a device flapping."
    )
    link_flap_changes: int = Field(
        2, ge=2, le=100, description="Changes in the window that make a link flapping."
    )

    session_hours: int = Field(12, ge=1, le=720, description="Hours a session lives unused.")
    rate_per_minute: int = Field(
        1200, ge=60, le=100_000_000, description="Requests one user, token or address may send."
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses of reverse proxies whose X-Forwarded-For is believed, by comma.",
    )
    login_attempts: int = Field(
        10, ge=3, le=1000, description="Failed sign-ins per address and user in 5 minutes."
    )

    @model_validator(mode="after")
    def _production_is_safe(self) -> Self:
        if self.env == "production" and (unsafe := list(self._unsafe())):
            raise ValueError("production refuses: " + "; ".join(unsafe))
        return self

    def _unsafe(self) -> Iterator[str]:
        if not self.public_url.startswith("https://"):
            yield "WARD_PUBLIC_URL has to be an https:// address"
        url = urlsplit(self.database_url.reveal())
        local = url.hostname in (None, "localhost", "127.0.0.1", "::1")
        encrypted = "sslmode=verify-full" in url.query or "sslmode=require" in url.query
        if not local and not encrypted:
            yield "DATABASE_URL of a remote server needs TLS: add ?sslmode=verify-full"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then environment, `.env`, and the machine's TOML file."""
        return (
            init_settings,
            env_settings,
            dotenv_settings,
            TomlConfigSettingsSource(settings_cls),
        )

    @property
    def spool_dir(self) -> Path:
        """Where readings wait while a store is away."""
        return self.data_dir / "spool"


def load_settings(**overrides: object) -> Settings:
    """Settings from the surroundings, every fault told at once.

    Raises StartRefused with one line per faulty setting.
    """
    faults = [
        FieldFault(name, "is not a setting", "See docs/reference/settings.md.")
        for name in _unknown_names()
    ]
    faults += [
        FieldFault(
            f"{name} in {SYSTEM_FILE}", "is not a setting", "See docs/reference/settings.md."
        )
        for name in unknown_keys(SYSTEM_FILE)
    ]
    settings: Settings | None = None
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        faults += [
            FieldFault(_variable(item["loc"]), str(item["msg"]), "")
            for item in error.errors(include_input=False, include_url=False)
        ]
    if settings is None or faults:
        raise StartRefused("The settings are not valid; nothing was started.", faults=faults)
    return settings


def _unknown_names() -> list[str]:
    """Names no setting has, in the environment and in both files: misspelt, most likely."""
    known = {f"WARD_{name.upper()}" for name in Settings.model_fields}
    told: Iterable[str] = {*os.environ, *dotenv_values(".env")}
    unknown = {name for name in told if name.startswith("WARD_") and name not in known}
    return sorted(unknown | (_system_file().keys() - Settings.model_fields.keys()))


def _system_file() -> dict[str, object]:
    try:
        return tomllib.loads(SYSTEM_FILE.read_text())
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise StartRefused(f"{SYSTEM_FILE} cannot be read: {error}.") from error


def unknown_keys(file: Path) -> list[str]:
    """Keys of a TOML file that no setting takes; none for a file that is not there."""
    if not file.exists():
        return []
    return sorted(set(tomllib.loads(file.read_text())) - set(Settings.model_fields))


def _variable(location: tuple[int | str, ...]) -> str:
    if not location:  # a rule over several settings, which names them itself
        return "WARD_ENV"
    name = str(location[0])
    return name if name.isupper() else f"WARD_{name.upper()}"
