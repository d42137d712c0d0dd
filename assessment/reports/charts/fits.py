"""Core and signature fit of several people, each with its 80 % interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.reports.charts.chart import Chart, template
from assessment.reports.charts.marks import fit_axis_start, interval, say
from assessment.reports.palette import Palette
from assessment.roles.fit import Interval


@dataclass(frozen=True)
class PersonFit:
    name: str
    waiting_days: int
    band: str
    core: Interval
    signature: Interval


def fits(people: Sequence[PersonFit], palette: Palette, *, compact: bool = False) -> Chart:
    """Core and signature fit of a vacancy's candidates, 80 % intervals, by band and then by waiting time."""
    bands = list(dict.fromkeys(p.band for p in people))
    lines: list[tuple[float, str | PersonFit]] = []
    y = 0.0
    for band in bands:
        lines.append((y, band))
        y -= 1.6 if compact else 1.0
        for person in sorted((p for p in people if p.band == band), key=lambda p: -p.waiting_days):
            lines.append((y, person))
            y -= 1.45 if compact else 1.0
        y -= 0.35
    figure = go.Figure(layout=dict(template=template(palette), height=int(-y * 27) + 64))
    start = fit_axis_start([i.low for p in people for i in (p.core, p.signature)])
    middle = (start + 100) // 2
    columns = {"Core": (0.0, 0.46), "Signature": (0.54, 1.0)}
    for axis, (part, domain) in enumerate(columns.items(), start=1):
        name = "" if axis == 1 else "2"
        for at in (start, middle, 100):
            figure.add_shape(
                type="line",
                x0=at,
                x1=at,
                y0=y + 0.9,
                y1=-0.5,
                line=dict(color=palette.line, width=1),
                xref=f"x{name}",
                yref="y",
                layer="below",
            )
        say(figure, start, 1, f"<b>{part}</b>", palette.ink, anchor="left", ref=f"x{name}", top=True)
        figure.update_layout(
            {
                f"xaxis{name}": dict(
                    domain=domain,
                    range=[start - 1, 101.5],
                    anchor="y",
                    fixedrange=True,
                    tickvals=[start, middle, 100],
                    ticktext=[f"{start}", f"{middle}", "100"],
                )
            }
        )
    for y_at, line in lines:
        if isinstance(line, str):
            say(figure, 0, y_at, f"<b>{line}</b>", palette.ink, anchor="left", paper=True, shift=0 if compact else -192)
            continue
        label = f"{line.name}  <span style='color:{palette.muted}'>{line.waiting_days} d</span>"
        if compact:
            say(figure, 0, y_at + 0.5, label, palette.ink, anchor="left", paper=True)
        else:
            say(figure, 0, y_at, label, palette.ink, anchor="left", paper=True, shift=-192)
        for name, fit in (("x", line.core), ("x2", line.signature)):
            interval(
                figure,
                fit,
                y_at,
                palette,
                axis=name,
                hover=f"{line.name}: {fit.mid:.0f}, likely {fit.low:.0f} to {fit.high:.0f}",
            )
    figure.update_layout(
        margin=dict(l=8 if compact else 192, r=8, t=34, b=30), yaxis=dict(range=[y + 0.6, 0.7], visible=False)
    )
    counts = ", ".join(f"{sum(p.band == b for p in people)} {b[0].lower()}{b[1:]}" for b in bands)
    return Chart(figure, f"Core and signature fit of {len(people)} candidates with 80 percent intervals: {counts}.")
