"""A story is found by the ids it went by before an earlier report joined it; the log is of all ways to correct."""

import sqlalchemy as sa
from alembic import op

from rashomon.model import story_id

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the id that each report would give a story, and look it up by an index."""
    told = "the id of a story of which this is the earliest report, or was"
    op.add_column("members", sa.Column("as_first", sa.String(16), nullable=False, server_default="", comment=told))
    members = sa.table("members", sa.column("article"), sa.column("as_first"))
    connection = op.get_bind()
    rows = [{"own": a, "named": story_id(a)} for a in connection.scalars(sa.select(members.c.article))]
    if rows:
        one = sa.update(members).where(members.c.article == sa.bindparam("own"))
        connection.execute(one.values(as_first=sa.bindparam("named")), rows)
    op.create_index("ix_members_as_first", "members", ["as_first"])
    if connection.dialect.name != "sqlite":
        op.execute("COMMENT ON TABLE audit IS 'Who corrected and noted what; nothing is ever taken out.'")
        who = "the account''s name, which may be gone; local for whoever has none, as commands have not"
        op.execute(f"COMMENT ON COLUMN audit.who IS '{who}'")


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_members_as_first", "members")
    op.drop_column("members", "as_first")
