"""How often each answer is given to the statements of one facet."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.reports.charts.chart import Chart, template
from assessment.reports.charts.marks import faded, say, swatch
from assessment.reports.palette import Palette

_WIDE, _NARROW = 46, 34  # characters of a statement on a line
_LABEL = 340  # pixels beside the bars
_TOLD = 0.06  # smaller shares carry no number


@dataclass(frozen=True)
class AnswerShares:
    """A statement and the share of each answer, the lowest answer first."""

    statement: str
    shares: Sequence[float]


def answer_shares(
    rows: Sequence[AnswerShares], answers: Sequence[str], palette: Palette, *, group: str, compact: bool = False
) -> Chart:
    """One bar a statement, from the lowest answer to the highest; the darker, the more often the statement is true."""
    step = 78 if compact else 50
    top = 46 if compact else 34
    figure = go.Figure(layout=dict(template=template(palette), height=len(rows) * step + top))
    shades = _shades(len(answers), palette, group)
    lines = [(-float(at), row) for at, row in enumerate(rows)]
    starts = [0.0] * len(rows)
    for at, (answer, (fill, words)) in enumerate(zip(answers, shades, strict=True)):
        values = [row.shares[at] for row in rows]
        figure.add_bar(
            x=values,
            y=[y for y, _ in lines],
            base=list(starts),
            orientation="h",
            width=0.3 if compact else 0.5,
            marker=dict(color=fill, line=dict(width=1, color=palette.surface)),
            text=[f"{100 * v:.0f}" if v >= _TOLD else "" for v in values],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont=dict(size=13, color=words),
            hovertemplate=[f"{answer}: {100 * v:.1f} %<extra></extra>" for v in values],
        )
        starts = [start + value for start, value in zip(starts, values, strict=True)]
    for y, row in lines:
        statement = _wrapped(row.statement, _NARROW if compact else _WIDE)
        if compact:
            say(figure, 0, y + 0.41, statement, palette.ink, anchor="left", paper=True)
        else:
            say(figure, 0, y, statement, palette.ink, anchor="left", paper=True, shift=-_LABEL)
    first, last = answers[0], answers[-1]
    for at, (fill, _) in enumerate(shades):
        swatch(figure, 0, 1, at=at * 16, up=16, fill=fill, edge=palette.edge)
    say(
        figure,
        0,
        1,
        f"{first.lower()} to {last.lower()}, in %{'' if compact else ' of those who answered'}",
        palette.muted,
        anchor="left",
        paper=True,
        top=True,
        shift=len(answers) * 16 + 4,
        lift=6,
        size=13,
    )
    figure.update_layout(
        barmode="overlay",
        margin=dict(l=0 if compact else _LABEL, r=0, t=top - 4, b=0),
        xaxis=dict(range=[0, 1], visible=False),
        yaxis=dict(range=[-len(rows) + 0.5, 0.75 if compact else 0.5], visible=False),
    )
    return Chart(figure, _alt(rows, answers))


def _alt(rows: Sequence[AnswerShares], answers: Sequence[str]) -> str:
    said = []
    for row in rows:
        most = max(range(len(answers)), key=lambda at: row.shares[at])
        said.append(f"{row.statement} Most often {answers[most].lower()}, {100 * row.shares[most]:.0f} percent.")
    return f"How often each answer is given to {len(rows)} statements. " + " ".join(said)


def _shades(n: int, palette: Palette, group: str) -> list[tuple[str, str]]:
    """Fill and text of each answer, from pale to full colour; numbers hold 4.5:1 on each of them."""
    dark = palette.ink > palette.surface  # light words on a dark ground
    upper = [0.78 if dark else 0.62, 1.0]
    parts = [0.1 + 0.32 * at / max(n - 3, 1) for at in range(n - 2)] + upper
    words = [palette.ink] * (n - 2) + [palette.on_accent if dark else palette.ink, palette.on_accent]
    return [(faded(palette.groups[group], part), colour) for part, colour in zip(parts, words, strict=True)]


def _wrapped(words: str, width: int) -> str:
    """Words broken into lines of at most `width` characters."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)
