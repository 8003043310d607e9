"""All benchmarks, one after the other, each in a process of its own; results as JSON.

    python benchmarks/run.py [icmp detection load api …] [--short]

Nothing else should run on the machine. Results go to benchmarks/results/, one file for each.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "results"

LONG = {
    "icmp": "icmp.py",
    "detection": "detection.py --devices 300",
    "api": "api.py",
    "load-10k": "load.py --devices 10000 --cadence 5 --minutes 10",
    "load-100k": "load.py --devices 100000 --cadence 10 --minutes 5 --rate 50000",
}
SHORT = {
    "icmp": "icmp.py --runs 1",
    "detection": "detection.py --devices 30",
    "api": "api.py --devices 1000 --requests 50",
    "load-10k": "load.py --devices 1000 --cadence 5 --minutes 0.5 --silent 0.3",
}


def main() -> int:
    """Run those that are named, else all; how many failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"some of: {', '.join(LONG)}")
    parser.add_argument("--short", action="store_true", help="small and quick: do they work?")
    options = parser.parse_args()
    known = SHORT if options.short else LONG
    unknown = set(options.names) - known.keys()
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    RESULTS.mkdir(exist_ok=True)
    failed = [name for name in options.names or known if not _run(name, known[name])]
    if failed:
        print(f"failed: {', '.join(failed)}")
    return len(failed)


def _run(name: str, line: str) -> bool:
    script, *arguments = line.split()
    command = [sys.executable, str(HERE / script), *arguments]
    command += ["--json", str(RESULTS / f"{name}.json")]
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
