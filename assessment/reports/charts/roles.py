"""One sheet beside every role; hollow where little of a role was measured."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.reports.charts.chart import Chart, template
from assessment.reports.charts.marks import fit_axis_start, interval, say, swatch
from assessment.reports.palette import Palette
from assessment.roles.fit import Interval


@dataclass(frozen=True)
class RoleReach:
    """A person's signature fit to one role; `measured` of `asked` facets were answered."""

    role: str
    fit: Interval
    measured: int
    asked: int
    applied_for: bool = False


def roles(reaches: Sequence[RoleReach], palette: Palette, *, who: str = "", compact: bool = False) -> Chart:
    """Signature fit to every role, the one applied for first and the rest by name; hollow where little was measured."""
    ordered = sorted(reaches, key=lambda r: (not r.applied_for, r.role))
    step = 58 if compact else 40
    figure = go.Figure(layout=dict(template=template(palette), height=len(ordered) * step + 44))
    start = fit_axis_start([r.fit.low for r in reaches])
    for i, reach in enumerate(ordered):
        enough = reach.measured >= 3
        name = f"<b>{reach.role}</b>" if reach.applied_for else reach.role
        cover = f"{reach.measured} of {reach.asked}"
        for k in range(reach.asked):
            at = k * 13 + (-98 if compact else 24)
            fill = palette.muted if k < reach.measured else "rgba(0,0,0,0)"
            swatch(figure, 1, -i + (0.34 if compact else 0), at=at, up=0, fill=fill, edge=palette.muted, size=9)
        if compact:
            say(figure, 0, -i + 0.34, name, palette.ink, anchor="left", paper=True)
            say(figure, 1, -i + 0.34, cover, palette.muted, anchor="right", paper=True)
        else:
            say(figure, 0, -i, name, palette.ink, anchor="left", paper=True, shift=-192)
            say(figure, 1, -i, cover, palette.muted, anchor="left", paper=True, shift=82)
        figure.add_shape(
            type="line", x0=start, x1=100, y0=-i, y1=-i, line=dict(color=palette.line, width=1), layer="below"
        )
        interval(
            figure,
            reach.fit,
            -i,
            palette,
            solid=enough,
            hover=f"{reach.role}: {reach.fit.mid:.0f}, likely {reach.fit.low:.0f} to {reach.fit.high:.0f}",
        )
    figure.update_layout(
        margin=dict(l=8 if compact else 192, r=8 if compact else 124, t=6, b=30),
        xaxis=dict(range=[start - 1, 101.5], tickvals=[start, (start + 100) // 2, 100]),
        yaxis=dict(range=[-len(ordered) + 0.4, 0.75 if compact else 0.6], visible=False),
    )
    said = "; ".join(
        f"{r.role} {r.fit.low:.0f} to {r.fit.high:.0f}, {r.measured} of {r.asked} measured" for r in ordered
    )
    return Chart(figure, f"Signature fit of {who or 'the person'} to each role, 80 percent intervals: {said}.")
