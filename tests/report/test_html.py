"""The page as a file: closed to the outside, whole in itself, of a size that can be sent."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from lxml import html

from rashomon.model import Article, Collation
from rashomon.report import report
from rashomon.report.html.small import shrink_markup

Example = tuple[Collation, tuple[Article, ...]]
# What a page of five reports may weigh beside their texts.
MOST_BYTES = 250_000


@pytest.fixture(scope="module", params=[False, True], ids=["texts", "snippets"])
def page(request: pytest.FixtureRequest, example: Example) -> str:
    """The example's page, with its texts and with snippets."""
    return report(*example, "html", share=request.param)


def test_the_policy_names_the_style_and_the_script(page: str) -> None:
    """Nothing runs but what the policy names by its hash; no attribute holds style or script."""
    policy = re.search(r'Content-Security-Policy"? content="([^"]+)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        [content] = re.findall(rf"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy[1]
    names = {name for element in html.fromstring(page).iter() for name in element.attrib}
    assert "style" not in names
    assert not {name for name in names if name.startswith("on")}


def test_nothing_is_fetched(page: str) -> None:
    """No element of the page has an address outside it, but links that a reader follows."""
    for element in html.fromstring(page).iter():
        for name in ("src", "srcset", "data", "action", "xlink:href"):
            assert element.get(name) is None
        assert element.tag not in ("link", "img", "iframe", "object", "base", "form")
    [style] = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    assert set(re.findall(r"url\(([^)]*)\)", style)) <= {"#hatch", "#fine", "#dots", "#cut"}
    assert "@import" not in style


def test_every_link_and_label_leads_somewhere(example: Example) -> None:
    """Links within the page, labels and controls name elements that are there, and no id stands twice."""
    document = html.fromstring(report(*example, "html"))
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in document.iter("a"):
        assert element.get("href", "").removeprefix("#") in ids
    for name in ("aria-labelledby", "aria-controls", "for", "list"):
        for element in document.iter():
            assert element.get(name) is None or element.get(name) in ids


def test_the_texts_stand_once_and_whole(example: Example) -> None:
    """The paragraphs of each report on the page are those of its text, in order."""
    document = html.fromstring(report(*example, "html"))
    for card in example[0].articles:
        text = next(article.text for article in example[1] if article.id == card.id)
        [shown] = document.xpath(f"//article[@id='rep-{card.letter}']")
        paragraphs = shown.xpath("./div")
        assert " ".join(p.find("p").text_content() for p in paragraphs).split() == text.split()
        for paragraph in paragraphs:
            start, words = int(paragraph.get("data-s")), paragraph.find("p").text_content()
            assert text[start : start + len(words)] == words


def test_the_page_is_small(example: Example) -> None:
    """Five reports take a quarter of a megabyte beside their texts."""
    texts = sum(len(article.text.encode()) for article in example[1])
    assert len(report(*example, "html").encode()) - texts <= MOST_BYTES


@pytest.mark.parametrize(
    ("page", "small"),
    [
        ("<tr><td>A</td><td>B</td></tr>", "<tr><td>A<td>B"),
        ("<ul><li>A</li>\n<li>B</li></ul>", "<ul><li>A\n<li>B</ul>"),
        ("<div><p>A</p></div>", "<div><p>A</div>"),
        # what follows would stand in the paragraph
        ("<p>A</p><svg></svg>", "<p>A</p><svg></svg>"),
        ('<a class="l" href="#A1">', "<a class=l href=#A1>"),
        ('<a class="l off">', '<a class="l off">'),
        # the stroke would be part of the value
        ('<rect x="1" width="5"/>', '<rect x=1 width="5"/>'),
        ('<p lang="">', '<p lang="">'),
        ("She said &#34;x=1&#34; twice", "She said &#34;x=1&#34; twice"),
    ],
)
def test_markup_without_what_html_lets_go(page: str, small: str) -> None:
    """End tags and quotation marks go only where a browser reads the page alike without them."""
    assert shrink_markup(page) == small
