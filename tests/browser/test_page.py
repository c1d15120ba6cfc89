from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from rashomon.model import Article, Collation, Intake
from rashomon.read.plain import build_article
from rashomon.report import report
from rashomon.run import collate_articles

Example = tuple[Collation, tuple[Article, ...]]
WIDTHS = (320, 360, 390, 600, 720, 900, 1100, 1280, 1600, 1920)


def open_folds(tab: Any) -> None:
    """Every fold of the page opened."""
    tab.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")


def article_of(example: Example, letter: str) -> Article:
    """The report that has a letter."""
    [card] = [card for card in example[0].articles if card.letter == letter]
    return next(article for article in example[1] if article.id == card.id)


def marked(tab: Any) -> str:
    """The words of the passage that is shown."""
    return "".join(tab.locator("mark.hit").all_inner_texts())


def test_a_letter_opens_its_report_at_the_words(page: Any, example: Example) -> None:
    """A click on a figure's letter marks exactly the characters the figure rests on, and says where they stand."""
    letter = page.locator("#figures a[data-at]").first
    start, length = map(int, letter.get_attribute("data-at").split(",")[0].split("+"))
    letter.click()
    assert marked(page) == article_of(example, letter.inner_text()).text[start : start + length]
    assert page.locator("mark.hit").first.is_visible()
    assert (
        page.locator("#ctx-where")
        .inner_text()
        .startswith(f"{letter.inner_text()} ¶{letter.get_attribute('data-p')} · ")
    )


def test_the_keyboard_opens_steps_and_comes_back(page: Any) -> None:
    """Enter opens at the paragraph, n and p go through the places, Escape returns to the letter."""
    page.locator("#differences a[data-at]").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('[data-s] p')")
    first = page.locator("#ctx-where").inner_text()
    page.keyboard.press("n")
    second = page.locator("#ctx-where").inner_text()
    assert " · 1 of " in first
    assert " · 2 of " in second
    page.keyboard.press("p")
    assert page.locator("#ctx-where").inner_text() == first
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('#differences a[data-at]')")
    assert page.locator("mark.hit").count() == 0


def test_a_letter_is_called_by_its_report_and_paragraph(page: Any) -> None:
    """What a screen reader says of a letter is its report, its paragraph and how many places it has."""
    letter = page.locator("#differences a[data-n]").first
    told = f"{letter.inner_text()},paragraph{letter.get_attribute('data-p')},{letter.get_attribute('data-n')}places"
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    names = {n["name"]["value"] for n in nodes if n["role"]["value"] == "link" and "name" in n}
    # Chromium counts blanks at the edges of what a style writes as it likes.
    assert told in {"".join(name.split()) for name in names}


def test_keys_do_nothing_outside_the_pane(page: Any) -> None:
    """N is no shortcut while the focus is in the text (WCAG 2.1.4)."""
    page.locator("#differences a[data-at]").first.click()
    where = page.locator("#ctx-where").inner_text()
    page.locator("#differences a[data-at]").nth(1).focus()
    page.keyboard.press("n")
    assert page.locator("#ctx-where").inner_text() == where


def test_tabs_keep_the_statement(page: Any) -> None:
    """Another report's tab shows its place of the same statement; one that is not cited has a dashed tab and says so."""
    page.locator("#brief li", has_text="Divers").locator("a[data-at]").first.click()  # not all reports tell it
    tab = page.locator(".tab.none").first
    letter = tab.inner_text()
    tab.click()
    assert page.locator("#ctx-where").inner_text() == f"{letter} is not cited for this"
    page.keyboard.press("ArrowRight")
    assert page.locator(".tab[aria-selected=true]").count() == 1
    assert page.locator(".tab[aria-selected=true]").inner_text() != letter


def test_all_places_stand_under_one_another(page: Any, example: Example) -> None:
    """`All n` shows every place of a statement with the words around it."""
    page.locator("#differences a[data-at]").first.click()
    n_places = int(page.locator("#ctx-where").inner_text().split(" of ")[1])
    page.click("#all")
    assert page.locator("#allp article").count() == n_places
    for words in page.locator("#allp mark").all_inner_texts():
        assert any(words in article.text for article in example[1])


def test_a_number_filters_the_points(page: Any) -> None:
    """What a number of the coverage counts is shown, and choosing it again shows all that two or more tell."""
    number = page.locator("#coverage .sq[data-by=lacks]").first
    number.click()
    assert page.locator("#mx tr[id]:visible").count() == int(number.inner_text())
    assert page.locator("#mx-state").inner_text().endswith("left out by A")
    number.click()
    assert page.locator("#mx-state").inner_text().endswith("told by two or more")


def test_the_coverage_is_one_tab_stop(page: Any) -> None:
    """Arrow keys move among the letters of the table, of which one at a time can be reached by Tab."""
    assert page.locator("#mx a[data-at][tabindex='0']").count() == 1
    page.locator("#mx a[data-at][tabindex='0']").focus()
    first = page.evaluate("document.activeElement.closest('tr').id")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('tr').id") != first
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.closest('tr').id") == first
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.matches('#mx a[data-at][tabindex=\"0\"]')")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_leaves_its_column(open_html: Callable[..., Any], example_page: str, width: int) -> None:
    """At no width does the page scroll sideways, with all folds open."""
    tab = open_html(example_page, width)
    open_folds(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        tab.evaluate(
            """() => [...document.querySelectorAll('main section')].flatMap(section => {
                const right = section.getBoundingClientRect().right + 1;
                return [...section.querySelectorAll('*')].filter(e => {
                    const box = e.getBoundingClientRect();
                    return box.width > 1 && box.right > right && !e.closest('svg') && !e.closest('.sr');
                }).map(e => section.id + ' ' + e.tagName + '.' + e.className);
            })"""
        )
        == []
    )


def test_the_sheet_holds_the_focus(open_html: Callable[..., Any], example_page: str) -> None:
    """On a phone the report opens as a dialog; Tab stays in it, what is behind is inert, Escape leads back."""
    tab = open_html(example_page, 390, 844)
    assert not tab.locator("#pane").is_visible()
    tab.locator("#brief a[data-at]").nth(1).click()
    assert tab.get_attribute("#pane", "role") == "dialog"
    assert tab.evaluate("document.querySelector('main').inert && document.querySelector('header').inert")
    for _ in range(20):
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.querySelector('#pane').contains(document.activeElement)")
    tab.keyboard.press("Escape")
    assert not tab.locator("#pane").is_visible()
    assert not tab.evaluate("document.querySelector('main').inert")
    assert tab.evaluate("document.activeElement.matches('#brief a[data-at]')")


def test_paper_has_everything(page: Any) -> None:
    """In print all folds are open, every report stands at the end, letters have their paragraph, controls are gone."""
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert page.locator("#mx tr[id]:visible").count() == page.locator("#mx tr[id]").count()
    assert all(report.is_visible() for report in page.locator(".rep").all())
    assert not page.locator("#toc").is_visible()
    assert not page.locator(".facet").first.is_visible()
    link = page.locator("#brief a[data-at]").first
    assert link.get_attribute("data-p") in link.evaluate("e => getComputedStyle(e, '::after').content")
    assert page.pdf()[:4] == b"%PDF"


def test_the_page_works_without_script(open_html: Callable[..., Any], example_page: str) -> None:
    """Without a script every report is on the page, letters lead to paragraphs, and nothing is there that does nothing."""
    tab = open_html(example_page, java_script_enabled=False)
    assert all(report.is_visible() for report in tab.locator(".rep").all())
    link = tab.locator("#brief a[data-at]").first
    link.click()
    assert tab.url.endswith(link.get_attribute("href"))
    assert tab.locator("button:visible").count() == 0
    assert tab.locator("#mx tr[id]:visible").count() == tab.locator("#mx tr[id]").count()


def test_a_link_into_a_fold_opens_it(open_html: Callable[..., Any], example: Example) -> None:
    """The permanent link of a difference that is folded, as one of little weight is, shows it."""
    collation, articles = example
    light = tuple(msgspec.structs.replace(d, weight=1, sure=True) for d in collation.differences)
    tab = open_html(report(msgspec.structs.replace(collation, differences=light), articles, "html"))
    folded = tab.locator("#differences details [data-no]").first.get_attribute("id")
    tab.goto(f"{tab.url}#{folded}")
    assert tab.locator(f"#{folded}").is_visible()


def test_find_in_page_reaches_closed_reports(page: Any) -> None:
    """Reports that are not shown are hidden until found, and are shown when a browser finds words in them."""
    assert page.locator(".rep[hidden=until-found]").count() == page.locator(".rep").count()
    page.evaluate("document.querySelector('#rep-B').dispatchEvent(new Event('beforematch'))")
    assert page.locator("#rep-B").is_visible()


def test_layers_mark_the_texts(page: Any, example: Example) -> None:
    """Speech is marked when it is asked for, and the text stays what it is."""
    page.locator("#brief a[data-at]").first.click()
    before = page.locator("#rep-A [data-s] p").all_text_contents()
    page.click("#layers summary")
    page.click("[data-layer=q]")
    assert page.get_attribute("[data-layer=q]", "aria-pressed") == "true"
    speech = page.locator("#rep-A .q").all_text_contents()
    assert speech
    assert all(words in article_of(example, "A").text for words in speech)
    assert page.locator("#rep-A [data-s] p").all_text_contents() == before


def test_the_shared_page_holds_snippets_only(open_html: Callable[..., Any], example: Example) -> None:
    """With --share no report stands in the page as a whole, and letters still lead to their snippet."""
    shared = report(*example, "html", share=True)
    for article in example[1]:
        words = article.text.split()
        stretches = {" ".join(words[n : n + 40]) for n in range(0, len(words) - 40, 5)}
        assert not any(stretch in shared for stretch in stretches)
    tab = open_html(shared)
    marks = set()
    for letter in tab.locator("#figures a[data-at]").all()[:8]:
        letter.click()
        marks.add(tab.locator("mark.hit").count())
    assert 1 in marks
    assert marks <= {0, 1}  # a place beside another snippet has none of its own


def test_control_characters_shift_no_highlight(open_html: Callable[..., Any]) -> None:
    """A text with any control character has as many characters on the page as it has, and a letter marks its own."""
    odd = "".join(map(chr, range(32))) + "\x7f\x85\u2028\ufeff\ufffe\U0001f6a2\r\n\r"
    text = f"{odd}Harbour{odd} shut\n\nThe\0 port {odd} closed. It lost 267 boats on Tuesday, the coast guard said."
    articles = tuple(build_article(id=name, path=name, text=text, language="en") for name in "ab")
    collation, articles = collate_articles(Intake(articles=articles, rejects=()))
    tab = open_html(report(collation, articles, "html"))
    for paragraph in tab.locator("#rep-A [data-s]").all():
        start = int(paragraph.get_attribute("data-s"))
        shown = paragraph.locator("p").text_content()
        assert shown == text[start : start + len(shown)].replace("\0", "\ufffd")
    figure = next(f for f in collation.figures if f.readings[0].low == 267)
    reading = figure.readings[0]
    tab.locator(f"#figures [data-at^='{reading.start}+']").first.click()
    assert "267" in marked(tab)


@pytest.mark.parametrize(
    "words",
    [
        "<script>document.title = 'taken'</script>",
        "<svg onload=\"document.title = 'taken'\">",
        "</style><img src=https://example.invalid/x.png>",
        "\u202eturned round\u2066",
    ],
)
def test_hostile_words_stay_words(open_html: Callable[..., Any], words: str) -> None:
    """Markup in a report is shown as text, runs nothing and fetches nothing; what turns writing round stays in its paragraph."""
    text = f"{words} falls on the quay\n\nThe {words} port closed on Tuesday. “We saw {words},” Ada Weir said."
    articles = tuple(build_article(id=name, path=name, text=text, language="en") for name in "ab")
    collation, articles = collate_articles(Intake(articles=articles, rejects=()))
    tab = open_html(report(collation, articles, "html"))
    assert tab.title() != "taken"
    assert words in "".join(tab.locator("#rep-A [data-s] p").all_text_contents())
    assert tab.locator("#rep-A [data-s] p").first.evaluate("e => getComputedStyle(e).unicodeBidi") == "isolate"
