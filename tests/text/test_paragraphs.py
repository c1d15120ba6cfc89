from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rashomon.text.paragraphs import find_paragraphs, number_at


def paragraphs(text: str) -> list[str]:
    """The paragraphs' words."""
    return [text[s.start : s.end] for s in find_paragraphs(text)]


def test_every_line_is_a_paragraph() -> None:
    """Without blank lines a line break ends a paragraph."""
    assert paragraphs("One.\nTwo.\r\nThree.") == ["One.", "Two.", "Three."]


def test_a_break_inside_a_sentence_does_not_end_it() -> None:
    """A stray break goes on in lower case."""
    text = "The union asked for a meeting as part of any deal to end\n\nthe strike, its leader said."
    assert len(paragraphs(text)) == 1


def test_hard_wrapped_lines_are_joined() -> None:
    """Lines cut near one column belong together until a blank line."""
    line = "A crane fell on the quay in Tessmar and the harbour was shut for Days"
    text = "\n".join([line] * 6) + "\n\n" + "\n".join([line] * 6)
    assert len(paragraphs(text)) == 2


@given(st.text(max_size=200))
def test_paragraphs_lie_in_order_within_the_text(text: str) -> None:
    """No paragraph overlaps another or begins or ends with white space."""
    end = 0
    for span in find_paragraphs(text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        end = span.end


def test_a_place_has_the_number_of_its_paragraph() -> None:
    """From one on; between paragraphs it is the one before."""
    text = "One.\n\nTwo.\n\nThree."
    spans = find_paragraphs(text)
    assert [number_at(spans, at) for at in (0, 4, text.index("Two"), text.index("Three") + 2)] == [1, 1, 2, 3]
