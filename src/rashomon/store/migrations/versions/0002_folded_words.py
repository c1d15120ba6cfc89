"""Words are kept folded, so that a search means the same in both databases.

Until now each database folded as it could: SQLite took `Ö` and `ö` for two letters in speakers and sources, PostgreSQL
`Muller` and `Müller` for two words in texts.
"""

import sqlalchemy as sa
from alembic import op

from rashomon import codec
from rashomon.model import Article
from rashomon.store.articles import searched_words
from rashomon.text.words import fold_text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

articles = sa.table("articles", sa.column("id"), sa.column("source"), sa.column("source_words"), sa.column("body"))
texts = sa.table("texts", sa.column("article"), sa.column("words"))
quotes = sa.table("quotes", sa.column("article"), sa.column("number"), sa.column("speaker"), sa.column("speaker_words"))
names = sa.table("names", sa.column("article"), sa.column("name"))


def upgrade() -> None:
    """Add the folded columns and fill them from what is kept."""
    connection = op.get_bind()
    is_sqlite = connection.dialect.name == "sqlite"
    for table, column in (("articles", "source_words"), ("quotes", "speaker_words")):
        what = column.removesuffix("_words")
        comment = f"the {what} as search compares it: folded, empty for none"
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default="", comment=comment))
    if is_sqlite:
        op.execute("INSERT INTO texts_fts(texts_fts) VALUES ('delete-all')")
    else:
        op.execute("COMMENT ON COLUMN texts.words IS 'title and text as search compares them: folded'")
        op.execute("COMMENT ON COLUMN names.name IS 'as search compares it: folded'")
    for article in list(connection.scalars(sa.select(articles.c.id))):
        _fold(connection, article)
    if is_sqlite:
        op.execute("INSERT INTO texts_fts(texts_fts) VALUES ('rebuild')")


def _fold(connection: sa.Connection, name: str) -> None:
    body = connection.execute(sa.select(articles.c.body).where(articles.c.id == name)).scalar_one()
    article = codec.decode(body, Article)
    connection.execute(
        sa.update(articles).where(articles.c.id == name).values(source_words=fold_text(article.source or ""))
    )
    connection.execute(sa.update(texts).where(texts.c.article == name).values(words=searched_words(article)))
    for number, speaker in connection.execute(
        sa.select(quotes.c.number, quotes.c.speaker).where(quotes.c.article == name)
    ).all():
        connection.execute(
            sa.update(quotes)
            .where(quotes.c.article == name, quotes.c.number == number)
            .values(speaker_words=fold_text(speaker or ""))
        )
    mentioned = {fold_text(own) for own in connection.scalars(sa.select(names.c.name).where(names.c.article == name))}
    connection.execute(sa.delete(names).where(names.c.article == name))
    if mentioned - {""}:
        connection.execute(sa.insert(names), [{"article": name, "name": own} for own in sorted(mentioned - {""})])


def downgrade() -> None:
    """Drop the columns; words stay folded."""
    op.drop_column("articles", "source_words")
    op.drop_column("quotes", "speaker_words")
