"""A story counts the addresses of its articles: the versions of a page counted as so many reports until now."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

articles = sa.table("articles", sa.column("id"), sa.column("address"), sa.column("version"), sa.column("source"))
members = sa.table("members", sa.column("article"), sa.column("story"))
stories = sa.table("stories", sa.column("id"), sa.column("n_articles"), sa.column("n_sources"))


def upgrade() -> None:
    """Count again."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.execute("COMMENT ON COLUMN stories.n_articles IS 'addresses; the versions of a page count once'")
        op.execute("COMMENT ON COLUMN stories.n_sources IS 'sources of the latest versions'")
    rows = connection.execute(
        sa.select(members.c.story, articles.c.address, articles.c.source)
        .join(articles, articles.c.id == members.c.article)
        .order_by(articles.c.version)
    ).all()
    latest: dict[str, dict[str, str | None]] = {}
    for story, address, source in rows:
        latest.setdefault(story, {})[address] = source
    for story, sources in latest.items():
        counted = {"n_articles": len(sources), "n_sources": len(set(sources.values()))}
        connection.execute(sa.update(stories).where(stories.c.id == story).values(**counted))


def downgrade() -> None:
    """Leave the numbers: they are counted again as stories change."""
