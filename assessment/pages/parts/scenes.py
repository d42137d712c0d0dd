"""How alike the scenes of each role are, and how far the authors of their key agree."""

from collections.abc import Mapping, Sequence
from html import escape

from assessment.pages.parts.dress import card, html
from assessment.pages.parts.staff_frame import Desk
from assessment.reports.health_words import TOO_FEW, coefficient
from assessment.scoring.scenarios import MIXED, KeyAgreement
from assessment.services.health import ENOUGH_FOR_RELIABILITY
from assessment.services.scenario_health import ScenarioHealth, scenario_agreement, scenario_health


def scenes_card(desk: Desk, titles: Mapping[str, str]) -> None:
    found = scenario_health(desk.house, actor=desk.actor)
    with card("scenes"):
        html(f"<h2>Do the scenes of a role hang together?</h2><p class='muted'>{MIXED}</p>")
        html(_table(found, titles))
        html(f'<p class="muted small">{_agreement(scenario_agreement(desk.house, actor=desk.actor))}</p>')


def _table(found: Sequence[ScenarioHealth], titles: Mapping[str, str]) -> str:
    rows = "".join(
        f'<tr><td>{escape(titles[own.role])}</td><td class="n" data-label="People">{own.n:,}</td>'
        f'<td class="n" data-label="Scenes">{own.scenarios}</td>{_values(own)}</tr>'
        for own in found
    )
    head = '<th>Role</th><th class="n">People</th><th class="n">Scenes</th><th class="n">α</th><th class="n">ω</th>'
    return f'<table class="stack"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _values(own: ScenarioHealth) -> str:
    if own.reliability is None:
        few = f'<span class="muted">{TOO_FEW}, it needs {ENOUGH_FOR_RELIABILITY}</span>'
        return f'<td class="n" data-label="α and ω" colspan="2">{few}</td>'
    cells = (("α", own.reliability.alpha), ("ω", own.reliability.omega_total))
    return "".join(f'<td class="n" data-label="{name}">{coefficient(value) or "–"}</td>' for name, value in cells)


def _agreement(agreement: KeyAgreement) -> str:
    if agreement.icc_single is None or agreement.icc_mean is None:
        return (
            "The key was set by one author, so nobody has agreed or disagreed yet. Picks are talking points until "
            "several people who know the work have rated every option."
        )
    return (
        f"{agreement.authors} authors rated {agreement.options} options: ICC(2,1) {agreement.icc_single:.2f} between two of "
        f"them, {agreement.icc_mean:.2f} for their mean."
    )
