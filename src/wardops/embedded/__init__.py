"""The stores and processes of one machine: what `ward up` starts and watches.

In: settings. Out: running processes and the addresses of the stores. Called by the command line
and by tests, which use the same launchers.
"""

from __future__ import annotations

from wardops.embedded.instance import Instance, read_instance
from wardops.embedded.places import Places
from wardops.embedded.postgres import EmbeddedPostgres
from wardops.embedded.supervisor import Part, Supervisor
from wardops.embedded.up import UpOptions, up
from wardops.embedded.valkey import EmbeddedValkey

__all__ = [
    "EmbeddedPostgres",
    "EmbeddedValkey",
    "Instance",
    "Part",
    "Places",
    "Supervisor",
    "UpOptions",
    "read_instance",
    "up",
]
