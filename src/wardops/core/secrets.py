"""Secrets that cannot be printed by accident, and the tokens made from chance."""

from __future__ import annotations

import hashlib
import secrets
from typing import final

MASK = "••••••"


@final
class Secret:
    """A string that shows itself only to `reveal()`; repr, str, format and pickling hide it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The secret itself. Every call is a place a reviewer looks at."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return MASK

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and secrets.compare_digest(
            self._value.encode(), other._value.encode()
        )

    def __hash__(self) -> int:
        return hash(("Secret", self._value))

    def __reduce__(self) -> str:
        raise TypeError("a Secret is not pickled: pass the name of the setting instead")


def new_token(prefix: str = "") -> Secret:
    """A fresh random token of 256 bits, safe in URLs and headers."""
    return Secret(prefix + secrets.token_urlsafe(32))


def token_hash(token: str) -> bytes:
    """What is stored of a token. It has 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).digest()
