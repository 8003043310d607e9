"""How long the server takes for the pages that people look at all day.

    python benchmarks/api.py [--devices 10000] [--requests 300] [--json FILE]

A real instance that watches all the devices meanwhile. The time is the server's own, to the first
byte, from its request log; beside it what a client on the same machine sees for the whole answer.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import quantiles

import httpx

from harness import Row, report
from instance import Running, add_devices, running

WARM_UP_S = 30
SETTINGS = {"WARD_ALLOW_LOOPBACK_TARGETS": "true", "WARD_RATE_PER_MINUTE": "100000000"}
PAGES: dict[str, str] = {
    "devices, first page of 100": "/devices?limit=100",
    "devices, last page of 100": "/devices?limit=100&skip={last}",
    "devices, by name backwards": "/devices?limit=100&sort=-name",
    "devices, slowest first": "/devices?limit=100&sort=-rtt_ms",
    "devices, those that are up": "/devices?limit=100&status=up",
    "devices, status, type and sort": "/devices?limit=100&status=up&status=down&type=atm&sort=ip",
    "devices, part of a name": "/devices?limit=100&q=device-77",
    "devices, part of an address": "/devices?limit=100&q=127.100.3",
    "facets of all devices": "/devices/facets",
    "dashboard": "/dashboard",
    "wall, all devices": "/wall",
    "search": "/search?q=device-99",
    "open incidents": "/incidents?state=open&limit=100",
}


def main() -> None:
    """Start, fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(folder, environment=SETTINGS) as ward:
            database = ward.database()
            add_devices(database, options.devices, silent_share=0)
            database.close()
            time.sleep(WARM_UP_S)
            rows = _all_pages(ward, options.requests, last=options.devices - 100)
    report(f"API with {options.devices} devices", rows, options.json)


def _all_pages(ward: Running, count: int, *, last: int) -> list[Row]:
    seen: dict[str, list[tuple[str, float, int]]] = {}
    with ward.client() as client:
        for number, (what, path) in enumerate(PAGES.items()):
            path = path.format(last=last)
            _ask(client, path, f"warm-up-{number:04d}")
            seen[what] = [
                _ask(client, path, f"page-{number:04d}-{turn:06d}") for turn in range(count)
            ]
    told = _server_times(ward.folder / "log" / "api.log")
    return [_row(what, answers, told) for what, answers in seen.items()]


def _ask(client: httpx.Client, path: str, request_id: str) -> tuple[str, float, int]:
    """The request's id, milliseconds as the client sees it, bytes of the answer."""
    began = time.perf_counter()
    answer = client.get(path, headers={"X-Request-Id": request_id}).raise_for_status()
    return request_id, (time.perf_counter() - began) * 1000, len(answer.content)


def _server_times(log: Path) -> dict[str, float]:
    """Milliseconds by request id."""
    lines = (line for line in log.read_text().splitlines() if '"event": "request"' in line)
    told = (json.loads(line) for line in lines)
    return {line["request"]: line["ms"] for line in told}


def _row(what: str, answers: list[tuple[str, float, int]], told: Mapping[str, float]) -> Row:
    server = quantiles([told[request] for request, *_ in answers], n=100)
    client = quantiles([ms for _, ms, _ in answers], n=100)
    return {
        "page": what,
        "server p50 ms": server[49],
        "server p99 ms": server[98],
        "client p50 ms": client[49],
        "client p99 ms": client[98],
        "KiB": answers[-1][2] / 1024,
    }


if __name__ == "__main__":
    main()
