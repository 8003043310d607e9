"""Is a value good for the inventory? Pure functions: the cleaned value out, faults noted."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from wardops.core.errors import FieldFault, InvalidInput

MAX_TAGS = 50
MAX_TAG = 64
MAX_CUSTOM = 100
MAX_CUSTOM_TEXT = 1000
# Numbers beyond this lose digits in browsers (RFC 8259, section 6).
MAX_NUMBER = 2**53
_LIMITED_BROADCAST = IPv4Address("255.255.255.255")
# Characters that make text read differently from what it is (bidirectional overrides, UAX 9).
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Scalar = str | int | float | bool | None


@dataclass(slots=True)
class Faults:
    """What was found wrong so far."""

    found: list[FieldFault] = field(default_factory=list)

    def note(self, name: str, message: str, hint: str = "") -> None:
        """Add one."""
        self.found.append(FieldFault(name, message, hint))

    def refuse(self, what: str) -> None:
        """Raise InvalidInput with all of them, if there are any."""
        if self.found:
            raise InvalidInput(f"{what} is not valid.", faults=self.found)


def text(
    faults: Faults, name: str, value: object, *, most: int = 200, required: bool = False
) -> str:
    """One line in any script, in Unicode's composed form (NFC), at most `most` characters."""
    return _text(faults, name, value, most=most, required=required, lines=False)


def prose(faults: Faults, name: str, value: object, *, most: int = 10_000) -> str:
    """Text that may have line breaks and tabs; breaks become a line feed."""
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return _text(faults, name, value, most=most, required=False, lines=True)


def _text(
    faults: Faults, name: str, value: object, *, most: int, required: bool, lines: bool
) -> str:
    if not isinstance(value, str):
        faults.note(name, "must be text")
        return ""
    clean = unicodedata.normalize("NFC", value).strip()
    if required and not clean:
        faults.note(name, "must not be empty")
    elif len(clean) > most:
        faults.note(name, f"is {len(clean)} characters long", f"At most {most}.")
    elif not clean.isprintable() and any(_is_unprintable(c, lines) for c in clean):
        faults.note(name, "has control characters in it", "Type it anew, as plain text.")
    return clean


def _is_unprintable(character: str, lines: bool) -> bool:
    if lines and character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _REORDERING


def address(faults: Faults, name: str, value: object, *, allow_loopback: bool) -> str:
    """One IPv4 or IPv6 address that a single host can have, in its shortest form."""
    raw = value.strip() if isinstance(value, str) else ""
    try:
        parsed = parsed_address(raw)
    except ValueError:
        faults.note(name, *_why_no_address(raw))
        return ""
    fault = _address_fault(parsed, allow_loopback)
    if fault:
        faults.note(name, *fault)
    return str(parsed)


@lru_cache(maxsize=65_536)
def parsed_address(raw: str) -> IPv4Address | IPv6Address:
    """`ip_address` without zones, remembered: an import asks for each address several times.

    A zone (`fe80::1%eth0`, RFC 4007) names an interface of one host and is no address to keep.
    """
    if "%" in raw:
        raise ValueError(f"{raw!r} has a zone")
    return ip_address(raw)


def _why_no_address(raw: str) -> tuple[str, str]:
    if not raw:
        return "must not be empty", "An IPv4 or IPv6 address."
    if "%" in raw:
        return f"{raw[:80]!r} has a zone in it", "Leave out the percent sign and what follows."
    if "/" in raw:
        return f"{raw[:80]!r} has a netmask", "Give one address, without the slash."
    if raw.replace(".", "").isdecimal():
        return f"{raw[:80]!r} is not an IPv4 address", "Four numbers from 0 to 255, no zeros ahead."
    if ":" in raw:
        return f"{raw[:80]!r} is not an IPv6 address", "Port and brackets do not belong to it."
    return f"{raw[:80]!r} is not an address", "Names are not looked up; give the IP address."


def _address_fault(
    parsed: IPv4Address | IPv6Address, allow_loopback: bool
) -> tuple[str, str] | None:
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        return "is an IPv4 address written as IPv6", f"Write {parsed.ipv4_mapped}."
    if parsed.is_loopback and not allow_loopback:
        hint = "WARD_ALLOW_LOOPBACK_TARGETS=true accepts loopback addresses."
        return f"{parsed} is this server itself", hint
    why = _no_single_host(parsed)
    return (f"{parsed} {why}", "One host's own address is needed.") if why else None


def _no_single_host(parsed: IPv4Address | IPv6Address) -> str:
    """Why no host has this as its own address; empty when one can (RFC 1122, 3.2.1.3)."""
    kinds = {
        "is a multicast address": parsed.is_multicast,
        "is the broadcast address": parsed == _LIMITED_BROADCAST,
        "stands for no host": parsed.is_unspecified,
        "is of 0.0.0.0/8, which stands for no host": parsed.version == 4 and not parsed.packed[0],
        "is reserved (240.0.0.0/4)": parsed.version == 4 and parsed.is_reserved,
        "is only valid on one cable": parsed.version == 6 and parsed.is_link_local,
        "is of ::/96, which nobody uses any more (RFC 4291)": parsed.version == 6
        and 1 < int(parsed) < 2**32,
    }
    return next((why for why, holds in kinds.items() if holds), "")


def tags(faults: Faults, name: str, value: object) -> tuple[str, ...]:
    """Different tags in their order, without a bar, which parts them in files."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        faults.note(name, "must be a list of texts")
        return ()
    if len(value) > MAX_TAGS:
        faults.note(name, f"has {len(value)} tags", f"At most {MAX_TAGS}.")
        return ()
    clean = [text(faults, name, tag, most=MAX_TAG, required=True) for tag in value]
    if any("|" in tag for tag in clean):
        faults.note(name, "has a tag with | in it", "The bar parts tags in files.")
    return tuple(dict.fromkeys(clean))


def custom(faults: Faults, name: str, value: object) -> dict[str, Scalar]:
    """Fields of one's own: a flat object of texts, numbers, booleans and nulls."""
    if not isinstance(value, Mapping):
        faults.note(name, "must be an object")
        return {}
    if len(value) > MAX_CUSTOM:
        faults.note(name, f"has {len(value)} fields", f"At most {MAX_CUSTOM}.")
        return {}
    return {
        text(faults, f"{name}.{key}"[:80], key, most=64, required=True): _scalar(
            faults, f"{name}.{key}"[:80], inner
        )
        for key, inner in value.items()
    }


def _scalar(faults: Faults, name: str, value: object) -> Scalar:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return prose(faults, name, value, most=MAX_CUSTOM_TEXT)
    if isinstance(value, int | float) and math.isfinite(value) and abs(value) <= MAX_NUMBER:
        # 5.0 and 5 are one number in JSON; what is stored must equal what comes back.
        return int(value) if float(value).is_integer() else value
    faults.note(name, "must be a text, a number up to 2^53, true, false or null")
    return None


def choice(faults: Faults, name: str, value: object, allowed: Sequence[str]) -> str:
    """One of `allowed`."""
    if value not in allowed:
        faults.note(name, f"{str(value)[:80]!r} is not known", f"One of: {', '.join(allowed)}.")
    return str(value)
