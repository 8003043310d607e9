"""Asks addresses whether they live. Bytes and sockets only: no database, no state, no verdict.

In: addresses (of a flow.Shard). Out: flow.Readings, parallel to them.
Called by the worker, one caller at a time; keep one Sweeper per process and close it at the end.

    with closing(Sweeper()) as sweeper:
        readings = sweeper.sweep(("127.0.0.1", "::1"), plan=SweepPlan(packets=3))
"""

from __future__ import annotations

from wardops.probing.icmp.readings import merge
from wardops.probing.icmp.run import SweepPlan
from wardops.probing.icmp.sockets import Capability
from wardops.probing.icmp.sweeper import Sweeper

__all__ = ["Capability", "SweepPlan", "Sweeper", "merge"]
