"""The first tables, and full-text search as each database does it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite's index keeps no copy of the text; triggers keep it in step with the table.
FTS5 = (
    """CREATE VIRTUAL TABLE texts_fts USING fts5(
        words, content='texts', content_rowid='number', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
        INSERT INTO texts_fts(rowid, words) VALUES (new.number, new.words); END""",
    """CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
        INSERT INTO texts_fts(texts_fts, rowid, words) VALUES ('delete', old.number, old.words); END""",
)
GIN = "CREATE INDEX ix_texts_words ON texts USING gin (to_tsvector('simple', words))"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "annotations",
        sa.Column("content", sa.String(length=64), nullable=False, comment="hash of all that annotation looks at"),
        sa.Column("version", sa.String(length=64), nullable=False, comment="the finder's version"),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="the Annotations, codec bytes"),
        sa.PrimaryKeyConstraint("content", "version", name=op.f("pk_annotations")),
        comment="Findings by content: a text that comes again is not annotated again.",
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.String(length=24), nullable=False, comment="from the address and the hash of the text"),
        sa.Column(
            "address", sa.Text(), nullable=False, comment="the URL, else the path or feed entry it was read from"
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="1 for the first text seen at the address, then 2, 3 …"
        ),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.String(length=32), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the text, UTF-8"),
        sa.Column("n_chars", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="the Article, codec bytes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("address", "version", name=op.f("uq_articles_address_version")),
        comment="Every text ever seen, never changed. A page that changes gets a new version.",
    )
    op.create_index(op.f("ix_articles_published"), "articles", ["published"], unique=False)
    op.create_index(op.f("ix_articles_source"), "articles", ["source"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="the StoryCorrection, codec bytes"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_corrections")),
        comment="What users set right about stories, in the order in which it is applied.",
    )
    op.create_table(
        "failures",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_failures")),
        comment="What could not be read or fetched; --resume tries it again.",
    )
    op.create_table(
        "rarities",
        sa.Column("epoch", sa.Integer(), nullable=False, comment="1, 2, 3 …; each begins with a counting"),
        sa.Column("n_articles", sa.Integer(), nullable=False, comment="how many articles were counted"),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="the Rarity's bytes"),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_rarities")),
        comment="How rare terms are in this library, counted again when it has doubled.",
    )
    op.create_table(
        "stories",
        sa.Column("id", sa.String(length=16), nullable=False, comment="from its earliest report"),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("first", sa.String(length=32), nullable=True),
        sa.Column("last", sa.String(length=32), nullable=True),
        sa.Column("n_articles", sa.Integer(), nullable=False),
        sa.Column("n_sources", sa.Integer(), nullable=False),
        sa.Column(
            "n_differences",
            sa.Integer(),
            nullable=True,
            comment="null until the story as it is now has been collated",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        comment="The articles about one event.",
    )
    op.create_index(op.f("ix_stories_last"), "stories", ["last"], unique=False)
    op.create_table(
        "visits",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True, comment="the server's Last-Modified"),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_visits")),
        comment="What a server said last of an address, for conditional GET.",
    )
    op.create_table(
        "keys",
        sa.Column("term", sa.BigInteger(), nullable=False, comment="hash of a rare term"),
        sa.Column("day", sa.Integer(), nullable=False, comment="ordinal of the day of publication, -1 where unknown"),
        sa.Column("article", sa.String(length=24), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False, comment="how rare the term is, in thousandths"),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_keys_article_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("term", "day", "article", name=op.f("pk_keys")),
        comment="The inverted index that candidates come from.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_keys_article"), "keys", ["article"], unique=False)
    op.create_table(
        "links",
        sa.Column("left", sa.String(length=24), nullable=False),
        sa.Column("right", sa.String(length=24), nullable=False),
        sa.Column("score", sa.Float(), nullable=False, comment="probability that both report one event"),
        sa.ForeignKeyConstraint(["left"], ["articles.id"], name=op.f("fk_links_left_articles"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["right"], ["articles.id"], name=op.f("fk_links_right_articles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("left", "right", name=op.f("pk_links")),
        comment="Pairs that may be of one story; left is the smaller id.",
    )
    op.create_index(op.f("ix_links_right"), "links", ["right"], unique=False)
    op.create_table(
        "members",
        sa.Column("article", sa.String(length=24), nullable=False),
        sa.Column("story", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_members_article_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_members_story_stories"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_members")),
        comment="Which story each article is in.",
    )
    op.create_index(op.f("ix_members_story"), "members", ["story"], unique=False)
    op.create_table(
        "names",
        sa.Column("article", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False, comment="as written, folded"),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_names_article_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", "name", name=op.f("pk_names")),
        comment="The names an article mentions, for search.",
    )
    op.create_index(op.f("ix_names_name"), "names", ["name"], unique=False)
    op.create_table(
        "profiles",
        sa.Column("article", sa.String(length=24), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="the Profile's bytes"),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_profiles_article_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_profiles")),
        comment="What grouping looks at in an article.",
    )
    op.create_table(
        "quotes",
        sa.Column("article", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_quotes_article_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", "number", name=op.f("pk_quotes")),
        comment="Each quote's speaker and words, for search and export.",
    )
    op.create_index(op.f("ix_quotes_speaker"), "quotes", ["speaker"], unique=False)
    op.create_table(
        "stages",
        sa.Column("article", sa.String(length=24), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False, comment="annotated, profiled, grouped"),
        sa.Column(
            "version",
            sa.String(length=64),
            nullable=False,
            comment="what made it: the finder's or the profile's version",
        ),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_stages_article_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", "stage", name=op.f("pk_stages")),
        comment="How far each article has come; work that was cut off goes on from here.",
    )
    op.create_table(
        "texts",
        sa.Column("number", sa.Integer(), nullable=False, comment="the row that SQLite's FTS5 index points at"),
        sa.Column("article", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="title and text, for full-text search"),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_texts_article_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_texts")),
        sa.UniqueConstraint("article", name=op.f("uq_texts_article")),
        comment="What search looks in; SQLite has an FTS5 index over it, PostgreSQL a GIN index.",
    )
    for statement in FTS5 if op.get_bind().dialect.name == "sqlite" else (GIN,):
        op.execute(statement)


def downgrade() -> None:
    """Drop them."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE texts_fts")
    op.drop_table("texts")
    op.drop_table("stages")
    op.drop_index(op.f("ix_quotes_speaker"), table_name="quotes")
    op.drop_table("quotes")
    op.drop_table("profiles")
    op.drop_index(op.f("ix_names_name"), table_name="names")
    op.drop_table("names")
    op.drop_index(op.f("ix_members_story"), table_name="members")
    op.drop_table("members")
    op.drop_index(op.f("ix_links_right"), table_name="links")
    op.drop_table("links")
    op.drop_index(op.f("ix_keys_article"), table_name="keys")
    op.drop_table("keys")
    op.drop_table("visits")
    op.drop_index(op.f("ix_stories_last"), table_name="stories")
    op.drop_table("rarities")
    op.drop_table("stories")
    op.drop_table("failures")
    op.drop_table("corrections")
    op.drop_index(op.f("ix_articles_source"), table_name="articles")
    op.drop_index(op.f("ix_articles_published"), table_name="articles")
    op.drop_table("articles")
    op.drop_table("annotations")
