"""What it costs to watch many devices: all processes and the database, per 1,000 checks.

    python benchmarks/load.py [--devices 10000] [--cadence 5] [--minutes 10] [--silent 0 0.3 1]

Every device lies on loopback and is pinged for real. fping sends the same packets in the same
run, for comparison: fping only sends, it stores nothing and judges nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

from harness import Row, measure, report
from instance import Running, add_devices, address, running, silence
from wardops.core.database import Database

WARM_UP_S = 45


def main() -> None:
    """Run each share of silent devices and print one table."""
    options = _options()
    rows = []
    for share in options.silent:
        with silence(options.devices, share):
            rows.append(_run(options, share))
    report(f"{options.devices} devices every {options.cadence:g} s", rows, options.json)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--cadence", type=float, default=5)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--silent", type=float, nargs="+", default=[0, 0.3, 1])
    parser.add_argument("--shard-size", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--rate", type=int, default=10_000)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _run(options: argparse.Namespace, share: float) -> Row:
    environment = {
        "WARD_DEVICE_CADENCE_S": str(options.cadence),
        "WARD_SHARD_SIZE": str(options.shard_size),
        "WARD_PROBE_PROCESSES": str(options.processes),
        "WARD_PING_RATE": str(options.rate),
        "WARD_ALLOW_LOOPBACK_TARGETS": "true",
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(folder, environment=environment) as ward:
            database = ward.database()
            try:
                add_devices(database, options.devices, silent_share=share)
                time.sleep(WARM_UP_S + 2 * options.cadence)
                return _measured(ward, database, options, share)
            finally:
                database.close()


def _measured(ward: Running, database: Database, options: argparse.Namespace, share: float) -> Row:
    before, used_before, began = _progress(database), ward.usage(), time.monotonic()
    time.sleep(options.minutes * 60)
    after, used, wall = _progress(database), ward.usage(), time.monotonic() - began
    checks = after["checks"] - before["checks"]
    cpu = used.cpu_seconds - used_before.cpu_seconds
    if options.json is None:
        for part, seconds in used.by_process.items():
            print(f"{seconds - used_before.by_process.get(part, 0):8.2f} s  {part}")
    fping = _fping(options, share)
    return {
        "silent": f"{share:.0%}",
        "checks": checks,
        "expected": int(options.devices * wall / options.cadence),
        "slots missed": after["missed"] - before["missed"],
        "CPU-s per 1,000 checks": cpu / checks * 1000,
        "cores": cpu / wall,
        "fping CPU-s per 1,000": fping,
        "memory MiB": used.pss_mib,
        "memory before MiB": used_before.pss_mib,
        "worst lag ms": after["lag"],
        "down": after["down"],
    }


def _progress(database: Database) -> dict[str, int]:
    with database.reading() as session:
        row = session.tuples(
            """
            SELECT coalesce(sum(slots_done * targets), 0)::bigint,
                coalesce(sum(slots_missed), 0)::bigint, coalesce(max(lag_ms), 0),
                (SELECT count(*) FROM target_status WHERE state = 'down')
            FROM shard_runs
            """
        )[0]
    return dict(zip(("checks", "missed", "lag", "down"), row, strict=True))


def _fping(options: argparse.Namespace, share: float) -> float:
    """CPU-seconds of fping per 1,000 targets: one packet each, as a cycle sends."""
    count = min(options.devices, 10_000)
    silent = int(count * share)
    targets = [
        address(n, silent=n * silent // count != (n + 1) * silent // count) for n in range(count)
    ]
    command = ["fping", "-C1", "-q", "-i0", "-t800", *targets]
    runs = [
        measure(lambda: subprocess.run(command, capture_output=True, check=False)) for _ in range(3)
    ]
    return sorted(run.cpu_seconds for run in runs)[1] / count * 1000


if __name__ == "__main__":
    main()
