"""Names in any script, and addresses that one host can have; all else refused with a reason."""

from __future__ import annotations

import pytest

from wardops.core.errors import InvalidInput
from wardops.inventory import checks
from wardops.inventory.checks import Faults


def faults_of(check: str, value: object, **options: object) -> list[str]:
    faults = Faults()
    getattr(checks, check)(faults, "field", value, **options)
    return [fault.message for fault in faults.found]


@pytest.mark.parametrize(
    "name",
    ["ATM თბილისი, რუსთაველის 12", "Zürich <b>1</b>", "支店", "فرع", 'o\'Neill "HQ"; --', "🏦"],
)
def test_a_name_may_be_in_any_script(name: str) -> None:
    faults = Faults()
    assert checks.text(faults, "name", f"  {name} ", required=True) == name
    assert faults.found == []


def test_a_name_is_stored_in_composed_form() -> None:
    assert checks.text(Faults(), "name", "Zu\u0308rich") == "Z\u00fcrich"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "must not be empty"),
        (" \u3000 ", "must not be empty"),
        ("x" * 201, "is 201 characters long"),
        ("x" * 1_000_000, "is 1000000 characters long"),
        ("a\x00b", "has control characters in it"),
        ("a\nb", "has control characters in it"),
        ("a\x1b[31mb", "has control characters in it"),
        ("safe\u202eexe", "has control characters in it"),
        ("a\ud800b", "has control characters in it"),
        (5, "must be text"),
        (None, "must be text"),
    ],
)
def test_what_is_no_name_is_refused_with_a_reason(name: object, reason: str) -> None:
    assert faults_of("text", name, required=True) == [reason]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("10.0.0.1", "10.0.0.1"),
        (" 10.0.0.1 ", "10.0.0.1"),
        ("100.64.0.1", "100.64.0.1"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("fd00::1", "fd00::1"),
    ],
)
def test_an_address_is_stored_in_its_shortest_form(written: str, stored: str) -> None:
    faults = Faults()
    assert checks.address(faults, "ip", written, allow_loopback=False) == stored
    assert faults.found == []


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "empty"),
        ("10.0.0.0/24", "netmask"),
        ("2001:db8::/64", "netmask"),
        ("router-1.bank.ge", "not an address"),
        ("10.0.0.256", "not an IPv4 address"),
        ("10.0.0.01", "not an IPv4 address"),
        ("10.1", "not an IPv4 address"),
        ("10.0.0.1:22", "not an IPv6 address"),
        ("[2001:db8::1]", "not an IPv6 address"),
        ("0.0.0.0", "no host"),  # noqa: S104  refused, nothing binds to it
        ("0.1.2.3", "no host"),
        ("::", "no host"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("255.255.255.255", "broadcast"),
        ("240.0.0.1", "reserved"),
        ("127.0.0.1", "this server itself"),
        ("::1", "this server itself"),
        ("fe80::1", "one cable"),
        ("fe80::1%eth0", "zone"),
        ("::ffff:10.0.0.1", "IPv4 address written as IPv6"),
        ("::ffff:127.0.0.1", "IPv4 address written as IPv6"),
    ],
)
def test_what_is_no_address_of_one_host_is_refused_with_a_reason(written: str, reason: str) -> None:
    [told] = faults_of("address", written, allow_loopback=False)
    assert reason in told


def test_a_refusal_repeats_no_more_than_a_little_of_what_was_sent() -> None:
    [told] = faults_of("address", "x" * 1_000_000, allow_loopback=False)
    assert len(told) < 200


def test_loopback_is_accepted_where_a_setting_says_so() -> None:
    assert faults_of("address", "127.1.2.3", allow_loopback=True) == []
    assert faults_of("address", "::1", allow_loopback=True) == []


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ("atm", "must be a list of texts"),
        ([f"t{n}" for n in range(51)], "has 51 tags"),
        (["x" * 65], "is 65 characters long"),
        ([""], "must not be empty"),
        (["a|b"], "has a tag with | in it"),
        ([5], "must be text"),
    ],
)
def test_tags_that_do_not_fit_are_refused(tags: object, reason: str) -> None:
    assert reason in faults_of("tags", tags)


def test_tags_keep_their_order_and_come_once() -> None:
    assert checks.tags(Faults(), "tags", ["b", "a", "b "]) == ("b", "a")


@pytest.mark.parametrize(
    "custom",
    [
        [],
        {"k": {"nested": 1}},
        {"k": [1]},
        {"k": float("nan")},
        {"k": float("inf")},
        {"k": 2**53 + 1},
        {"": 1},
        {"k" * 65: 1},
        {"k": "x" * 1001},
        {f"k{n}": n for n in range(101)},
    ],
)
def test_custom_fields_are_a_flat_object_of_bounded_scalars(custom: object) -> None:
    assert faults_of("custom", custom) != []


def test_custom_fields_of_every_kind_are_kept() -> None:
    values = {"rack": "R1", "height": 42, "load": 0.5, "spare": False, "since": None}
    assert checks.custom(Faults(), "custom", values) == values


def test_all_faults_are_told_at_once() -> None:
    faults = Faults()
    checks.text(faults, "name", "", required=True)
    checks.address(faults, "ip", "nowhere", allow_loopback=False)
    with pytest.raises(InvalidInput) as refused:
        faults.refuse("The device")
    assert [fault.field for fault in refused.value.faults] == ["name", "ip"]
