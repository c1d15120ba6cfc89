"""Drawings as SVG whose places are percentages of the room they get: no style attribute, no script, any width."""

from __future__ import annotations

from markupsafe import Markup

from rashomon.report.view.coverage import PointRow
from rashomon.report.view.figures import FigureMark, FigureRow, SumRow
from rashomon.report.view.masthead import Card
from rashomon.report.view.shared import Diagram, Strip
from rashomon.report.view.timeline import EventRow, Timeline

# Where the label and the axis of a value stand, in pixels, and how wide a character of a label is, in percents of the track.
LABEL, AXIS = 14, 30
GLYPH = 3.4
# Heights in pixels.
TRACK, BAR, STACK, STRIP_HEIGHT, RIBBON = 40, 16, 34, 24, 120


def _svg(kind: str, height: int, body: str, *, width: str = "", label: str = "") -> Markup:
    """A drawing, as wide as the room it gets unless `width` says otherwise."""
    wide = f' width="{width}"' if width else ""
    role = Markup('role="img" aria-label="{}"').format(label) if label else 'aria-hidden="true"'
    return Markup(f'<svg class="{kind}"{wide} height="{height}" {role}>{body}</svg>')  # noqa: S704 - ours


def draw_value(value: FigureMark, row: FigureRow) -> Markup:
    """A value on its axis: a dot, a bar with end ticks, a bar with an arrow, an outlined bar for "about"."""
    ticks = "".join(f'<rect class="tk" x="{t.at}%" y="{AXIS - 5}" width="1" height="10"/>' for t in row.ticks)
    line = f'<rect class="ax" x="0" y="{AXIS}" width="100%" height="1"/>'
    width = round(value.right - value.left, 2)
    if value.form == "dot":
        mark = f'<circle class="mk" cx="{value.left}%" cy="{AXIS}" r="6"/>'
        middle = value.left
    elif value.form == "about":
        mark = f'<rect class="ab" x="{value.left}%" y="{AXIS - 4}" width="{max(width, 1)}%" height="9"/>'
        middle = value.left + width / 2
        mark += f'<circle class="mk" cx="{middle:.2f}%" cy="{AXIS}" r="6"/>'
    else:
        mark = f'<rect class="mk" x="{value.left}%" y="{AXIS - 2}" width="{max(width, 1)}%" height="5"/>'
        mark += _end(value.left, is_open=value.form == "to", arrow="M11 -7 0 0 11 7z")
        mark += _end(value.right, is_open=value.form == "from", arrow="M-11 -7 0 0 -11 7z")
        middle = value.right if value.form == "to" else value.left
    return _svg(
        "track", TRACK, ticks + line + mark + _label(value.label, middle, is_bar=value.form in ("from", "range"))
    )


def _end(at: float, *, is_open: bool, arrow: str) -> str:
    """The end of a bar: an arrow where it is open, else a tick."""
    if is_open:
        return f'<svg x="{at}%" y="{AXIS}" overflow="visible"><path class="mk" d="{arrow}"/></svg>'
    return f'<rect class="mk" x="{at}%" y="{AXIS - 6}" width="3" height="13"/>'


def _label(words: str, at: float, *, is_bar: bool) -> str:
    """The label over its mark, or over the beginning of its bar; moved where it would leave the drawing."""
    half = len(words) * GLYPH / 2
    if is_bar:
        anchor, place = ("start", at) if at + 2 * half < 100 else ("end", 100)
    elif at < half:
        anchor, place = "start", 0
    else:
        anchor, place = ("end", 100) if at > 100 - half else ("middle", at)
    return str(Markup('<text class="lb" x="{}%" y="{}" text-anchor="{}">{}</text>').format(place, LABEL, anchor, words))


def draw_axis(row: FigureRow) -> Markup:
    """The numbers under the axis."""
    texts = "".join(
        f'<text class="tx" x="{t.at}%" y="11" text-anchor="'
        f'{"start" if t.at < 4 else "end" if t.at > 96 else "middle"}">{t.label}</text>'
        for t in row.ticks
    )
    return _svg("axis", BAR, texts)


def draw_sum(row: SumRow) -> Markup:
    """Parts of a sum as one bar: solid, hatched, blank."""
    body = ""
    for n, part in enumerate(row.parts):
        body += f'<rect class="p{n}" x="{part.left}%" y="1" width="{part.share}%" height="{STACK - 2}"/>'
        if part.share > 8:
            body += f'<text class="n{n}" x="{part.left + part.share / 2:.2f}%" y="22" text-anchor="middle">{part.number}</text>'
    return _svg("stack", STACK, body)


def draw_strip(strip: Strip) -> Markup:
    """A report to scale, with what stands in others too."""
    body = '<rect class="own" x="0.5" y="0.5" width="100%" height="23"/>'
    body += "".join(
        f'<rect class="{s.degree}" x="{s.left}%" y="1" width="{s.width}%" height="22"/>' for s in strip.stretches
    )
    inner = f'<svg width="{strip.length}%" height="{STRIP_HEIGHT}">{body}</svg>'
    return _svg("strip", STRIP_HEIGHT, inner, label=f"{strip.letter}: {strip.told}")


def draw_ribbons(diagram: Diagram) -> Markup:
    """Passages from one report to another."""
    body = '<rect class="end" x="0" y="0.5" width="1000" height="14"/>'
    body += f'<rect class="end" x="0" y="{RIBBON - 14.5}" width="1000" height="14"/>'
    for ribbon in diagram.ribbons:
        (a, b), (c, d) = ribbon.upper, ribbon.lower
        a, b, c, d = (round(10 * x, 1) for x in (a, b, c, d))
        top, low, middle = 15, RIBBON - 15, RIBBON // 2
        body += (
            f'<path d="M{a} 0V{top}C{a} {middle} {c} {middle} {c} {low}V{RIBBON}H{d}V{low}'
            f'C{d} {middle} {b} {middle} {b} {top}V0Z"/>'
        )
    told = Markup('role="img" aria-label="{}"').format(diagram.told)
    return Markup(  # noqa: S704 - made of numbers
        f'<svg class="ribbons" height="{RIBBON}" viewBox="0 0 1000 {RIBBON}" preserveAspectRatio="none" {told}>'
        f"{body}</svg>"
    )


def draw_bars(row: EventRow, timeline: Timeline) -> Markup:
    """The days of an event, a bar for each wording with its letters at its end, over the shaded days of the story."""
    left, width = timeline.shade
    height = max(1, len(row.bars)) * BAR + 6
    body = f'<rect class="day" x="{left}%" width="{width}%"/>'
    for n, bar in enumerate(row.bars):
        y = 3 + n * BAR
        body += f'<rect class="mk" x="{bar.left}%" y="{y}" width="{bar.width}%"/>'
        if bar.letters:
            end, anchor, move = bar.left + bar.width, "start", 5
            if end > 80:
                end, anchor, move = bar.left, "end", -5
            body += f'<text x="{end:.2f}%" dx="{move}" y="{y + 10}" text-anchor="{anchor}">{bar.letters}</text>'
    return _svg("cal", height, body)


def draw_weeks(timeline: Timeline) -> Markup:
    """The Mondays above the calendar."""
    body = "".join(
        f'<text x="{week.at}%" y="12" text-anchor="{"start" if week.at < 4 else "end" if week.at > 92 else "middle"}">'
        f"{week.label}</text>"
        for week in timeline.weeks
    )
    return _svg("cal", BAR, body)


def draw_length(card: Card) -> Markup:
    """A report's length to the scale of the longest, the shared part hatched."""
    body = (
        '<rect class="whole" width="100%" height="9"/>'
        f'<rect class="part" width="{min(100.0, card.shared)}%" height="9"/>'
    )
    return _svg("len", 9, body, width=str(max(2, round(card.length))))


def draw_shares(row: PointRow) -> Markup:
    """Two bars of a point: accounts that tell it, over reports."""
    body = (
        '<rect class="own" x="0.5" y="0.5" width="100%" height="15"/>'
        f'<rect class="whole" width="{row.accounts}%" height="8"/><rect class="part" y="8" width="{row.reports}%" height="8"/>'
    )
    return _svg("share", BAR, body)
