"""Time the page of a large story: how long it takes to write, to open in Chromium, and to show a passage.

    python benchmarks/page.py [--reports 300]

The story is made by a seeded generator from the example story: paragraphs of it, and copies, with changes, of some texts.
Collating it takes minutes. Prints seconds and megabytes, the best of three openings.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from collate import base_text, copy_with_changes
from rashomon.model import Article, Intake
from rashomon.read import read
from rashomon.read.plain import build_article
from rashomon.report import report
from rashomon.run import collate_articles

SEED = 3
ROUNDS = 3
# Reports for each text of their own.
COPIES = 4


def main() -> None:
    """Print a line for the page's size and one for each thing that is timed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=300)
    collation, articles = collate_articles(Intake(articles=make_articles(parser.parse_args().reports), rejects=()))
    start = time.perf_counter()
    page = report(collation, articles, "html")
    seconds, size = time.perf_counter() - start, len(page.encode())
    beside = size - sum(len(article.text.encode()) for article in articles)
    print(
        f"{len(articles)} reports, written in {seconds:.1f} s, {size / 1e6:.2f} MB, {beside / 1e6:.2f} beside the texts"
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        times = [open_page(browser, file) for _ in range(ROUNDS)]
        print(f"opened in {min(times)[0]:.2f} s, a passage shown in {min(shown for _, shown in times):.2f} s")


def make_articles(n: int) -> tuple[Article, ...]:
    """Reports of one event: a few paragraphs of the example, then a text that several have."""
    generator = random.Random(SEED)  # noqa: S311 - a benchmark's text, no secret
    stories = [a.text.split("\n\n") for a in read([Path(__file__).parent.parent / "examples" / "harbour"]).articles]
    bases = [base_text(250, generator) for _ in range(max(1, n // COPIES))]
    articles = []
    for number in range(n):
        base = generator.randrange(len(bases))
        head = "\n\n".join(stories[(base + number % 2) % len(stories)][2:5])
        text = f"Crane falls, report {number}\n\n{head}\n\n{copy_with_changes(bases[base], generator)}"
        articles.append(build_article(id=f"r{number:03}", path=f"r{number:03}.txt", text=text, language="en"))
    return tuple(articles)


def open_page(browser: Browser, file: Path) -> tuple[float, float]:
    """Seconds until the page is loaded, and from a click on a letter until its passage is marked."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    start = time.perf_counter()
    tab.goto(file.as_uri())
    opened = time.perf_counter()
    tab.locator("main a[data-at]").first.click()
    tab.locator("mark.hit").first.wait_for()
    shown = time.perf_counter()
    tab.close()
    return opened - start, shown - opened


if __name__ == "__main__":
    main()
