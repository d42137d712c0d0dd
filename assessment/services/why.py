"""Why this number? From the fit of a role to a requirement, a standing, and the exact answers with their key."""

import csv
import io
from dataclasses import dataclass

from assessment.errors import UnknownIdError
from assessment.instruments.library import Library
from assessment.roles.fit import Match
from assessment.services.reading import Reading
from assessment.services.shortlist import safe_cell

COLUMNS = (
    *("questionnaire", "version", "form", "facet", "facet_name", "item", "statement", "keyed", "answer", "counts_as"),
    *("facet_mean", "norm_group", "norm_version", "norm_n", "norm_mean", "norm_sd", "reliability", "t", "sem", "role"),
    *("profile_version", "part", "kind", "low", "high", "gap", "match", "expected_match", "chance_in_range", "weight"),
    "facet_band",
)


@dataclass(frozen=True)
class WhyItem:
    """One statement: what was answered, and what it counts as. `sum` is the little sum of a turned item."""

    item: str
    text: str
    answer: int | None
    answer_words: str
    keyed: str
    counts_as: int | None
    sum: str


@dataclass(frozen=True)
class Why:
    """Everything behind one facet's number, with inputs."""

    facet: str
    name: str
    match: Match
    items: tuple[WhyItem, ...]
    total: int
    answered: int
    mean_sum: str
    t_sum: str
    gap_sum: str


def why(read: Reading, facet: str, *, library: Library) -> Why:
    """The way from one facet's match down to the answers it was made of."""
    matches = {m.requirement.facet: m for m in read.fit.matches if m.requirement.facet in read.form.facets}
    if facet not in matches:
        raise UnknownIdError("facet", facet, tuple(matches))
    match = matches[facet]
    items = tuple(_item(read, id_, library) for id_ in read.form.items if _facet_of(read, id_) == facet)
    counted = [i.counts_as for i in items if i.counts_as is not None]
    return Why(
        facet=facet,
        name=read.facet_names[facet],
        match=match,
        items=items,
        total=sum(counted),
        answered=len(counted),
        mean_sum=f"{sum(counted)} ÷ {len(counted)} = {sum(counted) / len(counted):.2f}" if counted else "",
        t_sum=_t_sum(match),
        gap_sum=_gap_sum(match),
    )


def why_csv(read: Reading, *, library: Library) -> str:
    """Every input and every step as a table, so that it can be recomputed outside.

    One line per answer: its facet's mean, norms and T, the range, gap, match, expected match,
    chance and weight stand beside it. `fit = Σ weight·expected_match / Σ weight` over a part.
    """
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for match in read.fit.matches:
        facet, standing, requirement = match.requirement.facet, match.standing, match.requirement
        if facet not in read.form.facets or standing is None:
            continue
        for item in (_item(read, id_, library) for id_ in read.form.items if _facet_of(read, id_) == facet):
            cells: list[object] = [read.instrument.id, read.instrument.version, f"{read.form.id} {read.form.version}"]
            cells += [facet, read.facet_names[facet], item.item, item.text, item.keyed, item.answer, item.counts_as]
            cells += [standing.score, read.norms.id, read.norms.version, read.norms.n, standing.norm_mean]
            cells += [standing.norm_sd, standing.reliability, standing.t, standing.sem, read.role]
            cells += [read.profile.version, match.part, requirement.kind, requirement.low, requirement.high]
            cells += [match.gap, match.match, match.expected_match, match.chance_in_range, requirement.weight]
            table.writerow(["" if cell is None else safe_cell(cell) for cell in [*cells, match.band]])
    return out.getvalue()


def _facet_of(read: Reading, item: str) -> str | None:
    known = read.instrument.by_id.get(item)
    return known.facet if known else None


def _item(read: Reading, id_: str, library: Library) -> WhyItem:
    item = read.instrument.by_id[id_]
    wording = library.wording(read.instrument.id, "en")
    value = read.answers.get(id_)
    answer = value if isinstance(value, int) else None
    both = read.instrument.format.low + read.instrument.format.high
    turned = item.keyed == "minus"
    counts_as = None if answer is None else both - answer if turned else answer
    return WhyItem(
        item=id_,
        text=wording.items[id_],
        answer=answer,
        answer_words="not answered" if answer is None else wording.scale[answer],
        keyed=item.keyed,
        counts_as=counts_as,
        sum="" if counts_as is None else f"{both} − {answer} = {counts_as}" if turned else str(counts_as),
    )


def _t_sum(match: Match) -> str:
    s = match.standing
    if s is None or s.t is None or s.score is None or s.norm_mean is None or s.norm_sd is None:
        return ""
    return f"50 + 10 × ({s.score:.2f} − {s.norm_mean:.2f}) ÷ {s.norm_sd:.2f} = {s.t:.1f}"


def _gap_sum(match: Match) -> str:
    s, r = match.standing, match.requirement
    if s is None or s.t is None or match.gap is None:
        return ""
    if match.gap == 0:
        return "0, inside the range"
    if s.t < r.low:
        return f"{r.low:g} − {s.t:.1f} = {match.gap:.1f} below"
    return f"{s.t:.1f} − {r.high:g} = {match.gap:.1f} above"
