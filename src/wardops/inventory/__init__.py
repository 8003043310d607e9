"""What there is to watch: sites, regions, branches, providers, profiles, devices, links.

In: what people and files say of their network, checked. Out: pages and items for the API, and
the targets that scheduling cuts into shards. Every write raises the plan version by trigger.
"""

from __future__ import annotations

from wardops.inventory.targets import plan_version, targets_to_probe

__all__ = ["plan_version", "targets_to_probe"]
