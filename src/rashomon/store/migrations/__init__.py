"""Alembic's migrations: `versions/` holds one file a change of the tables, applied when a library is opened."""
