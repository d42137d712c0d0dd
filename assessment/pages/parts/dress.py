"""Pieces of a page that Streamlit has no widget for, as HTML that look.css dresses.

What people typed is escaped here or by the caller; `st.html` drops scripts and inline SVG.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.reports.words import FACET_BANDS

STATIC = Path(__file__).parents[1] / "static"


def dress(*sheets: str) -> None:
    """Put the product's style sheets on the page."""
    for sheet in ("look.css", *sheets):
        st.html(STATIC / sheet)


def add_sheet(name: str) -> None:
    """One more style sheet on a page that is dressed; it comes after those of the page and undoes none of them."""
    st.html(STATIC / name)


def html(markup: str) -> None:
    """Put markup on the page; whoever calls escapes what people typed."""
    st.html(f'<div class="cf">{markup}</div>')


def icon(name: str) -> str:
    return f'<span class="icon icon-{name}" aria-hidden="true"></span>'


def chip(kind: str, words: str) -> str:
    """`kind`: good, attend, outside or quiet; each has its own sign as well as its colour."""
    return f'<span class="chip {kind}">{escape(words)}</span>'


def head(title: str, line: str = "", *, above: str = "") -> None:
    """The top of a page: where one is, what it is, one quiet line; `above` and `line` are HTML."""
    eyebrow = f'<p class="eyebrow">{above}</p>' if above else ""
    st.html(f'<div class="cf cf-head">{eyebrow}<h1>{escape(title)}</h1>{f"<p>{line}</p>" if line else ""}</div>')


def small_interval(low: float, mid: float, high: float, *, start: float = 40) -> str:
    """An 80 % interval on a line, for a row of a list."""
    low_at, mid_at, high_at = (100 * (max(v, start) - start) / (100 - start) for v in (low, mid, high))
    return (
        f'<span class="interval" role="img" aria-label="likely {low:.0f} to {high:.0f} of 100">'
        f'<span style="left:{low_at:.1f}%;right:{100 - high_at:.1f}%"></span>'
        f'<span style="left:{mid_at:.1f}%"></span></span>'
    )


def grade(words: str) -> str:
    """How strong the evidence is: judgement, weak, moderate or strong."""
    full = ("judgement", "weak", "moderate", "strong").index(words)
    bars = "".join(f'<i class="{"on" if bar < full else ""}"></i>' for bar in range(3))
    return f'<span class="grade">{bars} {words.capitalize()}</span>'


def signs(bands: Sequence[str]) -> str:
    """One sign per facet: how many are in range, close, or outside, at a glance."""
    kinds = {"in_range": "good", "close": "attend", "below": "outside", "above": "outside", "not_measured": "none"}
    words = ", ".join(FACET_BANDS[band].lower() for band in bands)
    return (
        f'<span class="signs" role="img" aria-label="{words}">'
        + "".join(f'<i class="{kinds[b]}"></i>' for b in bands)
        + "</span>"
    )


def card(key: str) -> DeltaGenerator:
    """A container that look.css draws as a card."""
    return st.container(key=f"card-{key}")


def strip(name: str, text: str, *, low_pole: str, high_pole: str, at: float, low: float, high: float) -> str:
    """Where somebody stands between two poles, as a dot in a soft band; no numbers, for pages without charts."""
    place, start, end = (min(max((t - 20) / 60 * 100, 1.5), 98.5) for t in (at, low, high))
    return (
        f'<div class="strip"><h3>{escape(name)}</h3><p>{escape(text)}</p>'
        f'<div class="track" aria-hidden="true"><span class="sure" style="left:{start:.0f}%;right:{100 - end:.0f}%"></span>'
        f'<span class="dot" style="left:{place:.0f}%"></span></div>'
        f'<div class="poles"><span>{escape(low_pole)}</span><span>{escape(high_pole)}</span></div></div>'
    )
