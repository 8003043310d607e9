"""ETag and If-Match (RFC 9110, 8.8.3 and 13.1.1): a change made from an old state is refused."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header, Response

from wardops.core.errors import Outdated

IfMatch = Annotated[
    str | None,
    Header(max_length=200, description="The ETag that this change is made from; 412 when old."),
]


def set_etag(response: Response, version: int | str) -> None:
    """Tell the client which state it got."""
    response.headers["ETag"] = f'"{version}"'


def wanted_version(if_match: str | None) -> str | None:
    """The version an If-Match header names; None when any will do.

    Raises Outdated for a header that no ETag of ours can equal.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    version = if_match.strip().removeprefix("W/").strip('"')
    if not version.isascii() or not version.isdecimal() or len(version) > 18:
        raise Outdated(
            "If-Match names no state that was ever answered.", hint="Send the ETag as it came."
        )
    return version


def wanted_number(if_match: str | None) -> int | None:
    """`wanted_version` as a number."""
    version = wanted_version(if_match)
    return None if version is None else int(version)
