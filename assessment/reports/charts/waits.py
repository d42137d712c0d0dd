"""Days waited at each stage, by whom the hiring was waiting for."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.reports.charts.chart import Chart, template
from assessment.reports.charts.marks import say, swatch
from assessment.reports.palette import Palette


@dataclass(frozen=True)
class Waited:
    """Mean days at one stage, on us and on candidates, over `n` applications that have left it."""

    stage: str
    us: float
    candidates: float
    n: int


def waits(rows: Sequence[Waited], palette: Palette, *, compact: bool = False) -> Chart:
    """Stacked bars: first the days on us, then those on candidates, their sum beside them."""
    names = [row.stage for row in rows]
    left = 92 if compact else 132
    figure = go.Figure(layout=dict(template=template(palette), height=len(rows) * 44 + 44, barmode="stack"))
    sides = (
        ("on us", [row.us for row in rows], palette.accent, palette.accent, palette.on_accent),
        ("on candidates", [row.candidates for row in rows], palette.band, palette.band_edge, palette.ink),
    )
    longest = max((row.us + row.candidates for row in rows), default=0) or 1
    for at, (side, lengths, fill, edge, ink) in enumerate(sides):
        swatch(figure, 0, 1, at=at * 128 - left, up=16, fill=fill, edge=edge)
        words = f"waiting {side}" if not compact else side
        say(figure, 0, 1, words, palette.ink, anchor="left", paper=True, top=True, shift=18 + at * 128 - left, lift=4)
        figure.add_bar(
            x=lengths,
            y=names,
            orientation="h",
            width=0.58,
            marker=dict(color=fill, cornerradius=3, line=dict(width=1, color=edge)),
            text=[
                f"{length:.1f}" if min(row.us, row.candidates) > longest * 0.12 else ""
                for length, row in zip(lengths, rows, strict=True)
            ],
            textposition="inside",
            insidetextanchor="end",
            textfont=dict(color=ink, size=13),
            constraintext="none",
            textangle=0,
            hovertemplate="%{y}: %{x:.1f} days " + side + "<extra></extra>",
        )
    for row in rows:
        total = row.us + row.candidates
        words = f"{total:.1f} {'d' if compact else 'days'}" if row.n else "nobody yet"
        say(figure, total + longest * 0.02, row.stage, words, palette.muted, anchor="left")
    figure.update_layout(
        margin=dict(l=left, r=0, t=40, b=0),
        xaxis=dict(range=[0, longest * 1.3], visible=False),
        yaxis=dict(autorange="reversed", tickfont=dict(color=palette.ink, size=14), ticklabelstandoff=8),
    )
    said = "; ".join(
        f"{row.stage} {row.us:.1f} days on us and {row.candidates:.1f} on candidates, {row.n} people" for row in rows
    )
    return Chart(figure, f"Mean waiting days per stage. {said}.")
