"""Who may come in, and what they may do.

In: credentials of a request or of the command line. Out: a `Principal` with its permissions.
Called by the API for every request and by the command line; it calls core only.
"""

from wardops.access.callers import Caller, note_use, session_caller, token_caller
from wardops.access.limits import Limiter
from wardops.access.permissions import PERMISSIONS, Permission, Principal, Role
from wardops.access.setup import ensure_administrator, issue_setup_token, needs_setup, set_up
from wardops.access.signin import (
    Client,
    InvalidCredentials,
    SignIn,
    change_password,
    check_password,
    close_session,
    count_attempt,
    forgive_attempt,
    open_session,
    rotate_session,
)
from wardops.access.store import Token, User, prune
from wardops.access.tokens import create_token, delete_token, list_tokens
from wardops.access.users import (
    change_user,
    create_user,
    delete_user,
    find_user,
    get_user,
    list_users,
    reset_password,
)

__all__ = [
    "PERMISSIONS",
    "Caller",
    "Client",
    "InvalidCredentials",
    "Limiter",
    "Permission",
    "Principal",
    "Role",
    "SignIn",
    "Token",
    "User",
    "change_password",
    "change_user",
    "check_password",
    "close_session",
    "count_attempt",
    "create_token",
    "create_user",
    "delete_token",
    "delete_user",
    "ensure_administrator",
    "find_user",
    "forgive_attempt",
    "get_user",
    "issue_setup_token",
    "list_tokens",
    "list_users",
    "needs_setup",
    "note_use",
    "open_session",
    "prune",
    "reset_password",
    "rotate_session",
    "session_caller",
    "set_up",
    "token_caller",
]
