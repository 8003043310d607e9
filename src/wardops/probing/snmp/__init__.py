"""Asks SNMP agents. Bytes and sockets only: no database, no templates, no verdict.

In: agents and what to ask each of them. Out: typed readings, with a fault for what is missing.
Keep one Engine per process; one caller at a time.

    with closing(Engine()) as engine:
        job = Job(Agent("127.0.0.1", b"public"), walk([IF_NAME]))
        engine.hold([job])
"""

from __future__ import annotations

from wardops.probing.snmp.ber import Oid, Tag, Value, format_oid, parse_oid
from wardops.probing.snmp.conversation import (
    Conversation,
    Fault,
    NoAnswer,
    Reading,
    Table,
    Variables,
    WalkLimits,
    get,
    walk,
)
from wardops.probing.snmp.engine import Agent, Engine, Job, Traffic
from wardops.probing.snmp.message import Version
from wardops.probing.snmp.vendors import vendor_of

__all__ = [
    "Agent",
    "Conversation",
    "Engine",
    "Fault",
    "Job",
    "NoAnswer",
    "Oid",
    "Reading",
    "Table",
    "Tag",
    "Traffic",
    "Value",
    "Variables",
    "Version",
    "WalkLimits",
    "format_oid",
    "get",
    "parse_oid",
    "vendor_of",
    "walk",
]
