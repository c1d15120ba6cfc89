from __future__ import annotations

import json
from pathlib import Path

import pytest

from rashomon.errors import UsageError
from rashomon.run.pairs import trace_pairs

TEXT = "The crane fell onto a line of lorries at noon, and divers searched the basin until the light was gone. " * 2


def test_a_line_for_each_pair(tmp_path: Path) -> None:
    """In the order of the file, empty lines passed over, spans that read back."""
    rows = [
        {"id": "p1", "original": TEXT, "reprint": f"Port news\n{TEXT}"},
        {"id": "p2", "original": TEXT, "reprint": ""},
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n\n".join(map(json.dumps, rows)), encoding="utf-8")
    first, second = map(json.loads, trace_pairs(path))
    ((a, b, c, d),) = first["spans"]
    assert rows[0]["original"][a:b] == rows[0]["reprint"][c:d] == TEXT.strip()
    assert second == {"id": "p2", "spans": []}


@pytest.mark.parametrize("line", ["{", '{"id": "x"}', '{"id": 1, "original": "", "reprint": ""}', "[]"])
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str) -> None:
    """The message says which file, which line and what is wanted."""
    path = tmp_path / "pairs.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match=r"pairs\.jsonl, line 1.*original and reprint"):
        list(trace_pairs(path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Nothing is guessed."""
    with pytest.raises(UsageError, match="cannot be read"):
        list(trace_pairs(tmp_path / "none.jsonl"))
