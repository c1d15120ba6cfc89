"""Write the expected forms of the example story again. Read the difference before you commit it."""

from __future__ import annotations

from pathlib import Path

from steady import found, steady

from rashomon import codec
from rashomon.report import FORMS, report
from rashomon.run import collate_paths

FOLDER = Path(__file__).parent
SUFFIXES = {"json": "json", "terminal": "txt", "html": "html"}


def main() -> None:
    """Renew every form, and what is found in the examples."""
    collation, articles = collate_paths([Path("examples/harbour")])
    for form in FORMS:
        (FOLDER / f"harbour.{SUFFIXES[form]}").write_text(report(steady(collation), articles, form), encoding="utf-8")
    (FOLDER / "found.json").write_text(codec.pretty(found()), encoding="utf-8")


if __name__ == "__main__":
    main()
