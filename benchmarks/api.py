"""How quickly the API answers on 10,000 devices, while they are watched.

    python benchmarks/api.py [--devices 10000] [--requests 200]

Times are taken at the client on the same machine, one request after the other.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import httpx

from harness import Row, report
from instance import add_devices, running, silence

PAGES = {
    "devices, page of 100": "/devices?limit=100",
    "devices, sorted by round trip": "/devices?limit=100&sort=-rtt_ms",
    "devices, down": "/devices?limit=100&status=down",
    "devices, type and search": "/devices?limit=100&type=atm&q=device-77",
    "devices, last page": "/devices?limit=100&skip=9900",
    "facets": "/devices/facets",
    "overview": "/dashboard",
    "wall": "/wall",
    "search": "/search?q=device-99",
    "incidents": "/incidents?limit=100",
}


def main() -> None:
    """Fill an instance and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, silence():
        folder = Path(name)
        folder.chmod(0o755)
        environment = {
            "WARD_ALLOW_LOOPBACK_TARGETS": "true",
            "WARD_RATE_PER_MINUTE": "100000",
        }
        with running(folder, environment=environment) as ward:
            database = ward.database()
            add_devices(database, options.devices, silent_share=0.01)
            database.close()
            time.sleep(40)
            with ward.client() as client:
                rows = [
                    _timed(client, what, path, options.requests) for what, path in PAGES.items()
                ]
    report(f"API on {options.devices} devices", rows, options.json)


def _timed(client: httpx.Client, what: str, path: str, requests: int) -> Row:
    times = []
    for _ in range(requests):
        began = time.monotonic()
        client.get(path).raise_for_status()
        times.append((time.monotonic() - began) * 1000)
    times.sort()
    return {
        "page": what,
        "p50 ms": times[requests // 2],
        "p99 ms": times[int(requests * 0.99)],
        "worst ms": times[-1],
    }


if __name__ == "__main__":
    main()
