"""Places where a report says that its text comes from an agency."""

from __future__ import annotations

import re
from functools import lru_cache

from rashomon.lexicon import alternation, few_blanks, load_lexicon
from rashomon.model import Credit


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    lexicon = load_lexicon("agencies")
    contexts = lexicon["contexts"]
    compiled = []
    for agency, forms in sorted(lexicon["agencies"].items()):
        # the words of the context in any case, the agency's name in its own
        name = f"(?-i:{alternation(forms)})"
        credit = "|".join(few_blanks(c).replace("{agency}", name) for c in contexts["credit"])
        picture = "|".join(few_blanks(c).replace("{agency}", name) for c in contexts["picture"])
        compiled.append((agency, re.compile(credit, re.IGNORECASE | re.MULTILINE), re.compile(picture, re.IGNORECASE)))
    return tuple(compiled)


@lru_cache(maxsize=100)
def _first_words(agency: str) -> frozenset[str]:
    """What stands in every text that names the agency: quicker to look for than a credit."""
    return frozenset(form.split()[0] for form in load_lexicon("agencies")["agencies"][agency])


# How far before a credit, in characters, its line may say that it is a picture's.
BEFORE_PICTURE = 200
# Any agency where only an agency can stand: "By NPA" (but "By NILS ODLAND"), "Skarn (NPA) —", "Skarn (CHANNEL 3) —",
# "SKARN (Agence Nordique) —".
_INITIALS = re.compile(
    r"^[^\w\n]{0,20}By[ \t]{1,20}\[?(?P<byline>[A-Z]{2,6})\b\]?(?!\w|[ \t]{1,3}[A-Z])"
    r"|^[A-Z][\w ,.'’-]{1,50}\((?P<dateline>[A-Z]{2,12}\d{0,2}(?: \d{1,2})?)\)\s{0,20}[-–—_]"
    r"|^[A-Z][A-Z ,.'’-]{2,40}\((?P<named>[A-Z]\w{1,40}(?: [A-Z]\w{1,40}){0,2})\)\s{0,20}[-–—_]",
    re.MULTILINE,
)


def find_credits(text: str) -> tuple[Credit, ...]:
    """The credits of a text, each agency once, in order of place. Picture credits are passed over."""
    found = []
    for agency, credit, picture in _patterns():
        if not any(word in text for word in _first_words(agency)):
            continue
        for m in credit.finditer(text):
            begin = max(0, m.start() - BEFORE_PICTURE)
            line = text[text.rfind("\n", begin, m.start()) + 1 or begin : m.end() + 40].split("\n", maxsplit=1)[0]
            if not picture.search(line):
                found.append(_credit(m, agency))
                break
    known = {form for forms in load_lexicon("agencies")["agencies"].values() for form in forms}
    known |= {credit.agency for credit in found}
    for m in _INITIALS.finditer(text):
        name = m["byline"] or m["dateline"] or m["named"]
        if name not in known:
            known.add(name)
            found.append(_credit(m, name))
    return tuple(sorted(found, key=lambda credit: (credit.start, credit.agency)))


def _credit(m: re.Match[str], agency: str) -> Credit:
    start = m.start() + len(m[0]) - len(m[0].lstrip())
    return Credit(start=start, end=m.end(), agency=agency)
