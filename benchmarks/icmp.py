"""Our sweeper beside fping: CPU, false loss and the truth of round trips.

    python benchmarks/icmp.py [--runs 3] [--json FILE] [--large]

Needs root (it makes a network namespace, nothing leaves it), iproute2 and fping.
CPU is user and system time; fping's includes its start, ours not the imports of Python.
On loopback the kernel's work to reply is charged to the sender, whichever it is.
"""

from __future__ import annotations

import argparse
import ctypes
import fcntl
import os
import select
import struct
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from mmap import mmap
from pathlib import Path

import numpy as np

from harness import Measured, Row, alternate, measure, median_cpu, median_wall, report
from wardops.flow import Floats, Readings
from wardops.probing import Sweeper, SweepPlan

DELAY = 0.020
"""Seconds that the farm waits before it answers."""
_TUNSETIFF = 0x400454CA
_IFF_TUN_NO_PI = 0x1001
_CLONE_NEWNET = 0x40000000
_LEDGER_SIZE = 1 << 20


@dataclass(frozen=True, slots=True)
class Told:
    """What an engine says of one sweep."""

    probes: int
    answered: int
    mean_round_trips: Floats
    """Seconds, one per target that answered."""
    truth: Floats
    """Seconds that the peer took to answer, one per answer it gave."""


def ours(sweeper: Sweeper, addresses: tuple[str, ...], packets: int) -> Told:
    """One sweep with a second between the packets, as fping's."""
    readings: Readings = sweeper.sweep(
        addresses, plan=SweepPlan(packets=packets, interval=1.0, timeout=1.0)
    )
    means = readings.rtt_avg[~np.isnan(readings.rtt_avg)]
    sent = int(readings.sent.sum())
    return Told(sent, sent - int(readings.lost.sum()), means, np.zeros(sent))


def fping(addresses: Sequence[str], packets: int, *, gap_ms: int = 0) -> Told:
    """The same by fping; `gap_ms` is its -i. Raises RuntimeError where it gives up."""
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("\n".join(addresses))
        file.flush()
        options = f"-q -C{packets} -i{gap_ms} -p1000 -t1000 -r0 -f {file.name}".split()
        done = subprocess.run(["fping", *options], capture_output=True, text=True, check=False)
    lines = [line.split(" : ")[1].split() for line in done.stderr.splitlines() if " : " in line]
    if done.returncode > 1 or len(lines) != len(addresses):
        raise RuntimeError(f"fping gave up (exit {done.returncode}): {done.stderr[-200:]}")
    trips = [[float(word) / 1000 for word in line if word != "-"] for line in lines]
    sent, answered = packets * len(addresses), sum(map(len, trips))
    means = np.array([sum(trip) / len(trip) for trip in trips if trip])
    return Told(sent, answered, means, np.zeros(sent))


def loopback(count: int) -> tuple[str, ...]:
    """Addresses that all answer."""
    return tuple(f"127.{1 + i // 62500}.{i // 250 % 250}.{i % 250 + 1}" for i in range(count))


def farm(count: int, silent: float) -> tuple[str, ...]:
    """Addresses behind the farm; those of 10.2.0.0/16, a `silent` share, never answer."""
    return tuple(
        f"10.{2 if i % 100 < silent * 100 else 1}.{i // 200}.{i % 200 + 1}" for i in range(count)
    )


class Ledger:
    """How late the farm really answered, in seconds, written by the farm's process."""

    def __init__(self) -> None:
        memory = mmap(-1, 8 * (_LEDGER_SIZE + 1))
        self._count = np.frombuffer(memory, np.int64, 1)
        self._delays = np.frombuffer(memory, np.float64, offset=8)

    def write(self, delay: float) -> None:
        """Note one answer."""
        self._delays[self._count[0] % _LEDGER_SIZE] = delay
        self._count[0] += 1

    def of(self, work: Callable[[], Told]) -> Told:
        """Run `work` and add the farm's truth to what it told."""
        self._count[0] = 0
        told = work()
        return replace(told, truth=self._delays[: self._count[0]].copy())


@contextmanager
def running_farm() -> Iterator[Ledger]:
    """A process that answers for 10.0.0.0/8, DELAY late, at the far end of a TUN device."""
    ledger = Ledger()
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH22x", b"farm", _IFF_TUN_NO_PI))
    command("ip addr add 10.255.255.1/8 dev farm")
    command("ip link set farm up txqueuelen 10000")
    child = os.fork()
    if child == 0:
        _answer_for_ever(device, ledger)
    try:
        yield ledger
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(device)


def _answer_for_ever(device: int, ledger: Ledger) -> None:
    waiting: deque[tuple[float, bytes]] = deque()
    while True:
        pause = max(0.0, waiting[0][0] + DELAY - time.monotonic()) if waiting else 1.0
        select.select([device], [], [], pause)
        for packet in _arrived(device):
            if packet[0] == 0x45 and packet[20] == 8 and packet[17] != 2:
                waiting.append((time.monotonic(), _echo(packet)))
        while waiting and waiting[0][0] + DELAY <= time.monotonic():
            arrived, answer = waiting.popleft()
            ledger.write(time.monotonic() - arrived)
            os.write(device, answer)


def _arrived(device: int) -> Iterator[bytes]:
    for _ in range(16):  # then answer what is due
        try:
            yield os.read(device, 2048)
        except BlockingIOError:
            return


def _echo(request: bytes) -> bytes:
    checksum = int.from_bytes(request[22:24], "big") + 0x0800  # type 8 becomes 0
    checksum = (checksum & 0xFFFF) + (checksum >> 16)
    addresses = request[16:20] + request[12:16]
    return request[:12] + addresses + b"\0\0" + checksum.to_bytes(2, "big") + request[24:]


def command(line: str) -> None:
    """Run one command that must work."""
    subprocess.run(line.split(), check=True)


def enter_namespace(*, datagram: bool) -> None:
    """Leave the host's network for an empty one with loopback, for good."""
    if ctypes.CDLL(None).unshare(_CLONE_NEWNET):
        raise SystemExit("no network namespace: run as root")
    command("ip link set lo up")
    if datagram:
        Path("/proc/sys/net/ipv4/ping_group_range").write_text("0 2147483647")


def rows_of(case: str, runs: dict[str, list[Measured[Told]]], *, dead_probes: int = 0) -> list[Row]:
    """One row per engine; the ratio is the median CPU over that of the last one, fping."""
    rival = median_cpu(list(runs.values())[-1])
    rows: list[Row] = []
    for name, measured in runs.items():
        trips = np.concatenate([run.result.mean_round_trips for run in measured])
        truth = np.concatenate([run.result.truth for run in measured])
        cpu = median_cpu(measured)
        rows.append(
            {
                "case": case,
                "engine": name,
                "wall s": median_wall(measured),
                "CPU s": cpu,
                "CPU µs per probe": cpu / measured[0].result.probes * 1e6,
                "CPU ÷ fping -i0": cpu / rival,
                "false loss, each run": " ".join(
                    str(len(run.result.truth) - run.result.answered) for run in measured
                ),
                "p50 over truth ms": _over(trips, truth, 50),
                "p99 over truth ms": _over(trips, truth, 99),
                "p99 of truth ms": float(np.percentile(truth, 99)) * 1e3 if len(truth) else None,
            }
        )
    return rows


def _over(trips: Floats, truth: Floats, percentile: int) -> float | None:
    """Milliseconds by which a percentile of the round trips exceeds that of the truth."""
    if not len(trips):
        return None
    return float(np.percentile(trips, percentile) - np.percentile(truth, percentile)) * 1e3


def rivals(
    addresses: tuple[str, ...], packets: int, sweepers: dict[str, Sweeper]
) -> dict[str, Callable[[], Told]]:
    """Our sweepers, then fping -i0."""
    works: dict[str, Callable[[], Told]] = {
        name: partial(ours, sweeper, addresses, packets) for name, sweeper in sweepers.items()
    }
    works["fping -i0"] = partial(fping, addresses, packets)
    return works


def compare(runs: int, sweepers: dict[str, Sweeper]) -> list[Row]:
    """10,000 targets on loopback and on the farm."""
    rows: list[Row] = []
    for packets in (1, 3):
        measured = alternate(rivals(loopback(10_000), packets, sweepers), runs)
        rows += rows_of(f"loopback 10k x {packets}", measured)
    with running_farm() as ledger:
        for packets, silent in ((1, 0.0), (3, 0.05), (1, 0.3), (1, 1.0)):
            works = rivals(farm(10_000, silent), packets, sweepers)
            measured = alternate({n: partial(ledger.of, work) for n, work in works.items()}, runs)
            case = f"{DELAY * 1000:.0f} ms farm 10k x {packets}, {silent:.0%} silent"
            rows += rows_of(case, measured)
    return rows


def large() -> list[Row]:
    """100,000 targets three times over; fping 5.1 runs out of sequence numbers and gives up."""
    with closing(Sweeper(rate=50_000, batch=64)) as sweeper:
        run = measure(partial(ours, sweeper, loopback(100_000), 3))
    mode = sweeper.capabilities[4].mode
    measured = {f"ours, {mode}, 50k/s by 64": [run]}
    rows = rows_of("loopback 100k x 3", measured)
    return [{**row, "CPU ÷ fping -i0": None} for row in rows]


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--datagram", action="store_true", help="allow datagram ping sockets")
    parser.add_argument("--large", action="store_true", help="also 100,000 targets")
    options = parser.parse_args()
    enter_namespace(datagram=options.datagram)
    with closing(Sweeper(batch=10)) as fine, closing(Sweeper()) as usual:
        mode = usual.capabilities[4].mode
        sweepers = {f"ours, {mode}, 10k/s by 10": fine, f"ours, {mode}, 10k/s by 32": usual}
        rows = compare(options.runs, sweepers)
    if options.large:
        rows += large()
    report("ICMP sweeps", rows, options.json)


if __name__ == "__main__":
    main()
