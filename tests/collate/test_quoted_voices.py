"""Words that reports quote alike and lay to different people are a difference."""

from __future__ import annotations

from rashomon.model import Intake
from rashomon.read.plain import build_article
from rashomon.run import collate_articles

WORDS = "“Depending on the weather, the crews may have to wait in the harbour for another two days,”"
FIRST = "The ferry sank off Linz on Monday.\n\n{} said {}.\n\nDivers are looking for the captain."


def voices(*told: str) -> list[tuple[str, list[str]]]:
    """The differences about who says some words in reports that each tell who does."""
    articles = tuple(
        build_article(id=f"r{n}", path=f"r{n}.txt", text=text, published="2026-04-14", language="en")
        for n, text in enumerate(told)
    )
    found = collate_articles(Intake(articles=articles, rejects=()))[0]
    voiced = [d for d in found.differences if d.kind == "attribution" and d.topic.startswith("Who says “")]
    assert all(d.sure for d in voiced)
    return [(d.topic, [side.says for side in d.sides]) for d in voiced]


def test_the_same_words_of_two_people() -> None:
    """Who says them is told, with the words cut."""
    [(topic, sides)] = voices(
        FIRST.format(WORDS, "Anna Keller"), FIRST.format(WORDS, "Peter Huber, who leads the port")
    )
    assert topic.startswith("Who says “Depending on the weather, the crews may have to wait")
    assert sides == ["Anna Keller", "Peter Huber"]


def test_the_same_words_of_one_person() -> None:
    """However the reports name them, and whoever a pronoun may stand for."""
    assert len(voices(FIRST.format(WORDS, "Anna Keller"), FIRST.format(WORDS, "Peter Huber"))) == 1
    assert voices(FIRST.format(WORDS, "Anna Keller"), FIRST.format(WORDS, "Ms. Keller")) == []
    behind = f"Peter Huber leads the port.\n\nThe ferry sank off Linz on Monday. Huber was there.\n\n{WORDS} he said."
    assert voices(FIRST.format(WORDS, "Anna Keller"), behind) == []
