"""The SNMP engine against agents on real sockets, right and wrong ones."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probing.snmp_agent import Answer, FakeAgent, Mib, Request, Respond, pack_response, serving
from wardops.probing.snmp import (
    Agent,
    Engine,
    Fault,
    Job,
    Oid,
    Reading,
    Table,
    Tag,
    Value,
    Variables,
    Version,
    WalkLimits,
    ber,
    format_oid,
    get,
    parse_oid,
    walk,
)
from wardops.probing.snmp.message import Ask, Operation, pack, unpack

SYSTEM: Oid = (1, 3, 6, 1, 2, 1, 1)
DESCRIPTION: Oid = (*SYSTEM, 1, 0)
IF_NAME: Oid = (1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1)
IF_IN: Oid = (1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 6)
EVERY_TYPE: dict[Oid, tuple[Tag, Value]] = {
    DESCRIPTION: (Tag.OCTET_STRING, "Cisco ბათუმი".encode()),
    (*SYSTEM, 2, 0): (Tag.OBJECT_IDENTIFIER, (1, 3, 6, 1, 4, 1, 9, 1, 4294967295)),
    (*SYSTEM, 3, 0): (Tag.TIME_TICKS, 2**32 - 1),
    (*SYSTEM, 4, 0): (Tag.INTEGER, -(2**31)),
    (*SYSTEM, 5, 0): (Tag.COUNTER32, 2**32 - 1),
    (*SYSTEM, 6, 0): (Tag.GAUGE32, 128),
    (*SYSTEM, 7, 0): (Tag.COUNTER64, 2**64 - 1),
    (*SYSTEM, 8, 0): (Tag.IP_ADDRESS, bytes((127, 0, 0, 1))),
    (*SYSTEM, 9, 0): (Tag.OPAQUE, b"\x9f\x78\x04\x42\x28\x00\x00"),
    (*SYSTEM, 10, 0): (Tag.OCTET_STRING, b""),
}
PORTS = 48
SWITCH: Mib = {
    **EVERY_TYPE,
    **{(*IF_NAME, n): (Tag.OCTET_STRING, f"Gi1/0/{n}".encode()) for n in range(1, PORTS + 1)},
    **{(*IF_IN, n): (Tag.COUNTER64, n * 2**40) for n in range(1, PORTS + 1)},
    (1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 15, 1): (Tag.GAUGE32, 1000),
}


@pytest.fixture
def engine() -> Iterator[Engine]:
    with closing(Engine()) as made:
        yield made


def agent_of(
    fake: FakeAgent, version: Version = Version.V2C, *, retries: int = 1, timeout_s: float = 0.2
) -> Agent:
    return Agent("127.0.0.1", b"public", version, fake.port, timeout_s, retries)


def read(engine: Engine, agent: Agent, *oids: Oid, at_once: int = 30) -> Variables:
    job = Job(agent, get(oids, at_once=at_once))
    engine.hold([job])
    assert job.found is not None
    return job.found


def walked(engine: Engine, agent: Agent, *columns: Oid, limits: WalkLimits | None = None) -> Table:
    job = Job(agent, walk(columns, version=agent.version, limits=limits))
    engine.hold([job])
    assert job.found is not None
    return job.found


@pytest.mark.parametrize("version", Version)
def test_every_type_comes_as_what_it_is(engine: Engine, version: Version) -> None:
    with serving(FakeAgent(EVERY_TYPE)) as fake:
        learnt = read(engine, agent_of(fake, version), *EVERY_TYPE)
    assert learnt.readings == {oid: Reading(*known) for oid, known in EVERY_TYPE.items()}
    assert not learnt.faults


@pytest.mark.parametrize("version", Version)
def test_a_variable_that_is_not_there_is_told_and_the_others_are_read(
    engine: Engine, version: Version
) -> None:
    nothing = [(*SYSTEM, 99, 0), (*SYSTEM, 98, 0)]
    with serving(FakeAgent(EVERY_TYPE)) as fake:
        learnt = read(engine, agent_of(fake, version), nothing[0], DESCRIPTION, nothing[1])
    assert [learnt.readings[oid] for oid in nothing] == [Reading(None, None)] * 2
    assert learnt.readings[DESCRIPTION].tag == Tag.OCTET_STRING


@pytest.mark.parametrize("version", Version)
def test_columns_are_walked_side_by_side_to_their_end(engine: Engine, version: Version) -> None:
    with serving(FakeAgent(SWITCH)) as fake:
        table = walked(engine, agent_of(fake, version), IF_NAME, IF_IN)
    assert table.whole
    assert table.columns[IF_NAME][PORTS,] == Reading(Tag.OCTET_STRING, b"Gi1/0/48")
    assert list(table.columns[IF_IN].values()) == [
        Reading(Tag.COUNTER64, n * 2**40) for n in range(1, PORTS + 1)
    ]
    if version == Version.V2C:
        assert len(fake.requests) <= 4


def test_an_empty_column_and_the_last_of_the_mib_end_a_walk(engine: Engine) -> None:
    last = (1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 15)
    with serving(FakeAgent(SWITCH)) as fake:
        table = walked(engine, agent_of(fake), (1, 3, 9), last)
    assert table.whole
    assert [len(rows) for rows in table.columns.values()] == [0, 1]


def test_a_request_that_is_too_big_is_halved_until_it_fits(engine: Engine) -> None:
    with serving(FakeAgent(SWITCH, largest=200)) as fake:
        names = [(*IF_NAME, n) for n in range(1, PORTS + 1)]
        learnt = read(engine, agent_of(fake), *names, at_once=48)
        assert len(learnt.readings) == PORTS
        assert walked(engine, agent_of(fake), IF_NAME, IF_IN).whole


def test_one_variable_that_is_too_big_is_a_fault_of_its_own(engine: Engine) -> None:
    mib: Mib = {DESCRIPTION: (Tag.OCTET_STRING, b"x" * 2000), (*SYSTEM, 3, 0): (Tag.TIME_TICKS, 1)}
    with serving(FakeAgent(mib)) as fake:
        learnt = read(engine, agent_of(fake), *mib)
    assert learnt.faults == {DESCRIPTION: Fault.TOO_BIG}
    assert learnt.readings[*SYSTEM, 3, 0].value == 1


def refusing(status: int) -> Respond:
    """Refuses every request in which the description is asked for."""

    def respond(request: Request, answer: Answer) -> Answer:
        return Answer([], status, 1) if DESCRIPTION in request.oids else answer

    return respond


def test_a_variable_the_agent_fails_on_does_not_hide_the_others(engine: Engine) -> None:
    with serving(FakeAgent(EVERY_TYPE, refusing(5))) as fake:
        learnt = read(engine, agent_of(fake), *EVERY_TYPE)
    assert learnt.faults == {DESCRIPTION: Fault.AGENT_ERROR}
    assert len(learnt.readings) == len(EVERY_TYPE) - 1


def endless(request: Request, answer: Answer) -> Answer:
    return Answer([((*oid, 1), Tag.INTEGER, 1) for oid in request.oids])


def repeating(request: Request, answer: Answer) -> Answer:
    return Answer([(oid, Tag.INTEGER, 1) for oid in request.oids])


def backwards(request: Request, answer: Answer) -> Answer:
    return Answer([((*IF_NAME, 9), Tag.INTEGER, 1), ((*IF_NAME, 3), Tag.INTEGER, 1)])


def nothing(request: Request, answer: Answer) -> Answer:
    return Answer([])


@pytest.mark.parametrize(
    ("respond", "fault", "rows"),
    [
        (endless, Fault.TOO_MANY_ROWS, 50),
        (repeating, Fault.NOT_INCREASING, 0),
        (backwards, Fault.NOT_INCREASING, 1),
        (nothing, Fault.NONSENSE, 0),
        (lambda *_: Answer([], 5, 1), Fault.AGENT_ERROR, 0),
    ],
    ids=["endless", "the same again", "backwards", "empty answers", "genErr"],
)
def test_a_walk_ends_whatever_the_agent_does(
    engine: Engine, respond: Respond, fault: Fault, rows: int
) -> None:
    with serving(FakeAgent({}, respond)) as fake:
        table = walked(engine, agent_of(fake), IF_NAME, limits=WalkLimits(rows=50))
    assert (table.fault, len(table.columns[IF_NAME])) == (fault, rows)


def wrong_id(request: Request, answer: Answer) -> bytes:
    return pack_response(request._replace(request_id=request.request_id ^ 1), answer)


def twice(request: Request, answer: Answer) -> list[bytes]:
    return [pack_response(request, answer)] * 2


def cut_off(request: Request, answer: Answer) -> bytes:
    return pack_response(request, answer)[:-3]


@pytest.mark.parametrize("respond", [wrong_id, cut_off, lambda *_: b"", lambda *_: b"\xff" * 9])
def test_what_is_no_answer_is_counted_and_not_believed(engine: Engine, respond: Respond) -> None:
    with serving(FakeAgent(SWITCH, respond)) as fake:
        learnt = read(engine, agent_of(fake, retries=0), DESCRIPTION)
    assert learnt.faults == {DESCRIPTION: Fault.TIMEOUT}
    assert engine.traffic.strange == 1


def test_an_answer_that_comes_twice_is_taken_once(engine: Engine) -> None:
    with serving(FakeAgent(SWITCH, twice)) as fake:
        assert walked(engine, agent_of(fake), IF_NAME).whole
        read(engine, agent_of(fake), DESCRIPTION)
    assert engine.traffic.strange >= 2


def test_an_answer_from_somebody_else_is_not_believed(engine: Engine) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind(("127.0.0.2", 0))
        asked: list[Request] = []

        def forged(request: Request, answer: Answer) -> None:
            asked.append(request)
            own = engine._sockets[socket.AF_INET].getsockname()[1]
            lie = Answer([(DESCRIPTION, Tag.OCTET_STRING, b"forged")])
            stranger.sendto(pack_response(request, lie), ("127.0.0.1", own))

        with serving(FakeAgent(SWITCH, forged)) as fake:
            learnt = read(engine, agent_of(fake, retries=0), DESCRIPTION)
    assert asked
    assert learnt.faults == {DESCRIPTION: Fault.TIMEOUT}


def test_lost_packets_are_asked_for_again(engine: Engine) -> None:
    with serving(FakeAgent(SWITCH, loss=0.3)) as fake:
        agent = agent_of(fake, retries=12, timeout_s=0.02)
        assert walked(engine, agent, IF_NAME, limits=WalkLimits(repetitions=4)).whole
    assert engine.traffic.repeats > 0


def test_what_was_read_before_the_silence_is_kept(engine: Engine) -> None:
    asked = []

    def tires(request: Request, answer: Answer) -> Answer | None:
        asked.append(request)
        return answer if len(asked) <= 2 else None

    with serving(FakeAgent(SWITCH, tires)) as fake:
        agent = agent_of(fake, retries=0, timeout_s=0.1)
        table = walked(engine, agent, IF_NAME, limits=WalkLimits(repetitions=10))
        assert (table.fault, len(table.columns[IF_NAME])) == (Fault.TIMEOUT, 20)
        asked.clear()
        learnt = read(engine, agent, *EVERY_TYPE, at_once=4)
    assert len(learnt.readings) == 8
    assert set(learnt.faults.values()) == {Fault.TIMEOUT}


def test_a_closed_port_is_told_at_once_and_apart_from_silence(engine: Engine) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    refused = Agent("127.0.0.1", b"public", port=port, timeout_s=30)
    assert read(engine, refused, DESCRIPTION).faults == {DESCRIPTION: Fault.REFUSED}


def test_a_wrong_community_is_silence(engine: Engine) -> None:
    with serving(FakeAgent(SWITCH, community=b"other")) as fake:
        learnt = read(engine, agent_of(fake, retries=0), DESCRIPTION)
    assert learnt.faults == {DESCRIPTION: Fault.TIMEOUT}


def test_an_agent_with_an_address_of_ipv6_answers(engine: Engine) -> None:
    with serving(FakeAgent(SWITCH), address="::1") as fake:
        learnt = read(engine, Agent("::1", b"public", port=fake.port), DESCRIPTION)
    assert learnt.readings[DESCRIPTION].value == "Cisco ბათუმი".encode()


def test_a_silent_agent_delays_no_other_and_each_is_asked_one_thing_at_a_time() -> None:
    with closing(Engine(in_flight=4)) as engine, serving(FakeAgent(SWITCH)) as fake:
        silent = [Agent("127.0.0.1", b"wrong", port=fake.port, timeout_s=0.5, retries=0)]
        jobs = [Job(agent_of(fake), walk([IF_NAME])) for _ in range(20)]
        engine.hold([*(Job(each, get([DESCRIPTION])) for each in silent), *jobs])
        assert all(job.found is not None and job.found.whole for job in jobs)
        walks = [r.oids[0] for r in fake.requests if r.operation == Operation.GET_BULK]
    # One after the other: a walk's second step comes before the next walk's first.
    assert walks == [IF_NAME, walks[1]] * 20


def test_time_that_runs_out_keeps_what_was_learnt_and_begins_nothing_more(
    engine: Engine,
) -> None:
    with serving(FakeAgent(SWITCH, lambda *_: None)) as fake:
        agent = agent_of(fake, timeout_s=30)
        jobs = [Job(agent, get([DESCRIPTION])) for _ in range(2)]
        engine.hold(jobs, within_s=0.2)
    assert jobs[0].found is not None
    assert jobs[0].found.faults == {DESCRIPTION: Fault.TIMEOUT}
    assert jobs[1].found is None


VALUES = st.one_of(
    st.tuples(st.just(Tag.INTEGER), st.integers(-(2**31), 2**31 - 1)),
    st.tuples(st.just(Tag.COUNTER64), st.integers(0, 2**64 - 1)),
    st.tuples(st.just(Tag.GAUGE32), st.integers(0, 2**32 - 1)),
    st.tuples(st.just(Tag.OCTET_STRING), st.binary(max_size=300)),
    st.tuples(st.just(Tag.END_OF_MIB_VIEW), st.none()),
)
OIDS = st.lists(st.integers(0, 2**32 - 1), max_size=20).map(lambda rest: (1, 3, *rest))


@given(
    number=st.integers(-(2**31), 2**31 - 1),
    variables=st.lists(st.tuples(OIDS, VALUES), max_size=5),
)
def test_what_is_packed_is_unpacked(
    number: int, variables: list[tuple[Oid, tuple[Tag, Value]]]
) -> None:
    found = [(oid, *known) for oid, known in variables]
    packet = pack_response(Request(1, b"c", 0, number, 0, 0, []), Answer(found))
    answer = unpack(packet)
    assert answer.request_id == number
    assert list(map(tuple, answer.varbinds)) == found


@given(st.binary(max_size=200))
def test_rubbish_is_refused_and_never_breaks_anything(data: bytes) -> None:
    with pytest.raises(ber.Malformed):
        unpack(data)


@given(
    st.data(),
    st.lists(st.tuples(OIDS, VALUES), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6),
)
def test_a_spoilt_answer_is_read_or_refused(
    data: st.DataObject,
    variables: list[tuple[Oid, tuple[Tag, Value]]],
    changes: list[tuple[int, int]],
) -> None:
    found = [(oid, *known) for oid, known in variables]
    packet = bytearray(pack_response(Request(1, b"c", 0, 7, 0, 0, []), Answer(found)))
    for place, byte in changes:
        packet[place % len(packet)] = byte
    size = data.draw(st.integers(0, len(packet)))
    try:
        unpack(bytes(packet[:size]))
    except ber.Malformed:
        return


@pytest.mark.parametrize(
    "text", ["", "1", "1.3.x", "1..3", "3.1", "1.40", "1.3.4294967377", "1.-3"]
)
def test_what_is_no_object_identifier_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"identifier|32 bits"):
        parse_oid(text)


@given(OIDS)
def test_an_object_identifier_survives_being_written(oid: Oid) -> None:
    assert parse_oid("." + format_oid(oid)) == oid


def test_counters_without_their_leading_zero_are_not_negative() -> None:
    packet = ber.encode(Tag.COUNTER32, b"\xff\xff\xff\xff")
    tag, begin, end = ber.element(packet, 0, len(packet))
    assert ber.value(packet, tag, begin, end) == 2**32 - 1


def test_a_request_has_the_bytes_that_others_send() -> None:
    """As net-snmp's snmpget sends it: sysDescr.0, public, request 1."""
    packet = pack(Version.V2C, b"public", 1, Ask(Operation.GET, (DESCRIPTION,)))
    assert packet.hex() == (
        "302602010104067075626c6963a019020101020100020100300e300c06082b060102010101000500"
    )
