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
        compiled.append((agency, re.compile(credit, re.IGNORECASE | re.MULTILINE), re.compile(picture, re.IGNORECASE)))
    return tuple(compiled)


@lru_cache(maxsize=100)
def _first_words(agency: str) -> frozenset[str]:
    """What stands in every text that names the agency: quicker to look for than a credit."""
    return frozenset(form.split()[0] for form in load_lexicon("agencies")["agencies"][agency])


# Any agency where only an agency can stand: "By NPA", "Skarn (NPA) —", "SKARN (Agence Nordique) —".
_INITIALS = re.compile(
    r"^[^\w\n]*By[ \t]+\[?(?P<byline>[A-Z]{2,6})\b\]?(?=\W|$)"
    r"|^[A-Z][\w ,.'’-]{1,50}\((?P<dateline>[A-Z]{2,6})\)\s*[-–—_]"
    r"|^[A-Z][A-Z ,.'’-]{2,40}\((?P<named>[A-Z]\w+(?: [A-Z]\w+){0,2})\)\s*[-–—_]",
    re.MULTILINE,
)


def find_credits(text: str) -> tuple[Credit, ...]:
    """The credits of a text, each agency once, in order of place. Picture credits are passed over."""
    found = []
    for agency, credit, picture in _patterns():
        if not any(word in text for word in _first_words(agency)):
            continue
        for m in credit.finditer(text):
            line = text[text.rfind("\n", 0, m.start()) + 1 : m.end() + 40].split("\n", maxsplit=1)[0]
            if not picture.search(line):
                found.append(_credit(m, agency))
                break
    known = {form for forms in load_lexicon("agencies")["agencies"].values() for form in forms}
    for m in _INITIALS.finditer(text):
        name = m["byline"] or m["dateline"] or m["named"]
        if name not in known and name not in {credit.agency for credit in found}:
            found.append(_credit(m, name))
    return tuple(sorted(found, key=lambda credit: (credit.start, credit.agency)))


def _credit(m: re.Match[str], agency: str) -> Credit:
    start = m.start() + len(m[0]) - len(m[0].lstrip())
    return Credit(start=start, end=m.end(), agency=agency)
