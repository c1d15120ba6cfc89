"""What changed between the versions of a page: words, and the quotes and figures that came, went or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from rashomon.errors import UsageError
from rashomon.model import Annotations, Article, Replacement, VersionChange
from rashomon.run.annotating import annotations_of
from rashomon.settings import DEFAULT, Settings
from rashomon.store import Store, versions_of
from rashomon.text.words import find_words


def changes_of(store: Store, url: str, settings: Settings = DEFAULT) -> tuple[VersionChange, ...]:
    """Each step from one version of an address to the next. Raises `UsageError` for an address that is not there."""
    versions = versions_of(store, url)
    if not versions:
        raise UsageError(f"{url}: no page of this address in {store.place}; add it first")
    found = annotations_of(store, versions, settings)
    return tuple(
        VersionChange(
            before=a.id,
            after=b.id,
            published=b.modified or b.published,
            words=_words(a.text, b.text),
            quotes=_items(_quotes(a, found[a.id]), _quotes(b, found[b.id])),
            figures=_items(_figures(a, found[a.id]), _figures(b, found[b.id])),
        )
        for a, b in pairwise(versions)
    )


def _words(before: str, after: str) -> tuple[Replacement, ...]:
    return tuple(
        Replacement(before=gone, after=after[start:end] if start < end else None)
        for gone, start, end in changed_stretches(before, after)
    )


def changed_stretches(before: str, after: str) -> list[tuple[str | None, int, int]]:
    """The stretches that differ, word by word (Ratcliff and Metzener 1988).

    Each has the words that went, and from where to where in `after` those stand that came; of one that only went, where it stood.
    """
    left, right = find_words(before), find_words(after)
    matcher = SequenceMatcher(None, [w.text for w in left], [w.text for w in right], autojunk=False)
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            start = right[c].start if c < len(right) else len(after)
            gone = before[left[a].start : left[b - 1].end] if b > a else None
            found.append((gone, start, right[d - 1].end if d > c else start))
    return found


def _quotes(article: Article, own: Annotations) -> list[str]:
    return [
        f"{quote.speaker_name or 'someone'}: {' … '.join(article.text[c.start : c.end] for c in quote.content)}"
        for quote in own.quotes
    ]


def _figures(article: Article, own: Annotations) -> list[str]:
    return [f"{article.text[f.start : f.end]} {f.about}".strip() for f in own.figures]


def _items(before: Sequence[str], after: Sequence[str]) -> tuple[Replacement, ...]:
    """What is only in one version; what is in both but elsewhere is not told."""
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return (
        *(Replacement(before=words, after=None) for words in gone.elements()),
        *(Replacement(before=None, after=words) for words in come.elements()),
    )
