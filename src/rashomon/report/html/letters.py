"""Letters as links: to the paragraph without a script, to the very words with one."""

from __future__ import annotations

from markupsafe import Markup, escape

from rashomon.report.view.cites import KEPT, MOST_IN_ROW, Cites, Mark
from rashomon.report.view.words import split_stop

# So many letters stay on one line with the word before them.
MOST_ON_LINE = 5


def keep_characters(words: str) -> Markup:
    """Words escaped so that a browser counts as many characters as they have.

    It reads a bare carriage return as part of a line feed, and drops U+0000 (HTML, 13.2.6.4.7), which is shown as what cannot
    be shown.
    """
    kept = str(escape(words)).replace("\r", "&#13;").replace("\0", "\ufffd")
    return Markup(kept)  # noqa: S704 - escaped the line before


def show_cites(cites: Cites) -> Markup:
    """The letters of a statement in one row, those of one text joined; of many the later ones behind a button."""
    if not cites.groups:
        return Markup()
    shown = [_group(group) for group in cites.groups]
    if cites.n_more:
        shown.append(f'<span class="l off">+{cites.n_more}</span>')
    if sum(map(len, cites.groups)) > MOST_IN_ROW:
        n_kept, n_rest = 0, 0
        for n, group in enumerate(cites.groups):
            if n_kept >= KEPT:
                n_rest += len(group)
            else:
                n_kept, cut = n_kept + len(group), n + 1
        rest = "".join(shown[cut:])
        button = f'<button type="button" class="l off plus" aria-expanded="true">+{n_rest}<span class="sr"> more</span></button>'
        return Markup(f'<l-s class=many>{"".join(shown[:cut])}{button}<span class="rest-l">{rest}</span></l-s>')  # noqa: S704
    return Markup(f"<l-s>{''.join(shown)}</l-s>")  # noqa: S704 - made of letters and numbers


def _group(marks: tuple[Mark, ...]) -> str:
    links = "".join(map(_link, marks))
    return f"<span class=tie>{links}</span>" if len(marks) > 1 else links


def _link(mark: Mark) -> str:
    first = mark.spots[0]
    places = ",".join(f"{s.start}+{s.end - s.start}" for s in mark.spots)
    many = f" data-n={len(mark.spots)}" if len(mark.spots) > 1 else ""
    shown = f"{mark.letter}<small>={mark.n_reports}</small>" if mark.n_reports > 1 else mark.letter
    # What a screen reader says of it, "C, paragraph 12, 3 places", is made by the style of these attributes.
    return f"<a href=#{mark.letter}{first.paragraph} data-p={first.paragraph}{many} data-at={places}>{shown}</a>"


def glue_cites(text: str, cites: Cites, after: str = "") -> Markup:
    """Words with their letters behind them: the last word, the letters and the mark after stay on one line.

    A mark at the end of the words stands after the letters.
    """
    if not cites.groups:
        return keep_characters(text + after)
    head, stop = split_stop(text)
    after = stop + after
    blank = " " if head else ""
    before, _, last = head.rpartition(" ")
    lead = f"{before} " if before else ""
    frame = (
        Markup("{}{}{}{}{}")
        if sum(map(len, cites.groups)) > MOST_ON_LINE
        else Markup("{}<span class=nb>{}{}{}{}</span>")
    )
    glued = frame.format(lead, last, blank, show_cites(cites), after)
    return Markup(str(glued).replace("\0", "\ufffd"))  # noqa: S704 - escaped by format
