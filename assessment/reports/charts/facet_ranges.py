"""Facets of a role against the ranges it asks for, with one person on them or none."""

from collections.abc import Sequence

import plotly.graph_objects as go

from assessment.reports.charts.chart import Chart, template
from assessment.reports.charts.marks import clear, say
from assessment.reports.palette import Palette
from assessment.reports.ranges import PARTS, T_HIGH, T_LOW, RangeRow, asked_for
from assessment.reports.words import FACET_BANDS


def facet_ranges(readings: Sequence[RangeRow], palette: Palette, *, who: str = "", compact: bool = False) -> Chart:
    """Each facet of a role: soft band = the range asked for, mark = the person, thin line = 95 % error."""
    rows = rows_by_part(readings, compact=compact)
    figure = range_ground(rows, palette, compact=compact)
    for y, row in rows:
        if not isinstance(row, RangeRow):
            continue
        if row.t is None:
            words = "Not measured" if who else asked_for(row)
            if compact:
                say(figure, 1, y + 0.46, words, palette.muted, anchor="right", paper=True)
            else:
                say(figure, 1.015, y, words, palette.muted, anchor="left", paper=True)
            continue
        _mark(figure, row, y, palette)
        if row.band:
            words, colour = FACET_BANDS[row.band], palette.of(row.band)
            if compact:
                say(figure, T_HIGH, y + 0.46, words, colour, anchor="right")
            else:
                say(figure, 1.015, y, words, colour, anchor="left", paper=True)
    measured = [r for r in readings if r.t is not None]
    outside = [f"{r.facet} {FACET_BANDS[r.band].lower()}" for r in measured if r.band and r.band != "in_range"]
    if not measured:
        return Chart(
            figure, "What the role asks for: " + "; ".join(f"{r.facet} {asked_for(r)}" for r in readings) + "."
        )
    alt = f"{who}: {len(measured)} of {len(readings)} facets measured against the role's ranges. "
    return Chart(figure, alt + (f"Not in range: {', '.join(outside)}." if outside else "All of them are in range."))


def rows_by_part(readings: Sequence[RangeRow], *, compact: bool) -> list[tuple[float, RangeRow | str]]:
    """Rows from top to bottom with a heading above each part; y falls by one per row."""
    rows: list[tuple[float, RangeRow | str]] = []
    y = 0.0
    for part in PARTS:
        of_part = [r for r in readings if r.part == part]
        if not of_part:
            continue
        rows.append((y, part))
        for reading in of_part:
            y -= 1
            rows.append((y, reading))
        y -= 0.8 if compact else 1.15
    return rows


def range_ground(
    rows: Sequence[tuple[float, RangeRow | str]], palette: Palette, *, compact: bool, tall: bool = False
) -> go.Figure:
    """The scale in words, the parts, the facet names and the range of each."""
    lowest = rows[-1][0]
    row_px = (70 if compact else 46) if tall else (52 if compact else 34)
    head = (92 if compact else 66) if tall else 34
    figure = go.Figure(layout=dict(template=template(palette), height=int((-lowest + 1.3) * row_px) + head))
    for at, words in ((32, "less"), (50, "typical"), (68, "more")):
        say(figure, at, 1, words, palette.muted, anchor="center", ref="x", top=True, lift=4)
        figure.add_shape(
            type="line",
            x0=at,
            x1=at,
            y0=lowest - 0.5,
            y1=0.6,
            layer="below",
            line=dict(color=palette.line, width=1, dash="solid" if at == 50 else "dot"),
        )
    for y, row in rows:
        if isinstance(row, str):
            say(
                figure,
                T_LOW if compact else 0,
                y,
                f"<b>{row}</b>",
                palette.ink,
                anchor="left",
                paper=not compact,
                shift=0 if compact else -184,
            )
            continue
        half = (0.3 if compact else 0.4) if tall else (0.17 if compact else 0.27)
        high = T_HIGH if row.high is None else row.high
        fade = clear(palette.band) if row.high is None else palette.band
        figure.add_scatter(
            x=[row.low, high, high, row.low],
            y=[y - half, y - half, y + half, y + half],
            fill="toself",
            mode="none",
            hoverinfo="skip",
            fillgradient=dict(
                type="horizontal",
                start=row.low,
                stop=high,
                colorscale=[[0, palette.band], [0.6, palette.band], [1, fade]],
            ),
        )
        for end in (row.low, row.high):
            if end is not None:
                figure.add_shape(
                    type="line",
                    x0=end,
                    x1=end,
                    y0=y - half,
                    y1=y + half,
                    layer="below",
                    line=dict(color=palette.band_edge, width=1.5),
                )
        if compact:
            say(figure, T_LOW, y + 0.46, row.facet, palette.ink, anchor="left")
        else:
            say(figure, 0, y, row.facet, palette.ink, anchor="left", paper=True, shift=-184)
    figure.update_layout(
        margin=dict(l=4 if compact else 184, r=4 if compact or tall else 116, t=head - 12, b=4),
        xaxis=dict(range=[T_LOW, T_HIGH], visible=False),
        yaxis=dict(range=[lowest - 0.6, 0.65], visible=False),
    )
    return figure


def _mark(figure: go.Figure, row: RangeRow, y: float, palette: Palette) -> None:
    error, t = 1.96 * row.sem, row.t or 0.0
    colour = palette.of(row.band or "in_range")
    ends = [max(t - error, T_LOW), min(t + error, T_HIGH)]
    figure.add_scatter(x=ends, y=[y, y], mode="lines", line=dict(color=colour, width=1.5), hoverinfo="skip")
    form = {"in_range": "circle", "close": "circle", None: "circle"}.get(row.band, "diamond")
    hollow = row.band == "close"
    figure.add_scatter(
        x=[row.t],
        y=[y],
        mode="markers",
        cliponaxis=False,
        marker=dict(
            symbol=form,
            size=12 if hollow else 13,
            color=palette.surface if hollow else colour,
            line=dict(width=3 if hollow else 2, color=colour if hollow else palette.surface),
        ),
        hovertemplate=f"<b>{row.facet}</b><br>{t:.0f}, likely {t - error:.0f} to {t + error:.0f}"
        f"<br>asked for: {asked_for(row)}<extra></extra>",
    )
