"""Pieces of HTML inside other formats: feed entries, mail, news items."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree, html

BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "tr",
        "ul",
    ]
)
UNSEEN = frozenset({"script", "style", "noscript", "template"})
_GAPS = re.compile(r" ?\n\s*")


def fragment_text(fragment: str) -> str:
    """The text of some HTML, blocks a blank line apart; what is no HTML comes back as it is."""
    if "<" not in fragment:
        return unescape(fragment).strip()
    try:
        root = html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return unescape(fragment).strip()
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in UNSEEN:
            if element.getparent() is not None:
                element.drop_tree()
        elif element.tag in BLOCKS:
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
    return _GAPS.sub("\n\n", " ".join(re.split(r"[ \t\r\f\v]+", root.text_content()))).strip()
