from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import msgspec
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from rashomon.annotate import _find_all, annotate, tagging
from rashomon.annotate.tagging import (
    LONGEST_SENTENCE,
    MOST_AT_ONCE,
    load_pipeline,
    parse_articles,
    reporting_paragraphs,
)
from rashomon.model import Annotations, Article
from rashomon.read import read
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT


def reports(n: int) -> list[Article]:
    """The reports of the example with words that nobody has used before."""
    return [
        msgspec.structs.replace(
            a, id=f"{a.id}{n}", text=a.text.replace("crane", f"crane-wq{n}x").replace("Tessmar", f"Tessmar{n}q")
        )
        for a in read([Path("examples/harbour")]).articles
    ]


def test_words_are_forgotten() -> None:
    """However many texts are annotated, the pipeline's store of strings stays as large as it was."""
    strings = load_pipeline().vocab.strings
    list(annotate(reports(0)))
    before = len(strings)
    for n in range(1, 6):
        list(annotate(reports(n)))
    assert len(strings) == before
    assert "crane-wq1x" not in strings


def test_forgetting_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found is the same in parts of any size, with docs that are kept, and the second time."""
    articles = [a for n in (6, 7) for a in reports(n)]
    found = list(annotate(articles))
    monkeypatch.setattr(sys.modules["rashomon.annotate"], "ARTICLES_AHEAD", 3)
    assert list(annotate(articles)) == found
    kept = list(parse_articles(articles, DEFAULT.annotate))
    assert [_find_all(parsed) for parsed in kept] == found
    assert list(annotate(articles)) == found
    assert [_find_all(parsed) for parsed in kept] == found


def test_threads_do_not_forget_for_one_another() -> None:
    """Two threads that annotate at once find what each finds alone."""
    alone = [list(annotate(reports(n))) for n in (8, 9)]
    together: dict[int, list[Annotations]] = {}

    def work(n: int) -> None:
        together[n] = list(annotate(reports(n)))

    threads = [Thread(target=work, args=(n,)) for n in (8, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[8], together[9]] == alone


@pytest.mark.parametrize("sign", ["- ", "crane ", '"crane" ', "he said ", "if he said that "])
def test_no_sentence_is_longer_than_any_writer_has_one(sign: str) -> None:
    """What has no full stop is cut, so that climbing a sentence's tree takes time in proportion to a text."""
    article = build_article(id="a", path="a.txt", text="The quay fell. " + sign * 2000, language="en")
    (parsed,) = parse_articles([article], DEFAULT.annotate)
    assert max(len(sentence) for p in parsed.paragraphs for sentence in p.doc.sents) <= LONGEST_SENTENCE + 1


@pytest.mark.parametrize("sign", ['"', "*", "_", ".", "x", "1,"])
def test_what_is_longer_than_any_word_is_not_tokenized(sign: str) -> None:
    """It is left out and what stands around it is read."""
    text = f"The quay fell on Tuesday. {sign * 500} Nobody was hurt, the mayor said."
    spans = reporting_paragraphs(build_article(id="a", path="a.txt", text=text, language="en"), 20_000)
    assert [text[s.start : s.end].strip() for s in spans] == [
        "The quay fell on Tuesday.",
        "Nobody was hurt, the mayor said.",
    ]


def test_a_long_paragraph_of_prose_is_parsed_as_it_was() -> None:
    """Sentences as people write them are cut nowhere."""
    text = "The quay fell on Tuesday, and the mayor said that nobody knew why it had. " * 60
    article = build_article(id="a", path="a.txt", text=text, language="en")
    (parsed,) = parse_articles([article], DEFAULT.annotate)
    (paragraph,) = parsed.paragraphs
    alone = load_pipeline()(text.strip())
    assert [t.is_sent_start for t in paragraph.doc][: len(alone)] == [t.is_sent_start for t in alone]


def test_long_paragraphs_are_not_tagged_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many characters at a time, in the order of the text, whatever `batch` says."""
    batches: list[int] = []

    def counted(pipeline: Language, texts: Sequence[str]) -> list[Doc]:
        batches.append(sum(map(len, texts)))
        assert len(texts) <= DEFAULT.annotate.batch
        return [pipeline.make_doc(text) for text in texts]

    monkeypatch.setattr(tagging, "_parsed", counted)
    text = "The quay fell. " * 20_000
    article = build_article(id="a", path="a.txt", text=text, language="en")
    (parsed,) = parse_articles([article], DEFAULT.annotate)
    assert len(batches) > 1
    assert max(batches) <= MOST_AT_ONCE
    assert "".join(p.doc.text for p in parsed.paragraphs).split() == text.split()
