"""Why this number? From the role down to the answers, as sums that can be worked out with a pencil."""

from html import escape

import streamlit as st

from assessment.instruments.library import Library
from assessment.pages.parts.dress import card, html
from assessment.reports.words import FACET_BANDS
from assessment.roles.fit import Match
from assessment.services.reading import Reading
from assessment.services.why import Why, group_size, why


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
    m, s = found.match, found.match.standing
    if s is None or s.t is None or s.sem is None:
        return "<p>Too few of these lines were answered to work it out (at least 8 in 10 are needed).</p>"
    from_ = ("θ from these answers", found.theta_sum) if s.by_eap else ("Mean", found.mean_sum)
    r = m.requirement
    asked = f"{r.low:g} or more" if r.high is None else f"{r.low:g} to {r.high:g}"
    group = f"{s.norm_id} {s.norm_version}" + (
        " (a design assumption, nobody measured yet)" if group_size(read) == 0 else f", n = {group_size(read):,}"
    )
    parts = (
        from_,
        ("against the group", found.t_sum),
        (f"range {asked}, so outside by", found.gap_sum),
        ("error", found.error_sum),
        ("match", f"100 − 4 × {m.gap or 0:.1f} = {m.match or 0:.0f}"),
        ("expected match", f"{m.expected_match or 0:.1f}"),
        ("chance in range", f"{100 * (m.chance_in_range or 0):.0f} %"),
    )
    sums = "".join(f'<span>{escape(words)}</span><span class="part">{escape(value)}</span>' for words, value in parts)
    return (
        f'<p class="sum">{sums}</p><p>{escape(_sentence(m, read))}</p>{_where_theta_comes_from(found, read)}'
        f'<p class="muted small">Comparison group: {escape(group)}. Expected match: the mean match over where the person '
        f"may truly stand, N(50 + r (T − 50), 100 r (1 − r)) with r = {s.reliability:.2f}. Why it is asked: "
        f"{escape(r.because)}</p>"
    )


def _where_theta_comes_from(found: Why, read: Reading) -> str:
    """For who wants to know more than the sum: what θ is, what it is set against, and why lines may be missing."""
    if read.calibrated is None or found.match.standing is None:
        return ""
    s, n = found.match.standing, read.calibrated.n
    fewer = (
        f" {found.answered} of {len(found.items)} lines were asked: then enough was known (SE .40 or less)."
        if read.adaptive and not all(item.asked for item in found.items)
        else ""
    )
    return (
        f'<p class="muted small">θ is the estimate of the graded response model (EAP) with its standard error SE. Among the '
        f"{n:,} people it was calibrated on, estimates have the mean {s.norm_mean or 0:.2f} and the SD {s.norm_sd or 0:.2f}, "
        f"θ itself the SD {read.calibrated.facets[s.facet].spread:.2f}. T = 50 + 10 × (θ − mean) ÷ SD.{escape(fewer)}</p>"
    )


def _sentence(m: Match, read: Reading) -> str:
    name = read.facet_names[m.requirement.facet]
    if m.band == "in_range":
        return f"{name} is in range. The error means that it could also lie a little outside."
    if m.band == "close":
        return f"{name} is outside by less than the error, so it could well be in range: something to talk about."
    return f"{FACET_BANDS[m.band]}, by more than the error explains: ask for examples. It is no reason against anybody."


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
    weight = sum(m.requirement.weight for m in own)
    total = sum(m.requirement.weight * (m.expected_match or 0) for m in own)
    return (
        '<table class="stack"><thead><tr><th>Facet</th><th class="n">Weight w</th><th class="n">Expected match</th>'
        f'<th class="n">w × match</th></tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="sum"><span>Fit</span><span class="part">{total:.1f} ÷ {weight:g} = {fit.fit:.1f}</span>'
        f'<span>80 % interval</span><span class="part">{fit.low80:.0f} to {fit.high80:.0f}</span></p>'
        '<p class="muted small">The interval is where eight in ten of such people truly lie, each facet off by chance on '
        "its own.</p>"
    )
