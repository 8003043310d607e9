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
_LEDGER_SIZE = 1 << 16
_PER_NET = 200


@dataclass(frozen=True, slots=True)
class Told:
    """What an engine says of one sweep."""

    probes: int
    answered: int
    round_trips: Floats
    """Seconds, mean of each target, NaN where it did not answer."""
    truth: Floats
    """Seconds that the peer took to answer, mean of each target."""
    truly_answered: int
    """How many answers the peer gave."""


def ours(sweeper: Sweeper, addresses: tuple[str, ...], packets: int) -> Told:
    """One sweep with a second between the packets, as fping's."""
    readings: Readings = sweeper.sweep(
        addresses, plan=SweepPlan(packets=packets, interval=1.0, timeout=1.0)
    )
    sent = int(readings.sent.sum())
    answered = sent - int(readings.lost.sum())
    return Told(sent, answered, readings.rtt_avg, np.zeros(len(addresses)), sent)


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
    means = np.array([sum(trip) / len(trip) if trip else np.nan for trip in trips])
    return Told(sent, answered, means, np.zeros(len(addresses)), sent)


def loopback(count: int) -> tuple[str, ...]:
    """Addresses that all answer."""
    return tuple(f"127.{1 + i // 62500}.{i // 250 % 250}.{i % 250 + 1}" for i in range(count))


def farm(count: int, silent: float) -> tuple[str, ...]:
    """Addresses behind the farm; those of 10.2.0.0/16, a `silent` share, never answer."""
    return tuple(
        f"10.{2 if i % 100 < silent * 100 else 1}.{i // _PER_NET}.{i % _PER_NET + 1}"
        for i in range(count)
    )


class Ledger:
    """How late the farm really answered, in seconds, written by the farm's process."""

    def __init__(self) -> None:
        memory = mmap(-1, 16 * _LEDGER_SIZE)
        self._answers = np.frombuffer(memory, np.int64, _LEDGER_SIZE)
        self._delays = np.frombuffer(memory, np.float64, offset=8 * _LEDGER_SIZE)

    def write(self, answer: bytes, delay: float) -> None:
        """Note one answer."""
        position = answer[14] * _PER_NET + answer[15] - 1
        self._answers[position] += 1
        self._delays[position] += delay

    def of(self, work: Callable[[], Told]) -> Told:
        """Run `work` and add the farm's truth to what it told."""
        self._answers[:] = 0
        self._delays[:] = 0
        told = work()
        targets = len(told.round_trips)
        answers = self._answers[:targets]
        truth = self._delays[:targets] / np.maximum(answers, 1)
        return replace(told, truth=truth, truly_answered=int(answers.sum()))


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
    # Ahead of all else on the machine, or the farm's own waiting would pass for delay.
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
    waiting: deque[tuple[float, bytes]] = deque()
    while True:
        pause = max(0.0, waiting[0][0] + DELAY - time.monotonic()) if waiting else 1.0
        select.select([device], [], [], pause)
        for packet in _arrived(device):
            if packet[0] == 0x45 and packet[20] == 8 and packet[17] != 2:
                waiting.append((time.monotonic(), _echo(packet)))
        while waiting and waiting[0][0] + DELAY <= time.monotonic():
            arrived, answer = waiting.popleft()
            ledger.write(answer, time.monotonic() - arrived)
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
        excess = np.concatenate([run.result.round_trips - run.result.truth for run in measured])
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
                    str(run.result.truly_answered - run.result.answered) for run in measured
                ),
                "p50 over truth ms": _percentile_ms(excess, 50),
                "p99 over truth ms": _percentile_ms(excess, 99),
            }
        )
    return rows


def _percentile_ms(seconds: Floats, percentile: int) -> float | None:
    known = seconds[~np.isnan(seconds)]
    return float(np.percentile(known, percentile)) * 1e3 if len(known) else None


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
