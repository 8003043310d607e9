"""Whatever is sent that fits the OpenAPI document, or nearly, nothing fails on our side."""

from __future__ import annotations

import os

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from running_api import Api, ClientFor
from schemathesis import GenerationMode

from wardops.api.reference import document
from wardops.core.database import Database

# Ends the session the rest is sent with, never ends by itself, or says 503 of what is not there.
LEFT_OUT = r"^/api/v1/(auth/(logout|refresh|login|setup)|me/password|events|health)$"
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "12"))
# What the client itself refuses to put on the wire.
UNSENDABLE = (httpx.LocalProtocolError, httpx.InvalidURL, UnicodeError)

# One of each, so that the ids 1 and 2 lead somewhere.
SOMETHING = """
INSERT INTO regions (name) VALUES ('r');
INSERT INTO branches (region_id, name) VALUES (1, 'b');
INSERT INTO providers (name) VALUES ('p');
INSERT INTO profiles (name, ping_cadence_ms) VALUES ('q', 5000);
INSERT INTO devices (site_id, branch_id, name, ip, type) VALUES (1, 1, 'd', '10.0.0.1', 'router');
INSERT INTO links (site_id, branch_id, provider_id, name, probe_address)
    VALUES (1, 1, 1, 'l', '10.0.0.2');
INSERT INTO incidents (cause_key, kind, severity, title, branch_id, opened_at, last_change_at)
    VALUES ('k', 'device_down', 'high', 't', 1, now(), now());
"""


@pytest.mark.timeout(300)
@pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")
# The server runs in this process, and its pool draws waits while hypothesis makes an example.
@pytest.mark.filterwarnings(
    "ignore:Do not use the .random. module:hypothesis.errors.HypothesisDeprecationWarning"
)
def test_no_request_makes_a_server_error(api: Api, client_for: ClientFor, db: Database) -> None:
    client = client_for("admin")
    with db.transaction() as session:
        session.execute(SOMETHING)
    schema = schemathesis.openapi.from_dict(document(api.app)).exclude(path_regex=LEFT_OUT)
    schema.config.generation.update(modes=list(GenerationMode))
    failed: dict[str, str] = {}
    for operation in schema.get_all_operations():
        _fuzz(operation.ok(), client, failed)
    assert failed == {}


def _fuzz(
    operation: schemathesis.APIOperation, client: httpx.Client, failed: dict[str, str]
) -> None:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case: schemathesis.Case) -> None:
        sent = case.as_transport_kwargs(base_url=str(client.base_url).removesuffix("/api/v1/"))
        generated = sent.get("headers") or {}
        ours = {k: v for k, v in generated.items() if k.lower() not in ("authorization", "cookie")}
        sent = sent | {"headers": {**ours, **client.headers}}
        sent.pop("cookies", None)
        try:
            answer = client.request(**sent)
        except UNSENDABLE:
            return
        if answer.status_code >= 500:
            failed[operation.label] = f"{answer.status_code} {answer.text} <- {sent}"[:1500]

    send()
