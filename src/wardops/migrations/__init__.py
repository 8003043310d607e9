"""The schema, revision by revision (Alembic). Run through `wardops.core.schema`."""
