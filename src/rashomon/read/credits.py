"""Places where a report says that its text comes from an agency."""

from __future__ import annotations

import re
from functools import lru_cache

from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import Credit


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    lexicon = load_lexicon("agencies")
    contexts = lexicon["contexts"]
    compiled = []
    for agency, forms in sorted(lexicon["agencies"].items()):
        # the words of the context in any case, the agency's name in its own
        name = f"(?-i:{alternation(forms)})"
        credit = "|".join(c.replace("{agency}", name) for c in contexts["credit"])
        picture = "|".join(c.replace("{agency}", name) for c in contexts["picture"])
        compiled.append(
            (agency, re.compile(credit, re.IGNORECASE | re.MULTILINE), re.compile(picture, re.IGNORECASE))
        )
    return tuple(compiled)


def find_credits(text: str) -> tuple[Credit, ...]:
    """The credits of a text, each agency once, in order of place. Picture credits are passed over."""
    found = []
    for agency, credit, picture in _patterns():
        for m in credit.finditer(text):
            line = text[text.rfind("\n", 0, m.start()) + 1 : m.end() + 40].split("\n")[0]
            if not picture.search(line):
                found.append(Credit(start=m.start(), end=m.end(), agency=agency))
                break
    return tuple(sorted(found, key=lambda credit: (credit.start, credit.agency)))
