"""How the first 90 days go: both sides over the days, and where the two see one thing alike or in another way."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from assessment.reports.charts.chart import Chart, template
from assessment.reports.charts.marks import say
from assessment.reports.palette import Palette

LOW, HIGH = 1, 5
ENDS = ("Not at all", "Fully")


@dataclass(frozen=True)
class SidePoint:
    """The lines one side answered on a day: their mean, how many, and from where to where."""

    day: int
    mean: float
    n: int
    low: int
    high: int


@dataclass(frozen=True)
class PairRow:
    """One thing as both sides see it, 1 to 5; `label` is the newcomer's line."""

    day: int
    label: str
    newcomer: int
    manager: int


def check_in_trend(
    newcomer: Sequence[SidePoint],
    manager: Sequence[SidePoint],
    palette: Palette,
    *,
    who: str,
    lead: str,
    days: Sequence[int] = (7, 30, 60, 90),
    compact: bool = False,
) -> Chart:
    """Mean of each side's lines by day, with a bar from the lowest to the highest; the lines differ from day to day."""
    figure = go.Figure(layout=dict(template=template(palette), height=250 if compact else 270))
    sides = ((who, newcomer, palette.people[0], "circle", -1), (lead, manager, palette.people[1], "square", 1))
    apart = 0.09 if compact else 0.06
    for step in range(LOW, HIGH + 1):
        figure.add_shape(
            type="line",
            x0=-0.5,
            x1=len(days) - 0.5,
            y0=step,
            y1=step,
            line=dict(color=palette.line, width=1),
            layer="below",
        )
    for name, points, colour, symbol, shift in sides:
        places = [list(days).index(point.day) + shift * apart for point in points]
        for x, point in zip(places, points, strict=True):
            figure.add_scatter(
                x=[x, x], y=[point.low, point.high], mode="lines", line=dict(color=colour, width=1.5), hoverinfo="skip"
            )
        figure.add_scatter(
            x=places,
            y=[point.mean for point in points],
            mode="lines+markers",
            line=dict(color=colour, width=1.5, dash="dot"),
            marker=dict(symbol=symbol, size=12, color=colour, line=dict(width=2, color=palette.surface)),
            cliponaxis=False,
            customdata=[(point.n, point.low, point.high) for point in points],
            hovertemplate=f"{escape(name)}: %{{y:.1f}}, mean of %{{customdata[0]}} lines, "
            "%{customdata[1]} to %{customdata[2]}<extra></extra>",
        )
    _key(figure, ((who, palette.people[0], "●"), (lead, palette.people[1], "■")), palette)
    figure.update_layout(
        margin=dict(l=26 if compact else 84, r=8, t=40, b=34),
        xaxis=dict(
            range=[-0.5, len(days) - 0.5],
            tickvals=list(range(len(days))),
            ticktext=[_ticks(day, newcomer, manager, compact=compact) for day in days],
            tickfont=dict(color=palette.ink, size=14),
        ),
        yaxis=dict(
            range=[LOW - 0.2, HIGH + 0.2],
            tickvals=list(range(LOW, HIGH + 1)),
            ticktext=[str(step) if compact else _step(step) for step in range(LOW, HIGH + 1)],
        ),
    )
    return Chart(figure, f"Means of the check-ins by day. {_said(who, newcomer)} {_said(lead, manager)}")


def agreement(rows: Sequence[PairRow], palette: Palette, *, who: str, lead: str, compact: bool = False) -> Chart:
    """Two marks and a line between them for each thing both were asked; a wide line is something to talk about."""
    step = 78 if compact else 46
    figure = go.Figure(layout=dict(template=template(palette), height=len(rows) * step + 62))
    left = 0 if compact else 330
    _key(figure, ((who, palette.people[0], "●"), (lead, palette.people[1], "■")), palette, shift=-left)
    for n, row in enumerate(rows):
        label = (
            f"{_wrapped(row.label, 40 if compact else 46)}  <span style='color:{palette.muted}'>day {row.day}</span>"
        )
        y = -n - (0.28 if compact else 0)
        if compact:
            say(figure, 0, -n + 0.24, label, palette.ink, anchor="left", paper=True, size=13)
        else:
            say(figure, 0, y, label, palette.ink, anchor="left", paper=True, shift=-left)
        for step_at in range(LOW, HIGH + 1):  # beside the marks only, so that no line runs through words
            ends = dict(x0=step_at, x1=step_at, y0=y - 0.22, y1=y + 0.22)
            figure.add_shape(type="line", line=dict(color=palette.line, width=1), layer="below", **ends)
        wide = abs(row.newcomer - row.manager) >= 2
        figure.add_scatter(
            x=[row.newcomer, row.manager],
            y=[y, y],
            mode="lines",
            line=dict(color=palette.attend if wide else palette.edge, width=3 if wide else 1.5),
            hoverinfo="skip",
        )
        same = row.newcomer == row.manager
        lift = (9 / step) if same else 0.0
        for value, colour, symbol, up, name in (
            (row.newcomer, palette.people[0], "circle", lift, who),
            (row.manager, palette.people[1], "square", -lift, lead),
        ):
            figure.add_scatter(
                x=[value],
                y=[y + up],
                mode="markers",
                cliponaxis=False,
                marker=dict(symbol=symbol, size=13, color=colour, line=dict(width=2, color=palette.surface)),
                hovertemplate=f"{escape(name)}: {value} of {HIGH}<extra></extra>",
            )
        words = "the same" if same else f"{abs(row.newcomer - row.manager)} apart"
        colour = palette.attend if wide else palette.muted
        say(figure, 1, y, words, colour, anchor="left", paper=True, shift=10, size=13)
    figure.update_layout(
        margin=dict(l=left + (8 if compact else 0), r=76, t=34, b=28),
        xaxis=dict(range=[LOW - 0.15, HIGH + 0.15], visible=False),
        yaxis=dict(range=[-len(rows) + 0.5, 0.55], visible=False),
    )
    bottom = -len(rows) + 0.5
    for end, words, anchor in ((LOW, ENDS[0], "left"), (HIGH, ENDS[1], "right")):
        say(figure, end, bottom, words, palette.muted, anchor=anchor, lift=-12, size=13)
    far = [row for row in rows if abs(row.newcomer - row.manager) >= 2]
    said = "; ".join(
        f"{row.label.rstrip('.')} (day {row.day}): {who} {row.newcomer}, {lead} {row.manager}" for row in rows
    )
    return Chart(figure, f"{len(rows)} things both were asked, {len(far)} of them two steps apart or more. {said}.")


def _key(figure: go.Figure, sides: Sequence[tuple[str, str, str]], palette: Palette, *, shift: int = 0) -> None:
    """Name, colour and mark of each side above the chart, one beside the other."""
    for name, colour, mark in sides:
        words = f"<span style='color:{colour}'>{mark}</span>  {escape(name)}"
        say(figure, 0, 1, words, palette.ink, anchor="left", paper=True, top=True, lift=12, shift=shift)
        shift += 22 + 8 * (len(name) + 4)


def _ticks(day: int, newcomer: Sequence[SidePoint], manager: Sequence[SidePoint], *, compact: bool) -> str:
    """The day and over how many lines each side's mean is."""
    counts = [str(p.n) for side in (newcomer, manager) for p in side if p.day == day]
    return f"day {day}<br>n {(', ' if compact else ' and ').join(counts)}" if counts else f"day {day}"


def _wrapped(words: str, width: int) -> str:
    return "<br>".join(escape(line) for line in textwrap.wrap(words, width))


def _step(step: int) -> str:
    words = {LOW: ENDS[0], HIGH: ENDS[1]}
    return f"{words[step]}  {step}" if step in words else str(step)


def _said(name: str, points: Sequence[SidePoint]) -> str:
    if not points:
        return f"{name}: nothing to show yet."
    each = "; ".join(f"day {p.day} {p.mean:.1f} over {p.n} lines, from {p.low} to {p.high}" for p in points)
    return f"{name}: {each}."
