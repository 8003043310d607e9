"""What every slice stands on: settings, stores, clock, secrets, errors. Imports nothing of ours.

Modules are imported one by one (`from wardops.core.clock import now`), there is no door here.
"""
