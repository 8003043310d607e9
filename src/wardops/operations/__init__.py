"""WARD's own health: what is told to people and probes about the parts of the system.

Reads across all slices. Called by the entrances.
"""

from __future__ import annotations

from wardops.operations.deadletters import bury
from wardops.operations.health import (
    Component,
    Gauges,
    Health,
    HealthCheck,
    Status,
    read_gauges,
    read_queue_gauges,
)
from wardops.operations.health.checks import queues
from wardops.operations.selfwatch import SelfWatch
from wardops.operations.surroundings import check_surroundings

__all__ = [
    "Component",
    "Gauges",
    "Health",
    "HealthCheck",
    "SelfWatch",
    "Status",
    "bury",
    "check_surroundings",
    "queues",
    "read_gauges",
    "read_queue_gauges",
]
