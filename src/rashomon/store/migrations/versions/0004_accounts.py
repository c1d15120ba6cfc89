"""The app keeps accounts, sessions, tokens, the collations it has made, and who corrected what."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False, comment="reader, editor, admin"),
        sa.Column("password", sa.Text(), nullable=False, comment="its argon2id hash, with the parameters"),
        sa.Column("made", sa.Integer(), nullable=False, comment="seconds since 1970"),
        sa.PrimaryKeyConstraint("name", name="pk_accounts"),
        comment="Whoever may use the app over a network.",
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(64), nullable=False, comment="SHA-256 of what the cookie holds"),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False, comment="seconds since 1970"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        _of_account("sessions"),
        comment="Where somebody is logged in.",
    )
    op.create_index("ix_sessions_account", "sessions", ["account"])
    op.create_table(
        "tokens",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("label", sa.String(200), nullable=False, comment="what it is for"),
        sa.Column("scopes", sa.String(64), nullable=False, comment="of read, add, correct, with blanks between"),
        sa.Column("hash", sa.String(64), nullable=False, comment="SHA-256 of the token"),
        sa.Column("made", sa.Integer(), nullable=False, comment="seconds since 1970"),
        sa.PrimaryKeyConstraint("number", name="pk_tokens"),
        sa.UniqueConstraint("hash", name="uq_tokens_hash"),
        _of_account("tokens"),
        comment="What programs show to the app.",
    )
    op.create_index("ix_tokens_account", "tokens", ["account"])
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False, comment="seconds since 1970"),
        sa.Column(
            "who",
            sa.String(64),
            nullable=False,
            comment="the account's name, which may be gone; local where there are none",
        ),
        sa.Column("action", sa.String(32), nullable=False, comment="merge, split, pin, undo"),
        sa.Column("subject", sa.Text(), nullable=False, comment="the correction's number and the ids of its articles"),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
        comment="Who corrected what in the app; nothing is ever taken out.",
    )
    op.create_table(
        "collations",
        sa.Column("story", sa.String(16), nullable=False),
        sa.Column(
            "key",
            sa.String(64),
            nullable=False,
            comment="hash of the story's articles and of what makes a collation",
        ),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="the Collation, codec bytes, packed with zlib"),
        sa.PrimaryKeyConstraint("story", name="pk_collations"),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_collations_story_stories", ondelete="CASCADE"),
        comment="The last collation of a story that the app has shown.",
    )


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_account_accounts"
    return sa.ForeignKeyConstraint(["account"], ["accounts.name"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    """Drop the tables."""
    for table in ("collations", "audit", "tokens", "sessions", "accounts"):
        op.drop_table(table)
