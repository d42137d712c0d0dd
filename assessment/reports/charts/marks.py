"""Words, swatches and intervals that several charts put beside what they mean."""

import plotly.graph_objects as go

from assessment.reports.palette import Palette
from assessment.roles.fit import Interval


def say(
    figure: go.Figure,
    x: float,
    y: float | str,
    words: str,
    colour: str,
    *,
    anchor: str,
    paper: bool = False,
    ref: str = "x",
    top: bool = False,
    shift: int = 0,
    lift: int = 0,
    size: int = 14,
) -> None:
    """Put words beside what they mean; `paper` places x on the plot's width, `top` y at its upper edge."""
    figure.add_annotation(
        x=x,
        y=y,
        xref="paper" if paper else ref,
        yref="paper" if top else "y",
        text=words,
        showarrow=False,
        xanchor=anchor,
        yanchor="bottom" if top else "middle",
        xshift=shift,
        yshift=lift,
        font=dict(color=colour, size=size),
        align="left",
    )


def swatch(figure: go.Figure, x: float, y: float, *, at: int, up: int, fill: str, edge: str, size: int = 12) -> None:
    """A small square, `at` and `up` in pixels from a point; y is on the plot's upper edge when `up` is given."""
    figure.add_shape(
        type="rect",
        xref="paper",
        yref="paper" if up else "y",
        xsizemode="pixel",
        ysizemode="pixel",
        xanchor=x,
        yanchor=y,
        x0=at,
        x1=at + size,
        y0=up - size / 2,
        y1=up + size / 2,
        fillcolor=fill,
        line=dict(width=1.2, color=edge),
    )


def interval(
    figure: go.Figure, fit: Interval, y: float, palette: Palette, *, hover: str, axis: str = "x", solid: bool = True
) -> None:
    colour = palette.accent if solid else palette.edge
    figure.add_scatter(
        x=[fit.low, fit.high],
        y=[y, y],
        xaxis=axis,
        mode="lines",
        hoverinfo="skip",
        line=dict(color=colour, width=2, dash="solid" if solid else "dot"),
    )
    figure.add_scatter(
        x=[fit.mid],
        y=[y],
        xaxis=axis,
        mode="markers",
        hovertemplate=hover + "<extra></extra>",
        cliponaxis=False,
        marker=dict(
            size=10, color=colour if solid else palette.surface, line=dict(width=0 if solid else 2, color=colour)
        ),
    )


def clear(colour: str) -> str:
    """The same colour, fully transparent, so that a gradient to it does not turn grey."""
    return faded(colour, 0)


def faded(colour: str, part: float) -> str:
    """The same colour with `part` of its strength, 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{part:g})"


def wrap(name: str) -> str:
    """Break a long name once, near its middle."""
    words = name.split()
    if len(name) < 13 or len(words) < 2:
        return name
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(name) / 2))
    return " ".join(words[:cut]) + "<br>" + " ".join(words[cut:])


def fit_axis_start(lows: list[float]) -> int:
    """A fit axis ends at 100 and begins at a round number below the lowest end, at 60 at most."""
    return max(min(60, int(min(lows) // 20 * 20)), 0)
