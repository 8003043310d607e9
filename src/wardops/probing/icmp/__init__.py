"""ICMP echo for thousands of addresses at once, over one socket for each family.

In: addresses and a SweepPlan. Out: flow.Readings, parallel to the addresses.
`sweeper` keeps what lasts, `run` is one sweep in time, `course` what one socket sends and hears,
`readings` the arithmetic; the rest is bytes.
"""
