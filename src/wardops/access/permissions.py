"""Who may do what: one table, and everything that is not in it is denied."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Role(StrEnum):
    """What a user or an API token is; each role includes the ones before it."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    MANAGER = "manager"
    ADMIN = "admin"


class Permission(StrEnum):
    """One kind of thing that a route lets its caller do."""

    READ = "read"
    SELF = "self"
    INCIDENTS_ACT = "incidents.act"
    PING = "ping"
    INVENTORY_WRITE = "inventory.write"
    USERS_MANAGE = "users.manage"
    TOKENS_MANAGE = "tokens.manage"


_ADDED = {
    Role.VIEWER: {Permission.READ, Permission.SELF},
    Role.OPERATOR: {Permission.INCIDENTS_ACT, Permission.PING},
    Role.MANAGER: {Permission.INVENTORY_WRITE},
    Role.ADMIN: {Permission.USERS_MANAGE, Permission.TOKENS_MANAGE},
}


def permissions_of(role: Role) -> frozenset[Permission]:
    """Everything `role` may do: its own permissions and those of the roles before it."""
    order = list(Role)
    included = order[: order.index(role) + 1]
    return frozenset().union(*(_ADDED[each] for each in included))


PERMISSIONS = {role: permissions_of(role) for role in Role}


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is calling. A token has no user: `id` is then the token's id, `username` its name."""

    id: int
    username: str
    role: Role
    kind: Literal["session", "token"]

    @property
    def permissions(self) -> frozenset[Permission]:
        """What this caller may do."""
        return PERMISSIONS[self.role]

    @property
    def user_id(self) -> int | None:
        """The user behind the call, None for an API token."""
        return self.id if self.kind == "session" else None

    def may(self, permission: Permission) -> bool:
        """True when the role's row in the table has `permission`."""
        return permission in self.permissions
