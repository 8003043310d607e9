"""What is asked of one agent, step by step: reading variables and walking tables.

A conversation is a generator: it yields what to ask next and is sent the answer. When no answer
comes the engine throws `NoAnswer` into it, and it ends with what it has learnt so far. It knows
nothing of sockets and time, so tests can hold it with answers made by hand.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeVar

from wardops.probing.snmp.ber import Oid, Tag, Value
from wardops.probing.snmp.message import Ask, ErrorStatus, Operation, Response, Varbind, Version

Found = TypeVar("Found")
Conversation = Generator[Ask, Response, Found]

# A request for more variables than this may not fit into a datagram of 1,472 bytes.
GET_AT_ONCE = 30
_NONE = frozenset((Tag.NO_SUCH_OBJECT, Tag.NO_SUCH_INSTANCE, Tag.END_OF_MIB_VIEW))


class Fault(StrEnum):
    """Why something is missing from what was learnt."""

    TIMEOUT = "timeout"
    REFUSED = "port_unreachable"
    HOST_UNREACHABLE = "host_unreachable"
    NO_ROUTE = "no_route"
    NO_PERMISSION = "no_permission"
    AGENT_ERROR = "agent_error"
    NOT_INCREASING = "not_increasing"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_BIG = "too_big"
    NONSENSE = "nonsense"


class NoAnswer(Exception):
    """The agent was asked, as often as allowed, and nothing came back."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Reading(NamedTuple):
    """One variable as it was read; `tag` is None where the agent has no such variable."""

    tag: Tag | None
    value: Value


@dataclass(slots=True)
class Variables:
    """What reading variables gave: the readings, and a fault for each that could not be read."""

    readings: dict[Oid, Reading] = field(default_factory=dict)
    faults: dict[Oid, Fault] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """Columns of a table: column, then index, to the reading. With a fault it is not whole."""

    columns: dict[Oid, dict[Oid, Reading]]
    fault: Fault | None = None

    @property
    def whole(self) -> bool:
        """True when every row was read."""
        return self.fault is None


def get(oids: Sequence[Oid], *, at_once: int = GET_AT_ONCE) -> Conversation[Variables]:
    """Read variables, as many in one request as the agent can answer."""
    learnt = Variables()
    waiting = [tuple(oids[n : n + at_once]) for n in range(0, len(oids), at_once)]
    while waiting:
        asked = waiting.pop(0)
        try:
            answer = yield Ask(Operation.GET, asked)
        except NoAnswer as silence:
            left = [asked, *waiting]
            learnt.faults.update((oid, silence.fault) for each in left for oid in each)
            return learnt
        waiting[:0] = _settle(learnt, asked, answer)
    return learnt


def _settle(learnt: Variables, asked: tuple[Oid, ...], answer: Response) -> list[tuple[Oid, ...]]:
    """Take in an answer; what has to be asked again."""
    if answer.error_status == ErrorStatus.NO_ERROR:
        return _take(learnt, asked, answer.varbinds)
    if answer.error_status == ErrorStatus.NO_SUCH_NAME and 1 <= answer.error_index <= len(asked):
        # SNMPv1 refuses the whole request for one variable that is not there. RFC 1157, 4.1.2.
        missing = asked[answer.error_index - 1]
        learnt.readings[missing] = Reading(None, None)
        rest = tuple(oid for oid in asked if oid != missing)
        return [rest] if rest else []
    if len(asked) > 1:
        middle = len(asked) // 2
        return [asked[:middle], asked[middle:]]
    too_big = answer.error_status == ErrorStatus.TOO_BIG
    learnt.faults[asked[0]] = Fault.TOO_BIG if too_big else Fault.AGENT_ERROR
    return []


def _take(
    learnt: Variables, asked: tuple[Oid, ...], varbinds: list[Varbind]
) -> list[tuple[Oid, ...]]:
    wanted = set(asked)
    for oid, tag, value in varbinds:
        if oid in wanted:
            wanted.discard(oid)
            learnt.readings[oid] = Reading(None, None) if tag in _NONE else Reading(tag, value)
    left = tuple(oid for oid in asked if oid in wanted)
    if not left:
        return []
    if len(left) < len(asked):
        return [left]  # the agent cut its answer short; ask for the rest
    if len(left) > 1:
        middle = len(left) // 2
        return [left[:middle], left[middle:]]
    learnt.faults[left[0]] = Fault.NONSENSE
    return []


@dataclass(frozen=True, slots=True)
class WalkLimits:
    """How far a walk goes: rows of each column, and rows asked for at once."""

    rows: int = 10_000
    repetitions: int = 30


class _Cursor:
    """Where the walk through one column stands."""

    __slots__ = ("column", "done", "last", "rows")

    def __init__(self, column: Oid) -> None:
        self.column = column
        self.last = column
        self.rows: dict[Oid, Reading] = {}
        self.done = False

    def take(self, varbind: Varbind) -> Fault | None:
        """Take in the next variable of the column; what is wrong with it, if anything."""
        oid, tag, value = varbind
        length = len(self.column)
        if tag in _NONE or oid[:length] != self.column:
            self.done = True
            return None
        if oid <= self.last:
            self.done = True
            return Fault.NOT_INCREASING
        self.last = oid
        self.rows[oid[length:]] = Reading(tag, value)
        return None


def walk(
    columns: Sequence[Oid],
    *,
    version: Version = Version.V2C,
    limits: WalkLimits | None = None,
) -> Conversation[Table]:
    """Read whole columns of a table side by side, row after row.

    An agent that repeats itself, runs on for ever or falls silent ends the walk with a fault; the
    rows read until then are kept.
    """
    bounds = limits or WalkLimits()
    cursors = [_Cursor(column) for column in columns]
    table = Table({each.column: each.rows for each in cursors})
    repetitions, at_once = bounds.repetitions, len(cursors)
    while open_ones := [each for each in cursors if not each.done]:
        asked = open_ones[:at_once]
        oids = tuple(each.last for each in asked)
        bulk = version != Version.V1
        try:
            answer = yield (
                Ask(Operation.GET_BULK, oids, repetitions)
                if bulk
                else Ask(Operation.GET_NEXT, oids)
            )
        except NoAnswer as silence:
            table.fault = silence.fault
            return table
        if answer.error_status == ErrorStatus.TOO_BIG and (repetitions > 1 or len(asked) > 1):
            repetitions, at_once = _smaller(repetitions if bulk else 1, len(asked))
            continue
        table.fault = _follow(asked, answer, bounds.rows) or table.fault
        if table.fault == Fault.AGENT_ERROR or table.fault == Fault.NONSENSE:
            return table
    return table


def _smaller(repetitions: int, at_once: int) -> tuple[int, int]:
    """Fewer rows in one answer, and when it is one row already, fewer columns."""
    return (repetitions // 2, at_once) if repetitions > 1 else (1, max(1, at_once // 2))


def _follow(asked: list[_Cursor], answer: Response, most_rows: int) -> Fault | None:
    """Take in one answer to a step of the walk."""
    if answer.error_status == ErrorStatus.NO_SUCH_NAME:
        # SNMPv1 says so behind the last variable of all. RFC 1157, 4.1.3.
        index = answer.error_index
        for each in asked[index - 1 : index] if 1 <= index <= len(asked) else asked:
            each.done = True
        return None
    if answer.error_status != ErrorStatus.NO_ERROR:
        too_big = answer.error_status == ErrorStatus.TOO_BIG
        for each in asked:
            each.done = True
        return Fault.TOO_BIG if too_big else Fault.AGENT_ERROR
    if len(answer.varbinds) < len(asked):
        return Fault.NONSENSE  # not even one row: asking again would bring the same
    fault: Fault | None = None
    for number, varbind in enumerate(answer.varbinds):
        cursor = asked[number % len(asked)]
        if not cursor.done:
            fault = cursor.take(varbind) or fault
            if len(cursor.rows) >= most_rows:
                cursor.done = True
                fault = Fault.TOO_MANY_ROWS
    return fault
