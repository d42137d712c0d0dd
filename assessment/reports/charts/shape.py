"""The shape of one person: for talking, never for comparing two."""

from collections.abc import Sequence

import plotly.graph_objects as go

from assessment.reports.charts.chart import Chart, template
from assessment.reports.charts.marks import wrap
from assessment.reports.palette import Palette
from assessment.reports.ranges import T_HIGH, T_LOW, RangeRow


def shape(readings: Sequence[RangeRow], palette: Palette, *, who: str = "", compact: bool = False) -> Chart:
    """The person's shape on the ring the role asks for. For talking, never for comparing two people."""
    measured = sorted((r for r in readings if r.t is not None), key=lambda r: list(palette.groups).index(r.group))
    names = [r.facet for r in measured]
    closed = [*names, names[0]]
    outer = [r.high or T_HIGH for r in measured]
    inner = [r.low for r in measured]
    figure = go.Figure(layout=dict(template=template(palette), height=276 if compact else 340))
    ring = dict(mode="lines", line=dict(width=0), hoverinfo="skip", theta=closed)
    figure.add_scatterpolar(r=[*outer, outer[0]], fill="toself", fillcolor=palette.band, **ring)
    figure.add_scatterpolar(r=[*inner, inner[0]], fill="toself", fillcolor=palette.surface, **ring)
    figure.add_scatterpolar(
        r=[50] * len(closed),
        theta=closed,
        mode="lines",
        hoverinfo="skip",
        line=dict(color=palette.edge, width=1, dash="dot"),
    )
    figure.add_scatterpolar(
        r=[*(r.t for r in measured), measured[0].t],
        theta=closed,
        mode="lines+markers",
        line=dict(color=palette.accent, width=2),
        marker=dict(size=8, color=palette.accent),
        hovertemplate="%{theta}: %{r:.0f}<extra></extra>",
    )
    ticks = [f"<span style='color:{palette.groups[r.group]}'>{wrap(r.facet)}</span>" for r in measured]
    radial = dict(range=[T_LOW, T_HIGH], visible=False)
    side = 66 if compact else 88
    figure.update_layout(
        margin=dict(l=side, r=side, t=26, b=26),
        polar=dict(
            bgcolor="rgba(0,0,0,0)",
            radialaxis=radial,
            gridshape="linear",
            angularaxis=dict(
                tickmode="array",
                tickvals=names,
                ticktext=ticks,
                showline=False,
                ticks="",
                gridcolor=palette.line,
                tickfont=dict(size=12 if compact else 13),
                direction="clockwise",
            ),
        ),
    )
    ranked = sorted(measured, key=lambda r: -(r.t or 0))
    first, second, *_, last = (r.facet for r in ranked)
    return Chart(figure, f"Shape of {who or 'the person'}: highest on {first} and {second}, lowest on {last}.")
