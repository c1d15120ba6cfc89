"""OPML: lists of feeds, as feed readers export them."""

from __future__ import annotations

from lxml import etree

from rashomon.errors import UsageError


def read_opml(data: bytes, name: str) -> list[str]:
    """The addresses of the feeds listed, in order, each once. Raises `UsageError` where there are none."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{name}: is no OPML ({error}); export the list of feeds again") from error
    feeds = [url for outline in root.iter("outline") if (url := outline.get("xmlUrl"))]
    if not feeds:
        raise UsageError(f"{name}: lists no feeds; an outline needs an xmlUrl")
    return list(dict.fromkeys(feeds))
