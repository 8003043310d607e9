"""Secrets do not leave by accident, and the key file is ours alone."""

from __future__ import annotations

import json
import logging
import pickle

import orjson
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from wardops.core.log import configure_logging, hide_secrets, without_secrets
from wardops.core.secrets import Secret, new_token, token_hash
from wardops.core.settings import Settings

PLAIN = "hunter2-very-secret"


@pytest.mark.finding(28)
@pytest.mark.parametrize("show", [repr, str, format, "{!r:>40}".format, "%s".__mod__, ascii])
def test_a_secret_does_not_show_itself(show: object) -> None:
    assert callable(show)
    assert PLAIN not in show(Secret(PLAIN))
    assert PLAIN not in show([Secret(PLAIN)]) or show is format


@pytest.mark.finding(28)
@pytest.mark.parametrize("dump", [pickle.dumps, json.dumps, orjson.dumps])
def test_a_secret_is_not_serialised(dump: object) -> None:
    assert callable(dump)
    with pytest.raises(TypeError) as refused:
        dump(Secret(PLAIN))
    assert PLAIN not in str(refused.value)


def test_settings_do_not_show_their_secrets() -> None:
    settings = Settings(database_url=Secret(f"postgresql://u:{PLAIN}@h/d"))
    assert PLAIN not in f"{settings!r} {settings} {settings.model_dump()}"


def test_secrets_compare_by_value() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert not Secret("")
    assert len({Secret("a"), Secret("a")}) == 1


@pytest.mark.finding(28)
@pytest.mark.parametrize(
    "line",
    [
        f"connecting to postgresql://ward:{PLAIN}@db:5432/ward",
        f"redis://:{PLAIN}@127.0.0.1/0 is away",
        f"password={PLAIN}",
        f"db_password={PLAIN} host=x",
        f"WARD_ADMIN_PASSWORD={PLAIN}",
        f"{{'token': '{PLAIN}', 'a': 1}}",
        f'{{"password": "{PLAIN}"}}',
        f"community: {PLAIN}, next",
        f"password='two words {PLAIN}'",
        f"Authorization: Bearer {PLAIN}",
    ],
)
def test_texts_lose_their_secrets(line: str) -> None:
    assert PLAIN not in without_secrets(line)


@pytest.mark.finding(28)
@pytest.mark.parametrize(
    "fields",
    [
        {"password": PLAIN},
        {"api_token": PLAIN},
        {"url": f"redis://:{PLAIN}@h"},
        {"settings": {"community": PLAIN, "deep": [{"auth_key": PLAIN}]}},
        {"arguments": [f"password={PLAIN}"]},
    ],
)
def test_fields_of_a_log_line_lose_their_secrets(fields: dict[str, object]) -> None:
    assert PLAIN not in str(hide_secrets(None, "info", dict(fields)))


@pytest.mark.finding(28)
def test_neither_our_logs_nor_those_of_libraries_tell_a_secret(
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        configure_logging(Settings(log_format="json"), process="test")
        structlog.get_logger().info("connected", url=f"redis://:{PLAIN}@h", secret=Secret(PLAIN))
        try:
            raise ValueError(f"password={PLAIN}")
        except ValueError:
            logging.getLogger("library").exception("it failed: redis://:%s@h", PLAIN)
    finally:
        root.handlers[:], root.level = before, level
        structlog.reset_defaults()
        structlog.contextvars.clear_contextvars()
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["process"] for line in lines] == ["test", "test"]
    assert PLAIN not in "".join(lines)


@given(st.text(max_size=300))
def test_the_filter_takes_any_text(text: str) -> None:
    assert isinstance(without_secrets(text), str)


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token("ward_").reveal() for _ in range(200)}
    assert len(tokens) == 200
    assert min(map(len, tokens)) >= 43 + len("ward_")
    assert len(token_hash(tokens.pop())) == 32
