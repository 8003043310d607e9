"""ICMP echo for thousands of addresses at once, over one socket for each family.

In: addresses and a SweepPlan. Out: flow.Readings, parallel to the addresses.
`sweeper` is the whole story; `course` is one family's part of one sweep; the rest is bytes.
"""
