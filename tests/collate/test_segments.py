"""Segments and accounts: what the word table shows in few columns, and how letters follow accounts."""

from __future__ import annotations

from pathlib import Path

from rashomon.collate.segments import MOST_SEGMENTS
from rashomon.model import Article, Collation
from rashomon.run import collate_paths

HEAD = "Harbour shut after accident\n\n"


def test_the_fullest_reading_is_quoted_and_the_rest_told_from_the_base(
    example: tuple[Collation, tuple[Article, ...]],
) -> None:
    """In every quote with segments the base row is the same throughout, and own words have no cells."""
    several = [q for q in example[0].quotes if q.segments]
    assert several
    for quote in several:
        assert len(quote.segments) <= MOST_SEGMENTS
        assert quote.segments[0].start == 0
        assert quote.segments[-1].end == len(quote.table)
        for segment in quote.segments:
            base = segment.cells[quote.base]
            assert base is not None
            assert base.state == "same"
            assert all(
                (cell is None) == (r.manner == "indirect")
                for cell, r in zip(segment.cells, quote.readings, strict=True)
            )


def test_a_changed_word_is_told(tmp_path: Path) -> None:
    """One word for another is one changed segment between two that are the same."""
    for name, verb in (("a", "leave"), ("b", "leave"), ("c", "quit")):
        (tmp_path / f"{name}.txt").write_text(
            f'{HEAD}"If a safety report was ignored, I will {verb} this office," minister Ilsa Brandvik said.'
        )
    quote = next(q for q in collate_paths([tmp_path])[0].quotes if len(q.readings) == 3)
    states = [[cell.state for cell in segment.cells if cell] for segment in quote.segments]
    assert states == [["same"] * 3, ["same", "same", "changed"], ["same"] * 3]


def test_letters_of_one_text_are_neighbours(example: tuple[Collation, tuple[Article, ...]]) -> None:
    """Every report has a letter of its own, and those of an account follow one another."""
    letters = {a.id: a.letter for a in example[0].articles}
    assert sorted(letters.values()) == ["A", "B", "C", "D", "E"]
    assert len(example[0].lineage.accounts) == example[0].lineage.independent
    for account in example[0].lineage.accounts:
        own = sorted(ord(letters[a]) for a in account.articles)
        assert own == list(range(own[0], own[0] + len(own)))


def test_each_value_of_a_figure_stands_once(example: tuple[Collation, tuple[Article, ...]]) -> None:
    """The values have all readings between them, and no number twice."""
    for figure in example[0].figures:
        assert sorted(n for v in figure.values for n in v.readings) == list(range(len(figure.readings)))
        assert len({(v.low, v.high, v.change) for v in figure.values}) == len(figure.values)


def test_the_briefing_is_put_together_of_its_parts(example: tuple[Collation, tuple[Article, ...]]) -> None:
    """Parts make the text, their readings are among the cites; groups come in order, and no line stands twice."""
    lines = example[0].briefing
    assert lines
    order = ["agree", "differ", "alone"]
    assert [line.group for line in lines] == sorted((line.group for line in lines), key=order.index)
    assert len({line.text for line in lines}) == len(lines)
    for line in lines:
        assert "".join(part.text for part in line.parts) == line.text
        assert {r for part in line.parts for r in part.cites} <= set(line.cites)
