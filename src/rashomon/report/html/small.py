"""Markup and style without what a browser can do without, so that a page can be sent."""

from __future__ import annotations

import re

# End tags that HTML lets go, and quotation marks around a value that holds nothing they are needed for (HTML, 13.1.2).
_NEEDLESS = re.compile(
    r"""</(?:td|th|tr|li|thead|tbody|option)>"""
    r"""|</p>(?=<(?:p|div|ul|ol|table|h[1-6]|article|section|/div|/article|/section)\b)"""
    r"""|(?<= )([A-Za-z-]{1,20}=)"([^\s"'`=<>]{1,99})"(?=[ >])"""
)
# Blanks beside the marks of a style sheet.
_BLANKS = re.compile(r"\s{0,99}([{};,]|:(?=\s))\s{0,99}")


def shrink_markup(page: str) -> str:
    """A page without end tags and quotation marks that HTML does not need.

    >>> shrink_markup('<td class="no">A</td><td class="a b">B</td>')
    '<td class=no>A<td class="a b">B'
    """
    return _NEEDLESS.sub(lambda found: found[1] + found[2] if found[1] else "", page)


def shrink_style(style: str) -> str:
    """A style sheet without blanks and the last semicolon of a rule.

    >>> shrink_style("a { color: red; }")
    'a{color:red}'
    """
    return _BLANKS.sub(r"\1", style).replace(";}", "}")
