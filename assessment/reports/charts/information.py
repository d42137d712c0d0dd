"""How much a facet's statements say about people at each level, and the error that is left."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.reports.charts.chart import Chart, template
from assessment.reports.charts.marks import clear, faded, say
from assessment.reports.palette import Palette

_WORDS = ((-2, "less"), (0, "typical"), (2, "more"))


@dataclass(frozen=True)
class InformationCurve:
    """Over levels of the trait θ (0 typical, 1 one SD): information, and the standard error of one person's θ."""

    theta: Sequence[float]
    information: Sequence[float]
    se: Sequence[float]


def information(
    curve: InformationCurve, palette: Palette, *, facet: str, group: str, target: float, compact: bool = False
) -> Chart:
    """Information above, standard error below on the same levels; `target` is the error at which a sheet may stop."""
    colour = palette.groups[group]
    figure = go.Figure(layout=dict(template=template(palette), height=340))
    for at, words in _WORDS:
        figure.add_shape(
            type="line",
            x0=at,
            x1=at,
            yref="paper",
            y0=0,
            y1=1,
            layer="below",
            line=dict(color=palette.line, width=1, dash="solid" if at == 0 else "dot"),
        )
        say(figure, at, 1, words, palette.muted, anchor="center", top=True, lift=8)
    line = dict(color=colour, width=2)
    figure.add_scatter(
        x=list(curve.theta),
        y=list(curve.information),
        mode="lines",
        line=line,
        fill="tozeroy",
        fillgradient=dict(type="vertical", colorscale=[[0, clear(colour)], [1, faded(colour, 0.35)]]),
        hovertemplate="information %{y:.1f}<extra></extra>",
    )
    figure.add_scatter(
        x=list(curve.theta),
        y=list(curve.se),
        yaxis="y2",
        mode="lines",
        line=line,
        hovertemplate="standard error %{y:.2f}<extra></extra>",
    )
    figure.add_shape(
        type="line",
        xref="paper",
        x0=0,
        x1=1,
        yref="y2",
        y0=target,
        y1=target,
        line=dict(color=palette.edge, width=1, dash="dot"),
    )
    most, largest = max(curve.information), max(curve.se)
    for words, y, axis in (("Information", most * 1.4, "y"), ("Standard error of θ", 1.0, "y2")):
        figure.add_annotation(
            x=0,
            xref="paper",
            y=y,
            yref=axis,
            text=f"<b>{words}</b>",
            showarrow=False,
            xanchor="left",
            yanchor="top",
            font=dict(color=palette.ink, size=14),
        )
    figure.add_annotation(
        x=1,
        xref="paper",
        y=target,
        yref="y2",
        text=f"{target:.2f}: enough to stop",
        showarrow=False,
        xanchor="right",
        yanchor="top",
        font=dict(color=palette.muted, size=13),
    )
    figure.update_layout(
        margin=dict(l=40, r=8, t=30, b=8),
        xaxis=dict(range=[min(curve.theta), max(curve.theta)], visible=False, anchor="y2"),
        yaxis=dict(domain=[0.48, 1], range=[0, most * 1.4], nticks=4),
        yaxis2=dict(domain=[0, 0.4], range=[0, 1], tickvals=[0, 0.5, 1], fixedrange=True, showgrid=False),
    )
    peak = list(curve.information).index(most)
    alt = (
        f"{facet}: information is highest, {most:.1f}, at {curve.theta[peak]:+.1f} SD from typical; "
        f"the standard error runs from {min(curve.se):.2f} to {largest:.2f}."
    )
    return Chart(figure, alt)
