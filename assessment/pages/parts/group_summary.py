"""A group that grows together, as the house sees it: means and spreads from five people up, and nothing else."""

from collections.abc import Mapping
from html import escape

from assessment.pages.parts.dress import add_sheet, card, html
from assessment.pages.parts.staff_frame import Desk
from assessment.services.group_summary import Summary
from assessment.services.growth import Group
from assessment.services.growth_summary import group_summary
from assessment.training.growth_items import HIGHEST, LOWEST, growth_words

T_SHOWN = (30.0, 70.0)


def people(n: int) -> str:
    return f"{n:,} {'person' if n == 1 else 'people'}"


def summary_card(desk: Desk, group: Group) -> None:
    """The summary, or how many are missing until there is one."""
    found = group_summary(desk.house, group.id, actor=desk.actor, now=desk.now)
    add_sheet("growth.css")
    with card("summary"):
        if not found.facets:
            html(
                f"<h2>The group on the whole</h2><p>From {found.fewest} people up, means of the group stand here. "
                "Below that nothing is shown, so that nobody can be worked out.</p>"
            )
            return
        n = max(summary.n for summary in found.facets.values())
        wording = desk.house.library.wording(language="en").facets
        names = {facet: wording[facet].name for facet in found.facets}
        html(f"<h2>The group on the whole: {people(n)}</h2>")
        html(
            "<p class='muted'>Mean, with a soft band for how far people differ (one SD to each side). Typical is the middle. "
            "It says nothing about any one person. New people show once five more have answered.</p>"
            + _table("Facet", found.facets, names, *T_SHOWN, ends=("less", "typical", "more"))
        )
        if found.lines:
            said = growth_words("en")
            html(
                "<h3>As colleagues see them</h3>"
                + _table(
                    "How often",
                    found.lines,
                    said.peer,
                    float(LOWEST),
                    float(HIGHEST),
                    ends=(said.scale[LOWEST], "", said.scale[HIGHEST]),
                )
            )


def _table(
    head: str, found: Mapping[str, Summary], names: Mapping[str, str], low: float, high: float, *, ends: tuple[str, ...]
) -> str:
    rows = "".join(
        f"<tr><td><b>{escape(names[id_])}</b></td><td>{_line(summary, low, high)}</td>"
        f'<td class="n" data-label="Mean">{summary.mean:.1f}</td><td class="n" data-label="Spread">{summary.sd:.1f}</td>'
        f'<td class="n" data-label="People">{summary.n}</td></tr>'
        for id_, summary in found.items()
    )
    scale = "".join(f"<span>{escape(end)}</span>" for end in ends)
    return (
        f'<table class="stack group-means"><thead><tr><th>{head}</th><th><span class="ends">{scale}</span></th>'
        f'<th class="n">Mean</th><th class="n">Spread</th><th class="n">People</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _line(summary: Summary, low: float, high: float) -> str:
    def at(value: float) -> float:
        return min(max((value - low) / (high - low) * 100, 2), 98)

    start, end = at(summary.mean - summary.sd), at(summary.mean + summary.sd)
    return (
        '<span class="sides"><span class="steps" aria-hidden="true">'
        f'<span class="spread" style="left:{start:.0f}%;right:{100 - end:.0f}%"></span>'
        f'<span class="mark" style="left:{at(summary.mean):.0f}%"></span></span></span>'
    )
