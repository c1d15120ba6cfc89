"""Names, speakers and dates are set right in a library, corrections keep their numbers, and readers write notes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What is said of columns and tables that were there before.
COMMENTS = {
    "COLUMN articles.published": "as it was read, or as a reader set it right",
    "COLUMN articles.body": "the Article as it was read, codec bytes",
    "COLUMN corrections.body": "the StoryCorrection or Correction, codec bytes",
    "TABLE corrections": "What users set right, in the order in which it is applied; no number is given twice.",
    "COLUMN collations.key": "hash of the story's articles, corrections and what makes a collation",
    "COLUMN audit.action": "the correction's kind, undo, note, unnote",
    "COLUMN audit.subject": "the number of the correction or note, and what it is about",
    "TABLE audit": "Who corrected and noted what in the app; nothing is ever taken out.",
}


def upgrade() -> None:
    """Add the columns and make the tables."""
    dated = "the day that a reader set right; null where none did"
    op.add_column("articles", sa.Column("dated", sa.String(32), comment=dated))
    what = "stories, or rows: names, speakers, dates, quotes, points"
    op.add_column(
        "corrections", sa.Column("what", sa.String(16), nullable=False, server_default="stories", comment=what)
    )
    undone = "null while it holds; else the number of its taking back, in one order with number"
    op.add_column("corrections", sa.Column("undone", sa.Integer(), comment=undone))
    op.create_table(
        "corrected",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("number", "article", name="pk_corrected"),
        sa.ForeignKeyConstraint(
            ["number"], ["corrections.number"], name="fk_corrected_number_corrections", ondelete="CASCADE"
        ),
        _of_article("corrected"),
        comment="The articles that a correction of rows is about.",
    )
    op.create_index("ix_corrected_article", "corrected", ["article"])
    op.create_table(
        "notes",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(24), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.String(64), nullable=False, comment="the account's name; local where there are none"),
        sa.Column("at", sa.Integer(), nullable=False, comment="seconds since 1970"),
        sa.PrimaryKeyConstraint("number", name="pk_notes"),
        _of_article("notes"),
        comment="What readers wrote on passages, start to before end of the article's text.",
    )
    op.create_index("ix_notes_article", "notes", ["article"])
    if op.get_bind().dialect.name != "sqlite":
        for named, told in COMMENTS.items():
            op.execute(f"COMMENT ON {named} IS '{told.replace(chr(39), chr(39) * 2)}'")


def _of_article(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_article_articles"
    return sa.ForeignKeyConstraint(["article"], ["articles.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    """Drop them, and what an older version cannot read; days that were set right stay so."""
    op.drop_table("notes")
    op.drop_table("corrected")
    op.execute("DELETE FROM corrections WHERE what <> 'stories' OR undone IS NOT NULL")
    for table, column in (("corrections", "undone"), ("corrections", "what"), ("articles", "dated")):
        op.drop_column(table, column)
