"""Whether a word in capitals is the initials of a name."""

from __future__ import annotations

import re
from functools import lru_cache

from rashomon.lexicon import words_of
from rashomon.text.naming import MAX_OWNER_WORDS, owner_of
from rashomon.text.words import find_words

# Words that initials may count or leave out.
SMALL = words_of("organisations", "small")
ACRONYM = re.compile(r"[A-Z](?:[.&-]?[A-Z]){1,8}\.?")


def is_acronym_of(short: str, long: str) -> bool:
    """Whether a form is the initials of a name, small words and the country counted or not.

    "D" may stand for the department that a police or fire service is: "TPD", Tessmar Police.
    """
    if not ACRONYM.fullmatch(short) or len(long) <= len(short):
        return False
    letters = re.sub(r"[^A-Z]", "", short)
    return any(p.fullmatch(letters) is not None for p in _initials(long))


@lru_cache(maxsize=20_000)
def _initials(form: str) -> tuple[re.Pattern[str], ...]:
    words = [w.text for w in find_words(form.replace("-", " "))]
    if len(words) < 2 or not any(w[0].isupper() for w in words):
        return ()
    orders = [words]
    if words[-1].lower() in ("department", "ministry"):
        orders.append([words[-1], "of", *words[:-1]])
    if words[0].lower() == "department":
        orders.append(words[2:])
    return tuple(re.compile(pattern) for order in orders if (pattern := _pattern(order)))


def _pattern(words: list[str]) -> str:
    """The letters that can stand for some words, as a regular expression; none when fewer than two words count."""
    n = next((n for n in range(min(MAX_OWNER_WORDS, len(words) - 2), 0, -1) if owner_of(" ".join(words[:n]))), 0)
    for front, own in ((words[:n], words[n:]), ([], words)):
        if sum(w.lower() not in SMALL for w in own) > 1:
            before = "".join(re.sub(r"[^A-Za-z]", "", w) if w.isupper() or "." in w else w[0] for w in front).upper()
            return (f"(?:{before})?" if before else "") + "".join(_initial(w) for w in own)
    return ""


def _initial(word: str) -> str:
    letter = re.escape(word[0].upper())
    if word.lower() in SMALL:
        return f"{letter}?"
    if word.lower() in ("police", "fire"):
        return f"{letter}D?"
    return f"D?{letter}" if word.lower() == "public" else letter
