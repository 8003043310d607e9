"""How long until a dead device is an incident, seen over the API's event stream.

    python benchmarks/detection.py [--devices 300]

Starts the simulated bank, makes real devices silent at random phases with nftables, and compares
what the event stream says with the moment of each act. Then whole branches, then 100 at once.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx

from harness import Row, report
from instance import Running, running
from wardops import lab
from wardops.lab import Firewall

HOLD_S = 14.0


class Listener(threading.Thread):
    """Notes when incidents of each cause are opened and resolved."""

    def __init__(self, client: httpx.Client) -> None:
        super().__init__(daemon=True)
        self._client = client
        self.opened: dict[str, float] = {}
        self.resolved: dict[str, float] = {}
        self.told: list[tuple[int, str, str]] = []
        """Number, branch and title of each incident that was opened."""
        self.ready = threading.Event()

    def run(self) -> None:
        """Read the stream until it ends; what comes after that is counted as never told."""
        with suppress(httpx.TransportError):
            self._read()

    def _read(self) -> None:
        with self._client.stream("GET", "/events", timeout=None) as answer:
            kind = ""
            for line in answer.iter_lines():
                if line.startswith("event: "):
                    kind = line[7:]
                    self.ready.set()
                elif line.startswith("data: ") and kind == "incident":
                    self._note(json.loads(line[6:]), time.monotonic())

    def _note(self, event: dict[str, dict[str, str]], at: float) -> None:
        incident = event["incident"]
        if event["change"] == "opened":
            branch = (incident["branch"] or {}).get("name", "")
            self.told.append((incident["id"], branch, incident["title"]))
        name = (incident["cause"] or {}).get("name", incident["title"])  # type: ignore[attr-defined]
        if incident["state"] == "open" and name not in self.opened:
            self.opened[name] = at
        if incident["state"] == "resolved":
            self.resolved[name] = at


def main() -> None:
    """Run all three and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=300)
    parser.add_argument("--branches", type=int, default=20)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(folder, environment={}, arguments=("--demo", "--no-scenario")) as ward:
            time.sleep(15)
            try:
                rows = _all_runs(ward, options)
            finally:
                Firewall().clear()
    report("detection", rows, options.json)


def _all_runs(ward: Running, options: argparse.Namespace) -> list[Row]:
    chance = random.Random(options.seed)  # noqa: S311  a benchmark, no secret
    with ward.client() as client:
        listener = Listener(client)
        listener.start()
        listener.ready.wait(10)
        return [
            *_one_by_one(listener, chance, options.devices),
            _whole_branches(listener, chance, options.branches),
            _many_at_once(listener, chance, ward),
        ]


def _one_by_one(listener: Listener, chance: random.Random, count: int) -> list[Row]:
    """Silence a device about twice a second, each for a while, never two of one branch."""
    firewall, bank = Firewall(), lab.simulate_bank()
    edge = [d for d in bank.devices if d.type not in ("core_router", "router")]
    silent_at: dict[str, float] = {}
    back_at: dict[str, float] = {}
    held: list[tuple[float, str, str, int]] = []
    for device in chance.sample(edge, count):
        time.sleep(chance.uniform(0.2, 0.8))
        while any(branch == device.branch for *_, branch in held):
            held = _release(held, firewall, back_at)
            time.sleep(0.05)
        held = _release(held, firewall, back_at)
        firewall.drop([device.ip])
        silent_at[device.name] = time.monotonic()
        held.append((time.monotonic() + HOLD_S, device.name, device.ip, device.branch))
    while held:
        held = _release(held, firewall, back_at)
        time.sleep(0.05)
    time.sleep(12)
    down = [listener.opened.get(n, float("inf")) - t for n, t in silent_at.items()]
    up = [listener.resolved.get(n, float("inf")) - t for n, t in back_at.items()]
    return [_spread("device silent → incident", down), _spread("device answers → resolved", up)]


def _release(
    held: list[tuple[float, str, str, int]],
    firewall: Firewall,
    back_at: dict[str, float],
) -> list[tuple[float, str, str, int]]:
    rest = []
    for until, name, ip, branch in held:
        if time.monotonic() >= until:
            firewall.restore([ip])
            back_at[name] = time.monotonic()
        else:
            rest.append((until, name, ip, branch))
    return rest


def _spread(what: str, seconds: list[float]) -> Row:
    ordered = sorted(seconds)
    count = len(ordered)
    return {
        "what": what,
        "n": count,
        "median s": ordered[count // 2],
        "p99 s": ordered[min(count - 1, int(count * 0.99))],
        "worst s": ordered[-1],
        "incidents": count - ordered.count(float("inf")),
    }


def _whole_branches(listener: Listener, chance: random.Random, count: int) -> Row:
    """One branch after the other at random phases; each must be one incident."""
    firewall, bank = Firewall(), lab.simulate_bank()
    seconds: list[float] = []
    incidents: list[list[str]] = []
    for branch in chance.sample(bank.branches[1:], count):
        time.sleep(chance.uniform(1, 6))
        before = len(listener.told)
        addresses = lab.find_subject(bank, lab.SubjectKind.BRANCH, branch.code).addresses
        listener.opened.pop(branch.name, None)
        firewall.drop(addresses)
        began = time.monotonic()
        time.sleep(HOLD_S)
        seconds.append(listener.opened.get(branch.name, float("inf")) - began)
        told = {
            number: title for number, name, title in listener.told[before:] if name == branch.name
        }
        incidents.append(list(told.values()))
        firewall.restore(addresses)
    time.sleep(12)
    for titles in incidents:
        if len(titles) != 1:
            print(f"not one incident but {len(titles)}: {'; '.join(titles)}")
    most = max(len(titles) for titles in incidents)
    return {
        **_spread(f"branch silent → incident (at most {most} each)", seconds),
        "incidents": sum(len(titles) for titles in incidents),
    }


def _many_at_once(listener: Listener, chance: random.Random, ward: Running) -> Row:
    """100 devices at once; every incident must be of one of them."""
    firewall, bank = Firewall(), lab.simulate_bank()
    edge = [d for d in bank.devices if d.type in ("payment_terminal", "atm", "video_recorder")]
    chosen = chance.sample(edge, 100)
    for device in chosen:
        listener.opened.pop(device.name, None)
    firewall.drop([d.ip for d in chosen])
    began = time.monotonic()
    time.sleep(16)
    with ward.client() as client:
        down = client.get("/devices", params={"status": "down", "limit": 1000}).json()["items"]
    false = {d["name"] for d in down} - {d.name for d in chosen}
    firewall.clear()
    row = _spread(
        "100 at once → incident",
        [listener.opened.get(d.name, float("inf")) - began for d in chosen],
    )
    return {**row, "what": f"{row['what']} (falsely down: {len(false)})"}


if __name__ == "__main__":
    main()
