"""Which addresses a name stands for: what falls silent together with the thing named."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wardops.core.errors import NotFound
from wardops.lab.bank import Bank
from wardops.lab.firewall import refuse_strangers


class SubjectKind(StrEnum):
    """What can be made silent."""

    DEVICE = "device"
    LINK = "link"
    BRANCH = "branch"
    PROVIDER = "provider"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing of the bank and the addresses that fall silent with it."""

    kind: SubjectKind
    name: str
    addresses: tuple[str, ...]


def find_subject(bank: Bank, kind: SubjectKind, name: str) -> Subject:
    """The subject whose name is, or alone begins with, `name`, in any case.

    Raises NotFound with what comes near, InvalidInput for an address of no simulation.
    """
    if kind is SubjectKind.ADDRESS:
        refuse_strangers([name])
        return Subject(kind, name, (name,))
    names = list(_names(bank, kind))
    wanted = name.casefold()
    found = [each for each in names if each.casefold() == wanted]
    found = found or [each for each in names if each.casefold().startswith(wanted)]
    if len(found) != 1:
        near = found[:5] or difflib.get_close_matches(name, names, n=5, cutoff=0.3)
        raise NotFound(
            f"{'More than one' if found else 'No'} {kind} is called {name!r}.",
            hint=f"Did you mean: {', '.join(near)}?" if near else "",
        )
    return _subject(bank, kind, found[0])


def _subject(bank: Bank, kind: SubjectKind, name: str) -> Subject:
    if kind is SubjectKind.BRANCH:  # by its name, whichever way it was called
        name = next(each.name for each in bank.branches if name in (each.name, each.code))
    return Subject(kind, name, tuple(dict.fromkeys(_addresses(bank, kind, name))))


def _names(bank: Bank, kind: SubjectKind) -> Iterator[str]:
    match kind:
        case SubjectKind.DEVICE:
            yield from (device.name for device in bank.devices)
        case SubjectKind.LINK:
            yield from (link.name for link in bank.links)
        case SubjectKind.BRANCH:
            yield from (branch.code for branch in bank.branches)
            yield from (branch.name for branch in bank.branches)
        case SubjectKind.PROVIDER:
            yield from sorted({link.provider for link in bank.links})


def _addresses(bank: Bank, kind: SubjectKind, name: str) -> Iterator[str]:
    match kind:
        case SubjectKind.DEVICE:
            yield from (device.ip for device in bank.devices if device.name == name)
        case SubjectKind.BRANCH:
            yield from _of_branches(bank, {b.number for b in bank.branches if b.name == name})
        case _:
            lost = {link.name for link in bank.links if name in (link.name, link.provider)}
            yield from _of_links(bank, lost)


def _of_links(bank: Bank, lost: set[str]) -> Iterator[str]:
    """The far ends of links, and all of the branches that have no other link."""
    yield from (link.probe_address for link in bank.links if link.name in lost)
    reached = {link.branch for link in bank.links if link.name not in lost}
    touched = {link.branch for link in bank.links if link.name in lost}
    yield from _of_branches(bank, touched - reached)


def _of_branches(bank: Bank, numbers: set[int]) -> Iterator[str]:
    yield from (device.ip for device in bank.devices if device.branch in numbers)
    yield from (link.probe_address for link in bank.links if link.branch in numbers)
