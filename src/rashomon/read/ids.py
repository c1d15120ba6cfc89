"""Ids of articles that were read together: no two the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec

from rashomon.model import Article

# Forms that hold one report a file: its name is the file's.
SINGLE = (".txt", ".md", ".html", ".htm", ".eml", ".pdf")


def with_unique_ids(articles: list[Article]) -> list[Article]:
    """Articles in order of id; where two files share a stem, the folders tell them apart."""
    taken = Counter(article.id for article in articles)
    renamed = [
        article if taken[article.id] == 1 else msgspec.structs.replace(article, id=_long_id(article))
        for article in articles
    ]
    ordered = sorted(renamed, key=lambda a: (a.id, a.sha256, a.path))
    seen: set[str] = set()
    last: Counter[str] = Counter()
    unique = []
    for article in ordered:
        name = article.id
        while name in seen:
            last[article.id] += 1
            name = f"{article.id}~{last[article.id] + 1}"
        seen.add(name)
        unique.append(article if name == article.id else msgspec.structs.replace(article, id=name))
    return sorted(unique, key=lambda a: a.id)


def _long_id(article: Article) -> str:
    path = Path(article.path)
    return str(path.with_suffix("")).strip("./") if path.suffix in SINGLE else article.id
