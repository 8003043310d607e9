"""The root of all expected errors, and how a fault is told to the person who can mend it.

WardError
├── InvalidInput      bad values from a client: one FieldFault per field      422
├── NotFound          the thing named does not exist, or not for the caller   404
├── Conflict          clashes with what is there already                      409
├── Outdated          changed by somebody else in the meantime                412
├── NotAuthenticated  no valid session or token                               401
├── Forbidden         the role does not allow it                              403
├── TooMany           a limit was reached; try again after `retry_after`      429
├── Unavailable       a store or part is away                                 503
└── StartRefused      settings or surroundings are wrong: nothing was started
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One field, what is wrong with its value, and the way out."""

    field: str
    message: str
    hint: str = ""


class WardError(Exception):
    """An expected failure with a message its reader can act on."""

    code = "error"
    status = 500
    title = "Something failed"

    def __init__(self, message: str, *, hint: str = "", faults: Sequence[FieldFault] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.faults = tuple(faults)

    def __str__(self) -> str:
        lines = [self.message]
        lines += [f"{f.field}: {f.message} {f.hint}".rstrip() for f in self.faults]
        if self.hint:
            lines.append(self.hint)
        return "\n".join(lines)


class InvalidInput(WardError):
    """Values that were sent are wrong; `faults` names each field."""

    code = "invalid_input"
    status = 422
    title = "The input is not valid"


class NotFound(WardError):
    """The thing asked for is not there."""

    code = "not_found"
    status = 404
    title = "Not found"


class Conflict(WardError):
    """Clashes with something that exists."""

    code = "conflict"
    status = 409
    title = "Conflicts with what is there"


class Outdated(WardError):
    """The version the caller saw is not the newest."""

    code = "outdated"
    status = 412
    title = "Changed in the meantime"


class NotAuthenticated(WardError):
    """No valid session or token came with the request."""

    code = "not_authenticated"
    status = 401
    title = "Sign in first"


class Forbidden(WardError):
    """The caller's role does not allow this."""

    code = "forbidden"
    status = 403
    title = "Not allowed"


class TooMany(WardError):
    """A limit was reached."""

    code = "rate_limited"
    status = 429
    title = "Too many requests"

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message, hint=f"Try again in {retry_after} s.")
        self.retry_after = retry_after


class Unavailable(WardError):
    """A part this needs is away at the moment."""

    code = "unavailable"
    status = 503
    title = "Temporarily unavailable"


class StartRefused(WardError):
    """The surroundings do not fit; nothing was started."""

    code = "start_refused"
    title = "Start refused"
