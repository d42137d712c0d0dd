"""What hiring cost, month by month, and how many were hired."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.reports.charts.chart import Chart, template
from assessment.reports.charts.marks import say, swatch
from assessment.reports.palette import Palette


@dataclass(frozen=True)
class MonthCost:
    """One month: the price of its hours, and money that was typed, in whole units of the currency."""

    month: str
    hours: float
    money: float
    hires: int


def months(rows: Sequence[MonthCost], palette: Palette, *, currency: str, compact: bool = False) -> Chart:
    """Stacked columns of hours priced and money spent; the sum and the hires stand above."""
    figure = go.Figure(layout=dict(template=template(palette), height=260, barmode="stack"))
    names = [row.month for row in rows]
    tallest = max((row.hours + row.money for row in rows), default=0) or 1
    sides = (
        ("our hours", [row.hours for row in rows], palette.accent, palette.accent),
        ("money spent", [row.money for row in rows], palette.band, palette.band_edge),
    )
    for at, (side, sums, fill, edge) in enumerate(sides):
        swatch(figure, 0, 1, at=at * 116, up=22, fill=fill, edge=edge)
        say(figure, 0, 1, side, palette.ink, anchor="left", paper=True, top=True, shift=18 + at * 116, lift=10)
        figure.add_bar(
            x=names,
            y=sums,
            width=0.52,
            marker=dict(color=fill, cornerradius=3, line=dict(width=1, color=edge)),
            hovertemplate="%{x}: %{y:,.0f} " + f"{currency}, {side}<extra></extra>",
        )
    for row in rows:
        hires = f"<br><span style='color:{palette.muted}'>{row.hires} hired</span>" if row.hires else ""
        figure.add_annotation(
            x=row.month,
            y=row.hours + row.money,
            text=f"{row.hours + row.money:,.0f} {currency}{hires}",
            showarrow=False,
            yanchor="bottom",
            yshift=2,
            font=dict(color=palette.ink, size=13 if compact else 14),
        )
    figure.update_layout(
        margin=dict(l=0, r=0, t=44, b=28),
        yaxis=dict(range=[0, tallest * 1.35], visible=False),
        xaxis=dict(type="category", range=[-0.6, max(len(rows) - 0.4, 5.4 if not compact else 2.4)]),
    )
    said = "; ".join(f"{r.month}: {r.hours + r.money:,.0f} {currency}, {r.hires} hired" for r in rows)
    return Chart(figure, f"Cost of hiring by month. {said}.")
