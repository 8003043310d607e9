"""State changes in, incidents out: one for each cause.

Called by the worker in the transaction that stores the changes, by the reconcile job, which
compares incidents with the states each few seconds, and by the API for what people do.
"""

from __future__ import annotations

from wardops.alerting.acts import acknowledge, comment
from wardops.alerting.cause import Witness, find_causes, witnesses_of
from wardops.alerting.lifecycle import apply_changes
from wardops.alerting.reconcile import Reconciled, reconcile
from wardops.alerting.store import (
    Incident,
    IncidentFilter,
    Subject,
    TimelineEntry,
    find_incidents,
    get_incident,
    incidents_of_target,
    subjects_of,
    timeline_of,
)
from wardops.alerting.system import SystemFault, report_faults

__all__ = [
    "Incident",
    "IncidentFilter",
    "Reconciled",
    "Subject",
    "SystemFault",
    "TimelineEntry",
    "Witness",
    "acknowledge",
    "apply_changes",
    "comment",
    "find_causes",
    "find_incidents",
    "get_incident",
    "incidents_of_target",
    "reconcile",
    "report_faults",
    "subjects_of",
    "timeline_of",
    "witnesses_of",
]
