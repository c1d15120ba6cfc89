"""How fast archives are read: pages of the labelled reports, each with menus and scripts around it, in one WARC archive.

python benchmarks/archive.py [--shared FOLDER] [--pages 200] [--kilobytes 100]
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from html import escape
from pathlib import Path

from grouping import read_base

from rashomon.model import Article
from rashomon.read import read

sys.path.append(str(Path(__file__).parents[1] / "tests" / "run"))
from corpora import write_record

LINKS = 200


def main() -> None:
    """Write, read and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--pages", type=int, default=200, help="how many pages")
    parser.add_argument("--kilobytes", type=int, default=100, help="how large a page is")
    arguments = parser.parse_args()
    articles = read_base(arguments.shared)[: arguments.pages]
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "news.warc.gz"
        records = [write_record(f"https://news.example/{a.id}", page(a, 1000 * arguments.kilobytes)) for a in articles]
        archive.write_bytes(b"".join(gzip.compress(r, mtime=0) for r in records))
        started = time.process_time()
        found = read([archive]).articles
        each = (time.process_time() - started) / len(articles)
        print(
            f"{len(found)} of {len(articles)} pages of {arguments.kilobytes} KB read, {1000 * each:.1f} ms of the processor each"
        )


def page(article: Article, size: int) -> bytes:
    """A report as a page: a menu before it, others' headlines after it, and a script that fills it up to a size."""
    links = "".join(f'<li class="item"><a href="/section/{n}">Section {n}</a></li>' for n in range(LINKS))
    lines = "".join(f"<p>{escape(line)}</p>" for line in article.text.split("\n") if line.strip())
    head = f'<title>{escape(article.title or "")}</title><meta property="article:published_time" content="{article.published}">'
    body = f"<nav><ul>{links}</ul></nav><article><h1>{escape(article.title or '')}</h1>{lines}</article><aside><ul>{links}</ul></aside>"
    script = "<script>" + "var a = 1; " * ((size - len(head) - len(body)) // 11) + "</script>"
    return f"<!doctype html><html lang='en'><head>{head}{script}</head><body>{body}</body></html>".encode()


if __name__ == "__main__":
    main()
