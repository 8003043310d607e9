"""Who may come in, and what they may do.

In: credentials of a request or of the command line. Out: a `Principal` with its permissions.
Called by the API for every request and by the command line; it calls core only.
"""

from wardops.access.callers import Caller, note_use, session_caller, token_caller
from wardops.access.permissions import PERMISSIONS, Permission, Principal, Role

__all__ = [
    "PERMISSIONS",
    "Caller",
    "Permission",
    "Principal",
    "Role",
    "note_use",
    "session_caller",
    "token_caller",
]
