"""PostgreSQL: the pool, the two kinds of session, and the one transaction style.

    with database.transaction() as session: ...   # commits at the end, rolls back on error
    with database.reading() as session: ...       # cannot write; each statement sees the present

Nothing else in the project commits. SQL itself stands in each slice's `store.py`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from time import monotonic
from typing import Any, LiteralString, Self, TypeVar

import orjson
import psycopg
import structlog
from psycopg import Cursor, sql
from psycopg.rows import RowMaker, no_result, tuple_row
from psycopg.types.json import set_json_loads
from psycopg_pool import ConnectionPool, PoolTimeout

from wardops.core import arrays as arrays  # lets sessions take NumPy arrays
from wardops.core.errors import StartRefused, Unavailable
from wardops.core.settings import Settings

log = structlog.get_logger()
set_json_loads(orjson.loads)

Statement = LiteralString | sql.SQL | sql.Composed
Parameters = Sequence[object] | Mapping[str, object] | None
Row = TypeVar("Row")

# What another attempt may mend: the server went away, a deadlock, a lock held too long, a machine
# that slept in the middle of a transaction.
TRANSIENT: tuple[type[Exception], ...] = (
    psycopg.OperationalError,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.LockNotAvailable,
    psycopg.errors.IdleInTransactionSessionTimeout,
    Unavailable,
)


# A connection that answered this many seconds ago is taken to be alive.
_FRESH_S = 1.0


def _made_into(kind: type[Row]) -> Callable[[Cursor[Any]], RowMaker[Row]]:
    """A row factory: columns go to the fields of `kind` by name, in whatever order they come.

    The order is found once for each result; psycopg's own `class_row` makes a dict of each row,
    which costs more than reading the row.
    """

    def factory(cursor: Cursor[Any]) -> RowMaker[Row]:
        if cursor.description is None:
            return no_result
        make: Callable[..., Row] = kind
        names = [column.name for column in cursor.description]
        fields = _fields_of(make)
        if sorted(names) != sorted(fields):
            raise TypeError(f"{kind.__name__} has {fields}, the statement answers {names}")
        if len(fields) == 1:
            return lambda values: make(values[0])
        in_order = itemgetter(*(names.index(name) for name in fields))
        return lambda values: make(*in_order(values))

    return factory


@cache
def _fields_of(kind: Any) -> tuple[str, ...]:
    """The fields of a NamedTuple or a dataclass."""
    return getattr(kind, "_fields", None) or tuple(each.name for each in dataclasses.fields(kind))


class _Connection(psycopg.Connection[Any]):
    """A connection that knows since when nobody has used it."""

    resting_since = 0.0


class ReadSession:
    """A connection to read with; it is borrowed from the pool when the first statement is sent."""

    def __init__(self, borrow: Callable[[], psycopg.Connection[Any]]) -> None:
        self._borrow = borrow
        self.statements = 0
        """Statements sent so far; tests hold pages to a number of them."""

    @property
    def _connection(self) -> psycopg.Connection[Any]:
        return self._borrow()

    def rows(
        self, kind: type[Row], statement: Statement, parameters: Parameters = None
    ) -> list[Row]:
        """All rows, each made into `kind` by column name."""
        self.statements += 1
        with self._connection.cursor(row_factory=_made_into(kind)) as cursor:
            return cursor.execute(statement, parameters).fetchall()

    def row(
        self, kind: type[Row], statement: Statement, parameters: Parameters = None
    ) -> Row | None:
        """The first row made into `kind`, or None."""
        self.statements += 1
        with self._connection.cursor(row_factory=_made_into(kind)) as cursor:
            return cursor.execute(statement, parameters).fetchone()

    def tuples(
        self,
        statement: Statement,
        parameters: Parameters = None,
        *,
        binary: bool = False,
        planned_anew: bool = False,
    ) -> list[tuple[Any, ...]]:
        """All rows as tuples; `binary` saves parsing on hot paths.

        With `planned_anew` the plan is made for these very parameters each time, which pays where
        it depends on them much, as with LIMIT and OFFSET.
        """
        self.statements += 1
        with self._connection.cursor(row_factory=tuple_row, binary=binary) as cursor:
            prepare = False if planned_anew else None
            return cursor.execute(statement, parameters, prepare=prepare).fetchall()

    def value(self, statement: Statement, parameters: Parameters = None) -> Any:
        """The first column of the first row, or None when there is no row."""
        self.statements += 1
        with self._connection.cursor(row_factory=tuple_row) as cursor:
            row = cursor.execute(statement, parameters).fetchone()
        return row[0] if row else None


class WriteSession(ReadSession):
    """One open transaction that may write; committed by the `transaction()` that made it."""

    def execute(self, statement: Statement, parameters: Parameters = None) -> int:
        """Run a statement; the number of rows it touched."""
        self.statements += 1
        return self._connection.execute(statement, parameters).rowcount

    def execute_each(self, statement: Statement, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement once per row, pipelined."""
        self.statements += 1
        with self._connection.cursor() as cursor:
            cursor.executemany(statement, rows)


@dataclass(frozen=True, slots=True)
class PoolUse:
    """Connections of one process: given out, ready, at most, and callers waiting for one."""

    used: int
    idle: int
    limit: int
    waiting: int


class Database:
    """The pool of one process, opened once and closed at its end."""

    def __init__(self, pool: ConnectionPool[_Connection], *, timeout: float) -> None:
        self._pool = pool
        self._timeout = timeout

    @classmethod
    def open(cls, settings: Settings, *, name: str, size: int = 1) -> Self:
        """A pool of up to `size` connections, told to the server as `ward-<name>`.

        Connections are made when first needed, so a server that is away does not stop a start.
        """
        pool = ConnectionPool(
            settings.database_url.reveal(),
            connection_class=_Connection,
            kwargs=connection_options(settings, name=name),
            min_size=1 if size > 1 else 0,
            max_size=size,
            max_idle=60,
            reconnect_timeout=2,
            check=_check_the_rested,
            reset=_note_rest,
            name=name,
            open=True,
        )
        return cls(pool, timeout=settings.pool_timeout_s)

    @contextmanager
    def transaction(self) -> Iterator[WriteSession]:
        """The unit of work: everything inside is committed together, or nothing is.

        Raises Unavailable when the server takes no writes, as a standby does.
        """
        connection = self._take()
        try:
            connection.read_only = False
            with _begun(connection):
                yield WriteSession(lambda: connection)
        finally:
            self._pool.putconn(connection)

    @contextmanager
    def reading(self) -> Iterator[ReadSession]:
        """A session in which the server itself refuses writes.

        Each statement is a transaction of its own: under READ COMMITTED a common one would show
        the same, and cost two more round trips.
        """
        with ExitStack() as borrowed:

            @cache
            def borrow() -> _Connection:
                connection = self._take()
                borrowed.callback(self._pool.putconn, connection)
                return connection

            yield ReadSession(borrow)

    def _take(self) -> _Connection:
        try:
            return self._pool.getconn(timeout=self._timeout)
        except PoolTimeout as error:
            raise Unavailable(
                f"No database connection within {self._timeout:g} s.",
                hint="PostgreSQL is away or all connections are in use; see /api/v1/health.",
            ) from error

    def pool_use(self) -> PoolUse:
        """How the pool is used at this moment."""
        now = self._pool.get_stats()
        size, idle = now["pool_size"], now["pool_available"]
        waiting = now.get("requests_waiting", 0)
        return PoolUse(used=size - idle, idle=idle, limit=now["pool_max"], waiting=waiting)

    def close(self) -> None:
        """Give all connections back to the server."""
        self._pool.close()


@contextmanager
def _begun(connection: _Connection) -> Iterator[None]:
    with ExitStack() as open_transaction:
        try:
            open_transaction.enter_context(connection.transaction())
        except psycopg.NotSupportedError as error:  # READ WRITE is refused during recovery
            raise Unavailable(
                "PostgreSQL is a standby and takes no writes.",
                hint="Point DATABASE_URL at the primary, or promote this server.",
            ) from error
        yield


def _note_rest(connection: _Connection) -> None:
    connection.resting_since = monotonic()


def _check_the_rested(connection: _Connection) -> None:
    """Ask the server for a sign of life, unless it has just given one: that is a round trip."""
    if monotonic() - connection.resting_since > _FRESH_S:
        ConnectionPool.check_connection(connection)


def connection_options(settings: Settings, *, name: str) -> dict[str, Any]:
    """Keyword arguments of every connection of ours: time limits, keepalive, our name."""
    limits = {
        "statement_timeout": settings.statement_timeout_ms,
        "lock_timeout": settings.lock_timeout_ms,
        "idle_in_transaction_session_timeout": settings.idle_transaction_timeout_ms,
    }
    return {
        "autocommit": True,
        "connect_timeout": settings.connect_timeout_s,
        "application_name": f"ward-{name}",
        "options": " ".join(f"-c {key}={value}" for key, value in limits.items())
        + " -c timezone=UTC -c default_transaction_read_only=on",
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }


def connections_needed(settings: Settings) -> dict[str, int]:
    """Connections per process of the process model, by name."""
    return {
        "api": settings.api_threads + 2,
        "probe workers": settings.probe_processes,
        "core workers": settings.core_processes,
        "schedulers (2)": 2,
    }


def check_connection_budget(database: Database, settings: Settings) -> None:
    """Refuse to start when the server cannot hold all the connections we would open."""
    with database.reading() as session:
        limit = int(session.value("SELECT current_setting('max_connections')"))
        reserved = int(session.value("SELECT current_setting('superuser_reserved_connections')"))
    needed = connections_needed(settings)
    free = limit - reserved - settings.database_headroom
    if sum(needed.values()) <= free:
        return
    parts = " + ".join(f"{count} {name}" for name, count in needed.items())
    raise StartRefused(
        f"{parts} = {sum(needed.values())} connections do not fit in {free} "
        f"(max_connections {limit} - {reserved} reserved - {settings.database_headroom} headroom).",
        hint="Raise max_connections of PostgreSQL or lower WARD_API_THREADS, "
        "WARD_PROBE_PROCESSES or WARD_CORE_PROCESSES.",
    )
