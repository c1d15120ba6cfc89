"""Pictures for the page: intervals of figures and the timeline, drawn by Altair to SVG that takes the page's own colours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from rashomon.model import AlignedFigure, Event
from rashomon.report.views import Label
from rashomon.text.intervals import say_interval

# Vega-Lite checks colours, and "currentColor" is none to it: this stands in and is exchanged in the SVG.
INK = "#010203"
WIDTH = 520
ROW = 22
MOST_EVENTS = 40
# The calendar ends here; a bar needs one day more.
LAST_DAY = "9999-12-31"


def plot_figure(figure: AlignedFigure, labels: dict[str, Label]) -> str:
    """Dots and ranges, one row a reading: an open end is an arrow, a number a dot."""
    import altair as alt

    ends = [x for r in figure.readings for x in (r.low, r.high) if x is not None]
    low, high = min(ends), max(ends)
    margin = (high - low) * 0.25 or max(abs(high) * 0.1, 1)
    rows = []
    for n, reading in enumerate(figure.readings):
        start = low - margin if reading.low is None else reading.low
        end = high + margin if reading.high is None else reading.high
        rows.append(
            {
                "row": f"{labels[reading.article].letter} {n + 1}",
                "start": start,
                "end": end,
                "dot": None if reading.low is None or reading.high is None else (reading.low + reading.high) / 2,
                "arrow": end if reading.high is None else start if reading.low is None else None,
                "sign": "▶" if reading.high is None else "◀" if reading.low is None else "",
                "says": say_interval(reading.low, reading.high, reading.change),
            }
        )
    base = _chart(rows).encode(
        y=alt.Y(
            "row:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelExpr="split(datum.label, ' ')[0]", ticks=False, domain=False),
        )
    )
    scale = alt.Scale(domain=[low - margin, high + margin], nice=False, zero=False)
    x = alt.X("start:Q", scale=scale, title=None, axis=alt.Axis(grid=True, tickCount=5, format="~s"))
    layers = [
        base.mark_rule(strokeWidth=2, color=INK).encode(x=x, x2="end:Q"),
        base.transform_filter("isValid(datum.dot)")
        .mark_point(filled=True, size=60, color=INK, opacity=1)
        .encode(x=alt.X("dot:Q", scale=scale)),
        base.transform_filter("isValid(datum.arrow)")
        .mark_text(fontSize=12, color=INK)
        .encode(x=alt.X("arrow:Q", scale=scale), text="sign:N"),
        base.mark_text(align="left", dx=9, dy=-8, fontSize=11, color=INK).encode(x=x, text="says:N"),
    ]
    return _svg(alt.layer(*layers), len(rows), f"{figure.about}: {', '.join(str(row['says']) for row in rows)}")


def plot_timeline(events: Sequence[Event], labels: dict[str, Label]) -> str:
    """One row an article, a bar for every stretch of days it dates something to."""
    import altair as alt

    rows = [
        {
            "row": labels[r.article].letter,
            "start": event.first,
            "end": _next_day(event.last),
            "text": event.text,
            "order": n,
        }
        for n, event in enumerate(_near(events))
        for r in event.readings
    ]
    if not rows:
        return ""
    chart = (
        _chart(rows)
        .mark_bar(height=10, color=INK, opacity=0.55, stroke=INK)
        .encode(
            x=alt.X("start:T", title=None, axis=alt.Axis(format="%-d %b %Y", labelOverlap=True, tickCount=6)),
            x2="end:T",
            y=alt.Y("row:N", title=None, axis=alt.Axis(ticks=False, domain=False)),
        )
    )
    return _svg(chart, len({row["row"] for row in rows}), "Days to which each report dates what it tells")


def _chart(rows: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]


def _near(events: Sequence[Event]) -> list[Event]:
    """The events that fit on one axis: those within two months of the middle one, at most `MOST_EVENTS`."""
    events = [e for e in events if e.last < LAST_DAY]
    days = sorted(date.fromisoformat(e.first) for e in events)
    if not days:
        return []
    middle = days[len(days) // 2]
    near = [e for e in events if abs((date.fromisoformat(e.first) - middle).days) <= 60]
    return near[:MOST_EVENTS]


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def _svg(chart: Any, n_rows: int, description: str) -> str:
    import vl_convert

    finished = (
        chart.properties(width=WIDTH, height=ROW * max(1, n_rows), background="transparent")
        .configure_view(stroke="transparent")
        .configure_axis(
            labelColor=INK, gridColor=INK, gridOpacity=0.15, domainColor=INK, tickColor=INK, labelFontSize=11
        )
    )
    svg = str(vl_convert.vegalite_to_svg(finished.to_dict(), vl_version="6.1"))
    svg = re.sub(r'font-family="[^"]*"', 'font-family="inherit"', svg)
    viewbox = re.sub(r'<svg([^>]*?) width="[\d.]+" height="[\d.]+"', r"<svg\1", svg, count=1)
    viewbox = re.sub(rf"{INK}|rgb\(1, ?2, ?3\)", "currentColor", viewbox)
    return viewbox.replace("<svg", f'<svg role="img" aria-label="{_attribute(description)}"', 1)


def _attribute(words: str) -> str:
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
