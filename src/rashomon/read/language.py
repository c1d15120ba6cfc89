"""Which language a text is in: English by its function words, else by py3langid (Lui and Baldwin, langid.py, 2012)."""

from __future__ import annotations

from rashomon.text.words import STOP, find_words

SAMPLE = 3000
MIN_WORDS = 8
# Running English has 35–50 % function words; other languages share only a few letters' worth of them.
ENGLISH_SHARE = 0.22


def detect_language(text: str) -> str | None:
    """An ISO 639-1 code, or None when there are too few words to tell."""
    words = find_words(text, 0, min(len(text), SAMPLE))
    if len(words) < MIN_WORDS:
        return None
    if sum(word.text.lower() in STOP for word in words) >= ENGLISH_SHARE * len(words):
        return "en"
    import py3langid

    return str(py3langid.classify(text[:SAMPLE])[0])
