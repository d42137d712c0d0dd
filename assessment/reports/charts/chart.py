"""What a chart is: a Plotly figure and a sentence that says the same to someone who cannot see it.

All share one template, made from a `Palette`. Nothing is said by colour alone: shape and
a word go with it. `compact=True` sets a chart for a phone.
"""

from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.reports.palette import Palette

FONT = "'Atkinson Hyperlegible Next', system-ui, 'Segoe UI', Roboto, sans-serif"


@dataclass(frozen=True)
class Chart:
    figure: go.Figure
    alt: str


def template(palette: Palette) -> go.layout.Template:
    """One look for all charts: no box, no grid unless asked, text in the page's own face."""
    axis = dict(
        showgrid=False,
        zeroline=False,
        showline=False,
        ticks="",
        fixedrange=True,
        tickfont=dict(color=palette.muted, size=13),
        title=dict(font=dict(color=palette.muted, size=13)),
    )
    return go.layout.Template(
        layout=dict(
            font=dict(family=FONT, size=14, color=palette.ink),
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            colorway=list(palette.people),
            showlegend=False,
            dragmode=False,
            margin=dict(l=0, r=0, t=8, b=8),
            xaxis=axis,
            yaxis=axis,
            hoverlabel=dict(
                bgcolor=palette.ink,
                bordercolor=palette.ink,
                align="left",
                font=dict(family=FONT, size=13, color=palette.surface),
            ),
        )
    )
