"""The simulated bank: inventory, real silence, and a scenario that plays by itself.

For demonstrations, drills, tests and benchmarks; nothing of it runs in a real installation.
"""

from __future__ import annotations

from wardops.lab.bank import Bank, simulate_bank
from wardops.lab.faults import PLAYER, Fault, Faults
from wardops.lab.firewall import Firewall, FirewallRefused
from wardops.lab.scenario import Act, play, scenario_acts, scenario_command
from wardops.lab.seed import SeedReport, seed_demo
from wardops.lab.subjects import Subject, SubjectKind, find_subject

__all__ = [
    "PLAYER",
    "Act",
    "Bank",
    "Fault",
    "Faults",
    "Firewall",
    "FirewallRefused",
    "SeedReport",
    "Subject",
    "SubjectKind",
    "find_subject",
    "play",
    "scenario_acts",
    "scenario_command",
    "seed_demo",
    "simulate_bank",
]
