"""Make the recorded feeds from the example stories: five outlets, three reports each, as RSS, Atom and JSON Feed.

python examples/feeds/make.py
"""

from __future__ import annotations

import json
from datetime import datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

from rashomon.model import Article
from rashomon.read import read

FOLDER = Path(__file__).parent
STORIES = ("harbour", "spillway", "straits")
OUTLETS = ("courier", "gazette", "herald", "phare", "quayside")
HOST = "http://127.0.0.1:8123"
CONTENT = "http://purl.org/rss/1.0/modules/content/"


def main() -> None:
    """Write a feed for each outlet, and the list of them."""
    reports = [read([FOLDER.parent / story]).articles for story in STORIES]
    names = []
    for outlet, own in zip(OUTLETS, zip(*reports, strict=True), strict=True):
        kind, write = {"herald": ("atom", atom), "phare": ("json", json_feed)}.get(outlet, ("rss", rss))
        names.append(f"{outlet}.{kind}")
        (FOLDER / names[-1]).write_text(write(outlet, list(own)), encoding="utf-8")
    outlines = "\n".join(f'  <outline text="{n.split(".")[0]}" xmlUrl="{HOST}/{n}"/>' for n in names)
    (FOLDER / "feeds.opml").write_text(f'<opml version="2.0">\n <body>\n{outlines}\n </body>\n</opml>\n')


def rss(outlet: str, own: list[Article]) -> str:
    """RSS 2.0."""
    items = "\n".join(
        f"<item><title>{escape(a.title or '')}</title><link>{link(outlet, a)}</link><guid>{link(outlet, a)}</guid>"
        f"<pubDate>{format_datetime(day(a))}</pubDate><content:encoded>{escape(body(a))}</content:encoded></item>"
        for a in own
    )
    return f'<?xml version="1.0"?>\n<rss version="2.0" xmlns:content="{CONTENT}"><channel><title>{outlet.title()}</title>\n{items}\n</channel></rss>\n'


def atom(outlet: str, own: list[Article]) -> str:
    """Atom (RFC 4287)."""
    entries = "\n".join(
        f'<entry><title>{escape(a.title or "")}</title><id>{link(outlet, a)}</id><link href="{link(outlet, a)}"/>'
        f"<published>{day(a).isoformat()}</published><author><name>{escape(a.byline or outlet)}</name></author>"
        f'<content type="html">{escape(body(a))}</content></entry>'
        for a in own
    )
    return f'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>{outlet.title()}</title>\n{entries}\n</feed>\n'


def json_feed(outlet: str, own: list[Article]) -> str:
    """JSON Feed 1.1."""
    items = [
        {"id": link(outlet, a), "url": link(outlet, a), "title": a.title, "content_html": body(a),
         "date_published": day(a).isoformat()}
        for a in own
    ]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.title(), "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def link(outlet: str, article: Article) -> str:
    """Where the report would stand."""
    return f"https://{outlet}.example/{article.id}"


def day(article: Article) -> datetime:
    """Noon of the day of publication."""
    return datetime.fromisoformat(f"{(article.published or '')[:10]}T12:00:00+00:00")


def body(article: Article) -> str:
    """The reporting as paragraphs, without the lines about it."""
    ends = [0, *(f.end for f in article.furniture)]
    starts = [*(f.start for f in article.furniture), len(article.text)]
    kept = "\n".join(article.text[a:b] for a, b in zip(ends, starts, strict=True) if a < b)
    paragraphs = [" ".join(line.split()) for line in kept.splitlines() if line.strip()]
    return "".join(f"<p>{escape(p)}</p>" for p in paragraphs if p != article.title)


if __name__ == "__main__":
    main()
