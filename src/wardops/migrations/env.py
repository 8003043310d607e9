"""Alembic's entry: one connection, handed over by `wardops.core.schema`, one transaction."""

from __future__ import annotations

from alembic import context

# A migration may not queue behind a long reader for ever while all others queue behind it.
LOCK_TIMEOUT = "SET LOCAL lock_timeout = '4s'"
STATEMENT_TIMEOUT = "SET LOCAL statement_timeout = '10min'"

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=None, transaction_per_migration=True)
with context.begin_transaction():
    connection.exec_driver_sql(LOCK_TIMEOUT)
    connection.exec_driver_sql(STATEMENT_TIMEOUT)
    context.run_migrations()
