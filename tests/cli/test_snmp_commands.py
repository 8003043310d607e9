"""`ward snmp` as a person runs it, against an agent on a real socket."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from probing.snmp_agent import FakeAgent, serving
from wardops.probing.snmp import Oid, Tag, vendor_of

SYSTEM: Oid = (1, 3, 6, 1, 2, 1, 1)
ROUTER = {
    (*SYSTEM, 1, 0): (Tag.OCTET_STRING, "RouterOS ბათუმი".encode()),
    (*SYSTEM, 2, 0): (Tag.OBJECT_IDENTIFIER, (1, 3, 6, 1, 4, 1, 14988, 1)),
    (*SYSTEM, 3, 0): (Tag.TIME_TICKS, 4200),
    (1, 3, 6, 1, 2, 1, 2, 2, 1, 6, 1): (Tag.OCTET_STRING, b"\x00\x0c\x29\xff\x01\x02"),
    (1, 3, 6, 1, 2, 1, 2, 2, 1, 6, 2): (Tag.IP_ADDRESS, b"\x7f\x00\x00\x09"),
}


@pytest.fixture(scope="module")
def port() -> Iterator[str]:
    with serving(FakeAgent(ROUTER, community=b"secret")) as agent:
        yield str(agent.port)


def ward(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wardops.cli", "snmp", *words],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_without_variables_it_says_who_the_device_is(port: str) -> None:
    told = ward("get", "127.0.0.1", "--port", port, "-c", "secret")
    assert told.returncode == 0, told.stderr
    assert "RouterOS ბათუმი" in told.stdout
    assert "vendor: MikroTik" in told.stdout


def test_the_community_can_come_from_standard_input(port: str) -> None:
    words = ("get", "127.0.0.1", "1.3.6.1.2.1.1.3.0", "--port", port, "--json")
    told = ward(*words, "-c", "-", typed="secret\n")
    assert json.loads(told.stdout) == [
        {"oid": "1.3.6.1.2.1.1.3.0", "name": "sysUpTime", "type": "time_ticks", "value": 4200}
    ]


def test_bytes_that_are_no_text_are_shown_in_hexadecimal(port: str) -> None:
    words = ("walk", "127.0.0.1", "1.3.6.1.2.1.2.2.1.6", "--port", port, "--json")
    told = ward(*words, "-c", "secret")
    assert [row["value"] for row in json.loads(told.stdout)] == ["00 0c 29 ff 01 02", "127.0.0.9"]


def test_silence_says_what_may_be_wrong(port: str) -> None:
    words = ("get", "127.0.0.1", "--port", port, "--timeout", "0.1", "--retries", "0")
    told = ward(*words, "-c", "wrong")
    assert told.returncode == 1
    assert "is the community right" in told.stderr
    assert "wrong" not in told.stdout + told.stderr.replace("what may be wrong", "")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("get", "router.example", "1.3.6.1.2.1.1.1.0"), "target: "),
        (("get", "127.0.0.1", "sysDescr"), "oid: "),
        (("walk", "127.0.0.1", "1.3..6"), "oid: "),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name(words: tuple[str, ...], field: str) -> None:
    told = ward(*words)
    assert told.returncode == 1
    assert field in told.stderr


def test_an_enterprise_that_is_not_known_has_no_vendor() -> None:
    assert vendor_of((1, 3, 6, 1, 4, 1, 9, 1)) == "Cisco"
    assert vendor_of((1, 3, 6, 1, 4, 1, 4_000_000)) == ""
    assert vendor_of((1, 3, 6, 1, 4, 1)) == vendor_of((1, 3, 6, 1, 2, 1)) == ""
