"""Who shares text with whom, and what counts as one account."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from rashomon.model.places import Reading

Degree = Literal["verbatim", "reworded"]
OriginKind = Literal["agency", "article", "unknown"]
Ground = Literal["credited", "earlier", "undated"]
Grade = Literal["one text", "same quotations"]


class Reason(Struct, frozen=True, kw_only=True):
    """Why two articles are held to share a source text, in words that name neither."""

    articles: tuple[str, str]
    text: str


class Origin(Struct, frozen=True, kw_only=True):
    """Where the text a family shares may come from: an agency credited, one of the articles, or unknown.

    `name` is the agency or the article's id; null where a common source outside the set is as likely as one inside it.
    """

    kind: OriginKind
    name: str | None
    text: str


class Family(Struct, frozen=True, kw_only=True):
    """Articles that share a source text, seen or unseen, with a reason for each that joins, and where it may be from."""

    articles: tuple[str, ...]
    origin: Origin
    reasons: tuple[Reason, ...]


class Account(Struct, frozen=True, kw_only=True):
    """Articles that are counted once where independence is counted.

    Of the grade "one text" they are a family; of the grade "same quotations" they are several texts which quote the same words,
    with a reason for each that joins. An article by itself has no grade.
    """

    articles: tuple[str, ...]
    grade: Grade | None
    reasons: tuple[Reason, ...] = ()


class Sharing(Struct, frozen=True, kw_only=True):
    """The other article that holds the most of an article's reporting: null and 0 where none holds any."""

    article: str
    other: str | None
    share: float
    reworded: bool


class Passage(Struct, frozen=True, kw_only=True):
    """A stretch of text that stands in several articles.

    `quoted` is the share of it, 0 to 1, that every article only quotes; `speech` is true where that is most of it.
    """

    id: str
    degree: Degree
    speech: bool
    quoted: float
    readings: tuple[Reading, ...]


class Derivation(Struct, frozen=True, kw_only=True, rename={"source": "from"}):
    """Who seems to have drawn on whom: `source` ("from" in JSON) is an article or an agency.

    `share` is the share of the article's reporting, 0 to 1, that stands in the source too; null for a credited agency,
    whose text is not at hand.
    """

    article: str
    source: str
    share: float | None
    ground: Ground
    readings: tuple[Reading, ...]


class Lineage(Struct, frozen=True, kw_only=True):
    """Shared text. `independent` is the largest number of independent accounts there can be, the length of `accounts`."""

    families: tuple[Family, ...]
    independent: int
    passages: tuple[Passage, ...]
    derivations: tuple[Derivation, ...]
    accounts: tuple[Account, ...] = ()
    sharing: tuple[Sharing, ...] = ()
