"""The library's tables. What each holds stands in its comment, which the databases that keep comments keep too.

articles ──┬── texts          one row a version of an address, named by what it says
           ├── stages         what has been done with it
           ├── quotes, names  what search looks in
           ├── profiles ── keys ── links    what grouping compares and what it found
           └── members ── stories           the stories
annotations                   findings by the content they were made from, kept over re-adding
corrections ── corrected      what users set right, and the articles it is about
notes, failures, visits       what users wrote on passages, what could not be read, what servers said last
accounts ──┬── sessions       whoever may use the app over a network, and where they are logged in
           └── tokens         what their programs show instead of a password
collations, audit             what the app has made, and what was corrected by whom
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _article() -> Column[str]:
    return Column("article", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)


articles = Table(
    "articles",
    metadata,
    Column("id", String(24), primary_key=True, comment="from the address and the hash of the text"),
    Column("address", Text, nullable=False, comment="the URL, else the path or feed entry it was read from"),
    Column("version", Integer, nullable=False, comment="1 for the first text seen at the address, then 2, 3 …"),
    Column("source", Text),
    Column("source_words", Text, nullable=False, comment="the source as search compares it: folded, empty for none"),
    Column("title", Text),
    Column("published", String(32), comment="as it was read, or as a reader set it right"),
    Column("dated", String(32), comment="the day that a reader set right; null where none did"),
    Column("language", String(8)),
    Column("sha256", String(64), nullable=False, comment="of the text, UTF-8"),
    Column("n_chars", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="the Article as it was read, codec bytes"),
    UniqueConstraint("address", "version"),
    comment="Every text ever seen, never changed. A page that changes gets a new version.",
)
Index(None, articles.c.published)
Index(None, articles.c.source)

texts = Table(
    "texts",
    metadata,
    Column("number", Integer, primary_key=True, comment="the row that SQLite's FTS5 index points at"),
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("words", Text, nullable=False, comment="title and text as search compares them: folded"),
    comment="What search looks in; SQLite has an FTS5 index over it, PostgreSQL a GIN index.",
)

stages = Table(
    "stages",
    metadata,
    _article(),
    Column("stage", String(16), primary_key=True, comment="annotated, profiled, grouped"),
    Column("version", String(64), nullable=False, comment="what made it: the finder's or the profile's version"),
    comment="How far each article has come; work that was cut off goes on from here.",
)

findings = Table(
    "annotations",
    metadata,
    Column("content", String(64), primary_key=True, comment="hash of all that annotation looks at"),
    Column("version", String(64), primary_key=True, comment="the finder's version"),
    Column("body", LargeBinary, nullable=False, comment="the Annotations, codec bytes"),
    comment="Findings by content: a text that comes again is not annotated again.",
)

quotes = Table(
    "quotes",
    metadata,
    _article(),
    Column("number", Integer, primary_key=True),
    Column("speaker", Text),
    Column("speaker_words", Text, nullable=False, comment="the speaker as search compares it: folded, empty for none"),
    Column("words", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    comment="Each quote's speaker and words, for search and export.",
)
Index(None, quotes.c.speaker)

names = Table(
    "names",
    metadata,
    _article(),
    Column("name", String(200), primary_key=True, comment="as search compares it: folded"),
    comment="The names an article mentions, for search.",
)
Index(None, names.c.name)

profiles = Table(
    "profiles",
    metadata,
    _article(),
    Column("body", LargeBinary, nullable=False, comment="the Profile's bytes"),
    comment="What grouping looks at in an article.",
)

rarities = Table(
    "rarities",
    metadata,
    Column("epoch", Integer, primary_key=True, comment="1, 2, 3 …; each begins with a counting"),
    Column("n_articles", Integer, nullable=False, comment="how many articles were counted"),
    Column("body", LargeBinary, nullable=False, comment="the Rarity's bytes"),
    comment="How rare terms are in this library, counted again when it has doubled.",
)

keys = Table(
    "keys",
    metadata,
    Column("term", BigInteger, primary_key=True, comment="hash of a rare term"),
    Column("day", Integer, primary_key=True, comment="ordinal of the day of publication, -1 where unknown"),
    _article(),
    Column("weight", Integer, nullable=False, comment="how rare the term is, in thousandths"),
    comment="The inverted index that candidates come from.",
    sqlite_with_rowid=False,
)
Index(None, keys.c.article)

links = Table(
    "links",
    metadata,
    Column("left", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("right", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("score", Float, nullable=False, comment="probability that both report one event"),
    comment="Pairs that may be of one story; left is the smaller id.",
)
Index(None, links.c.right)

stories = Table(
    "stories",
    metadata,
    Column("id", String(16), primary_key=True, comment="from its earliest report"),
    Column("title", Text),
    Column("first", String(32)),
    Column("last", String(32)),
    Column("n_articles", Integer, nullable=False, comment="addresses; the versions of a page count once"),
    Column("n_sources", Integer, nullable=False, comment="sources of the latest versions"),
    Column("n_differences", Integer, comment="null until the story as it is now has been collated"),
    comment="The articles about one event.",
)
Index(None, stories.c.last)

members = Table(
    "members",
    metadata,
    _article(),
    Column("story", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column(
        "as_first", String(16), nullable=False, comment="the id of a story of which this is the earliest report, or was"
    ),
    comment="Which story each article is in.",
)
Index(None, members.c.story)
Index(None, members.c.as_first)

corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("what", String(16), nullable=False, comment="stories, or rows: names, speakers, dates, quotes, points"),
    Column(
        "undone", Integer, comment="null while it holds; else the number of its taking back, in one order with number"
    ),
    Column("body", LargeBinary, nullable=False, comment="the StoryCorrection or Correction, codec bytes"),
    comment="What users set right, in the order in which it is applied; no number is given twice.",
)

corrected = Table(
    "corrected",
    metadata,
    Column("number", ForeignKey("corrections.number", ondelete="CASCADE"), primary_key=True),
    _article(),
    comment="The articles that a correction of rows is about.",
)
Index(None, corrected.c.article)

notes = Table(
    "notes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("who", String(64), nullable=False, comment="the account's name; local where there are none"),
    Column("at", Integer, nullable=False, comment="seconds since 1970"),
    comment="What readers wrote on passages, start to before end of the article's text.",
)
Index(None, notes.c.article)

failures = Table(
    "failures",
    metadata,
    Column("place", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    comment="What could not be read or fetched; --resume tries it again.",
)

visits = Table(
    "visits",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("modified", Text, comment="the server's Last-Modified"),
    comment="What a server said last of an address, for conditional GET.",
)

collations = Table(
    "collations",
    metadata,
    Column("story", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "key",
        String(64),
        nullable=False,
        comment="hash of the story's articles, corrections and what makes a collation",
    ),
    Column("body", LargeBinary, nullable=False, comment="the Collation, codec bytes, packed with zlib"),
    comment="The last collation of a story that the app has shown.",
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False, comment="reader, editor, admin"),
    Column("password", Text, nullable=False, comment="its argon2id hash, with the parameters"),
    Column("made", Integer, nullable=False, comment="seconds since 1970"),
    comment="Whoever may use the app over a network.",
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True, comment="SHA-256 of what the cookie holds"),
    Column("account", ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False),
    Column("until", Integer, nullable=False, comment="seconds since 1970"),
    comment="Where somebody is logged in.",
)
Index(None, sessions.c.account)

tokens = Table(
    "tokens",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("account", ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False),
    Column("label", String(200), nullable=False, comment="what it is for"),
    Column("scopes", String(64), nullable=False, comment="of read, add, correct, with blanks between"),
    Column("hash", String(64), nullable=False, comment="SHA-256 of the token"),
    Column("made", Integer, nullable=False, comment="seconds since 1970"),
    UniqueConstraint("hash"),
    comment="What programs show to the app.",
)
Index(None, tokens.c.account)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Integer, nullable=False, comment="seconds since 1970"),
    Column(
        "who",
        String(64),
        nullable=False,
        comment="the account's name, which may be gone; local for whoever has none, as commands have not",
    ),
    Column("action", String(32), nullable=False, comment="the correction's kind, undo, note, unnote"),
    Column("subject", Text, nullable=False, comment="the number of the correction or note, and what it is about"),
    comment="Who corrected and noted what; nothing is ever taken out.",
)
