"""What of the expected forms must not depend on the machine, or change with every word list, and what stands in its place."""

from __future__ import annotations

from pathlib import Path

import msgspec

from rashomon import codec
from rashomon.annotate import annotate
from rashomon.model import Collation, Provenance
from rashomon.read import read
from rashomon.version import FINDERS, VERSION

EXAMPLES = ("harbour", "spillway", "straits")
SOMETHING = Provenance(
    version=VERSION,
    finders=0,
    spacy="any",
    pipeline="any",
    pipeline_version="any",
    language="en",
    lexicon="any",
    models={},
    settings={},
)


def steady(collation: Collation) -> Collation:
    """The collation as if anything had made it."""
    return msgspec.structs.replace(collation, run=msgspec.structs.replace(collation.run, provenance=SOMETHING))


def found() -> dict[str, str | int]:
    """The number of the finders, and the hash of all that they find in the example stories."""
    articles = [a for story in EXAMPLES for a in read([Path("examples") / story]).articles]
    return {"finders": FINDERS, "found": codec.content_hash(codec.encode(list(annotate(articles))))}
