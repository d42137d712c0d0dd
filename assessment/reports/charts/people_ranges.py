"""Two to four people on the same ranges; closer than the error is drawn as a tie."""

from collections.abc import Mapping, Sequence

from assessment.reports.charts.chart import Chart
from assessment.reports.charts.facet_ranges import range_ground, rows_by_part
from assessment.reports.charts.marks import say
from assessment.reports.palette import Palette
from assessment.reports.ranges import T_HIGH, RangeRow, part_overlaps


def facet_ranges_of_people(
    people: Mapping[str, Sequence[RangeRow]], palette: Palette, *, compact: bool = False
) -> Chart:
    """Two to four people on the same ranges; marks that would overlap are set one above the other."""
    names = list(people)
    letters = dict(zip(names, "ABCD", strict=False))
    rows = rows_by_part(next(iter(people.values())), compact=compact)
    figure = range_ground(rows, palette, compact=compact, tall=True)
    standing = {name: {r.facet: r.t for r in readings} for name, readings in people.items()}
    for y, row in rows:
        if not isinstance(row, RangeRow):
            continue
        placed = {name: t for name in names if (t := standing[name][row.facet]) is not None}
        for name, lift in part_overlaps(placed, apart=3.6 if compact else 1.7, step=0.2 if compact else 0.32).items():
            colour = palette.people[names.index(name)]
            figure.add_scatter(
                x=[placed[name]],
                y=[y + lift],
                mode="markers+text",
                text=letters[name],
                cliponaxis=False,
                marker=dict(size=16, color=colour, line=dict(width=1.5, color=palette.surface)),
                textfont=dict(size=11, color=palette.on_accent, weight=700),
                hovertemplate=f"{name}<br>{row.facet}: {placed[name]:.0f}<extra></extra>",
            )
    words = [f"<span style='color:{palette.people[i]}'><b>{letters[n]}</b></span>  {n}" for i, n in enumerate(names)]
    key = "     ".join(words[:2]) + ("<br>" if compact else "     ") + "     ".join(words[2:])
    say(figure, 0, 1, key, palette.ink, anchor="left", paper=True, top=True, shift=0 if compact else -184, lift=30)
    tie = 1.96 * 2**0.5 * max(r.sem for readings in people.values() for r in readings)
    end = T_HIGH - 1
    for x in ([end - tie, end], [end - tie, end - tie], [end, end]):
        ends = [0, 0] if x[0] != x[1] else [-0.12, 0.12]
        figure.add_scatter(x=x, y=ends, mode="lines", line=dict(color=palette.edge, width=1.5), hoverinfo="skip")
    said = "closer is a tie" if compact else "closer than this is a tie"
    say(figure, end - tie - 1, 0, said, palette.muted, anchor="right")
    alt = f"{', '.join(names)} on the same role's ranges, {len(next(iter(people.values())))} facets."
    return Chart(figure, alt)
