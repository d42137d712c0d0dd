"""How many people reached each stage."""

from collections.abc import Mapping

import plotly.graph_objects as go

from assessment.reports.charts.chart import Chart, template
from assessment.reports.charts.marks import say
from assessment.reports.palette import Palette


def stages(counts: Mapping[str, int], palette: Palette, *, compact: bool = False) -> Chart:
    """How many people reached each stage."""
    names, values = list(counts), list(counts.values())
    top = max(values)
    figure = go.Figure(layout=dict(template=template(palette), height=len(names) * 38 + 8))
    figure.add_bar(
        x=values,
        y=names,
        orientation="h",
        width=0.56,
        marker=dict(color=palette.band, cornerradius=4, line=dict(width=1, color=palette.band_edge)),
        hoverinfo="skip",
    )
    for i, (name, value) in enumerate(counts.items()):
        of = f" <span style='color:{palette.muted}'>of {values[i - 1]}</span>" if i else ""
        say(figure, value + top * 0.02, name, f"<b>{value}</b>{of}", palette.ink, anchor="left")
    figure.update_layout(
        margin=dict(l=80, r=0, t=0, b=0),
        xaxis=dict(range=[0, top * 1.3], visible=False),
        yaxis=dict(autorange="reversed", ticklabelstandoff=10, tickfont=dict(color=palette.ink, size=14)),
    )
    return Chart(figure, "People per stage: " + ", ".join(f"{n.lower()} {v}" for n, v in counts.items()) + ".")
