"""The entrance where the slices are joined: Celery tasks, the schedule, the scheduler.

Read `probe.py` first: it is the whole line from a message to an incident.
"""
