"""What is to be watched: the inventory as the planner of shards sees it."""

from __future__ import annotations

from wardops.inventory.targets.store import plan_version, targets_to_probe

__all__ = ["plan_version", "targets_to_probe"]
