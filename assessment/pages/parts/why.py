"""Why this number? From the role down to the answers, as sums that can be worked out with a pencil."""

from html import escape

import streamlit as st

from assessment.instruments.library import Library
from assessment.pages.parts.dress import card, html
from assessment.services.reading import Reading
from assessment.services.why import Why, fit_sum, group_words, match_sentence, sums, theta_words, why


def why_card(read: Reading, *, library: Library) -> None:
    """Pick a part and a facet; every step and its inputs are shown, and the same is there as a table."""
    asked = [m.requirement.facet for m in read.fit.matches if m.requirement.facet in read.form.facets]
    start = next((f for f in read.fit.explore if f in asked), asked[0])
    with card("why"):
        how = (
            "From the role down to the answers. θ, the estimate behind T, is worked out by the computer from the answers "
            "and from how much each statement says; from there on a pencil will do."
            if read.calibrated
            else "From the role down to the answers. You can work it out with a pencil."
        )
        html(f"<h2>Why this number?</h2><p class='muted'>{how}</p>")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            facet = st.selectbox(
                "Facet",
                asked,
                index=asked.index(start),
                format_func=lambda f: read.facet_names[f],
                width=280,
                key="why-facet",
            )
            part = st.selectbox("Fit of", ["signature", "core"], format_func=str.capitalize, width=200, key="why-part")
        html(_answers(why(read, facet, library=library), read))
        with st.expander(f"The {part} fit, step by step"):
            html(_fit(read, part))
        html(
            f'<p><a href="/staff/why/{read.application_id}.csv" download>Everything as a table (CSV), to recompute '
            "outside</a></p>"
        )


def _answers(found: Why, read: Reading) -> str:
    rows = "".join(
        f"<tr><td>{escape(i.text)}{' <span class=muted>turned round</span>' if i.keyed == 'minus' else ''}</td>"
        f'<td data-label="Answer">{escape(i.answer_words)}</td><td class="n" data-label="Counts as">{i.sum or "–"}</td></tr>'
        for i in found.items
    )
    return (
        '<table class="stack"><thead><tr><th>Statement</th><th>Answer</th><th class="n">Counts as</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{_sums(found, read)}"
    )


def _sums(found: Why, read: Reading) -> str:
    steps, s = sums(found, read), found.match.standing
    if not steps or s is None:
        return "<p>Too few of these lines were answered to work it out (at least 8 in 10 are needed).</p>"
    theta = f'<p class="muted small">{escape(words)}</p>' if (words := theta_words(found, read)) else ""
    shown = "".join(f'<span>{escape(words)}</span><span class="part">{escape(value)}</span>' for words, value in steps)
    return (
        f'<p class="sum">{shown}</p><p>{escape(match_sentence(found.match, read))}</p>{theta}'
        f'<p class="muted small">Comparison group: {escape(group_words(read, s))}. Expected match: the mean match over where '
        f"the person may truly stand, N(50 + r (T − 50), 100 r (1 − r)) with r = {s.reliability:.2f}. Why it is asked: "
        f"{escape(found.match.requirement.because)}</p>"
    )


def _fit(read: Reading, part: str) -> str:
    own = [m for m in read.fit.matches if m.part == part and m.expected_match is not None]
    fit = read.fit.signature if part == "signature" else read.fit.core
    if not own or fit.fit is None:
        return "<p>Nothing of this part was measured.</p>"
    rows = "".join(
        f"<tr><td><b>{escape(read.facet_names[m.requirement.facet])}</b></td>"
        f'<td class="n" data-label="Weight">{m.requirement.weight:g}</td>'
        f'<td class="n" data-label="Expected match">{m.expected_match:.1f}</td>'
        f'<td class="n" data-label="Product">{m.requirement.weight * (m.expected_match or 0):.1f}</td></tr>'
        for m in own
    )
    return (
        '<table class="stack"><thead><tr><th>Facet</th><th class="n">Weight w</th><th class="n">Expected match</th>'
        f'<th class="n">w × match</th></tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="sum"><span>Fit</span><span class="part">{fit_sum(read, part)}</span>'
        f'<span>80 % interval</span><span class="part">{fit.low80:.0f} to {fit.high80:.0f}</span></p>'
        '<p class="muted small">The interval is where eight in ten of such people truly lie, each facet off by chance on '
        "its own.</p>"
    )
