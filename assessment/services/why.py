"""Why this number? From the fit of a role to a requirement, a standing, and the exact answers with their key."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from assessment.errors import UnknownIdError
from assessment.instruments.library import Library
from assessment.reports.match_words import asked_words
from assessment.reports.words import FACET_BANDS, norm_words
from assessment.roles.fit import Match
from assessment.scoring.standing import Standing
from assessment.services.reading import Reading
from assessment.services.shortlist import safe_cell

COLUMNS = (
    *("questionnaire", "version", "form", "facet", "facet_name", "item", "statement", "keyed", "answer", "counts_as"),
    *("facet_mean", "norm_group", "norm_version", "norm_n", "norm_mean", "norm_sd", "reliability", "t", "sem", "role"),
    *("profile_version", "part", "kind", "low", "high", "gap", "match", "expected_match", "chance_in_range", "weight"),
    *("facet_band", "standing_from", "theta", "theta_se", "group_theta_sd", "a"),
)


@dataclass(frozen=True)
class WhyItem:
    """One statement: what was answered, and what it counts as. `sum` is the little sum of a turned item.

    `asked` is False where enough was known before its turn came.
    """

    item: str
    text: str
    answer: int | None
    answer_words: str
    keyed: str
    counts_as: int | None
    sum: str
    asked: bool


@dataclass(frozen=True)
class Why:
    """Everything behind one facet's number, with inputs; `theta_sum` in place of `mean_sum` where T comes from θ."""

    facet: str
    name: str
    match: Match
    items: tuple[WhyItem, ...]
    total: int
    answered: int
    mean_sum: str
    theta_sum: str
    t_sum: str
    error_sum: str
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
        theta_sum=_theta_sum(match),
        t_sum=_t_sum(match),
        error_sum=_error_sum(read, match),
        gap_sum=_gap_sum(match),
    )


def why_csv(read: Reading, *, library: Library) -> str:
    """Every input and every step as a table, so that it can be recomputed outside.

    One line per statement: its facet's mean, norms and T, the range, gap, match, expected match,
    chance and weight stand beside it. `fit = Σ weight·expected_match / Σ weight` over a part.

    Where `standing_from` is `eap`, θ is the mean and `theta_se` the SD of the posterior of the graded response model
    with the item's `a`, `b1`, `b2` …, and `norm_mean`, `norm_sd` are those of the group's own θ:
    `t = 50 + 10 (theta − norm_mean)/norm_sd`, `sem = 10 theta_se/group_theta_sd`, `reliability = 1 − (sem/10)²`.
    An item without answer adds nothing.
    """
    out = io.StringIO()
    table = csv.writer(out)
    for cells in why_rows(read, library=library):
        table.writerow(["" if cell is None else safe_cell(cell) for cell in cells])
    return out.getvalue()


def why_rows(read: Reading, *, library: Library) -> Iterator[list[object]]:
    """The head and one row per statement; a cell is None where there is nothing to say."""
    steps = read.instrument.format.high - read.instrument.format.low
    yield [*COLUMNS, *(f"b{step}" for step in range(1, steps + 1))]
    for match in read.fit.matches:
        facet, standing, requirement = match.requirement.facet, match.standing, match.requirement
        if facet not in read.form.facets or standing is None:
            continue
        for item in (_item(read, id_, library) for id_ in read.form.items if _facet_of(read, id_) == facet):
            cells: list[object] = [read.instrument.id, read.instrument.version, f"{read.form.id} {read.form.version}"]
            cells += [facet, read.facet_names[facet], item.item, item.text, item.keyed, item.answer, item.counts_as]
            cells += [standing.score, standing.norm_id, standing.norm_version, group_size(read), standing.norm_mean]
            cells += [standing.norm_sd, standing.reliability, standing.t, standing.sem, read.role]
            cells += [read.profile.version, match.part, requirement.kind, requirement.low, requirement.high]
            cells += [match.gap, match.match, match.expected_match, match.chance_in_range, requirement.weight]
            cells += [match.band, *_from_theta(read, item.item, standing)]
            cells += [None] * (len(COLUMNS) + steps - len(cells))
            yield cells


def sums(found: Why, read: Reading) -> tuple[tuple[str, str], ...]:
    """Every step from the answers to the chance of being in range, as words and a sum; none where too few answered."""
    m, s = found.match, found.match.standing
    if s is None or s.t is None or s.sem is None:
        return ()
    return (
        ("θ from these answers", found.theta_sum) if s.by_eap else ("Mean", found.mean_sum),
        ("against the group", found.t_sum),
        (f"range {asked_words(m.requirement)}, so outside by", found.gap_sum),
        ("error", found.error_sum),
        ("match", f"100 − 4 × {m.gap or 0:.1f} = {m.match or 0:.0f}"),
        ("expected match", f"{m.expected_match or 0:.1f}"),
        ("chance in range", f"{100 * (m.chance_in_range or 0):.0f} %"),
    )


def match_sentence(m: Match, read: Reading) -> str:
    """What one facet's band says, and what it does not say."""
    name = read.facet_names[m.requirement.facet]
    if m.band == "in_range":
        return f"{name} is in range. The error means that it could also lie a little outside."
    if m.band == "close":
        return f"{name} is outside by less than the error, so it could well be in range: something to talk about."
    return f"{FACET_BANDS[m.band]}, by more than the error explains: ask for examples. It is no reason against anybody."


def theta_words(found: Why, read: Reading) -> str:
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
        f"θ is the estimate of the graded response model (EAP) with its standard error SE. Among the {n:,} people it was "
        f"calibrated on, estimates have the mean {s.norm_mean or 0:.2f} and the SD {s.norm_sd or 0:.2f}, θ itself the SD "
        f"{read.calibrated.facets[s.facet].spread:.2f}. T = 50 + 10 × (θ − mean) ÷ SD.{fewer}"
    )


def fit_sum(read: Reading, part: str) -> str:
    """The fit of a part as a sum of weight times expected match, divided by the weight; empty where nothing was measured."""
    own = [m for m in read.fit.matches if m.part == part and m.expected_match is not None]
    fit = (read.fit.signature if part == "signature" else read.fit.core).fit
    if not own or fit is None:
        return ""
    weight = sum(m.requirement.weight for m in own)
    total = sum(m.requirement.weight * (m.expected_match or 0) for m in own)
    return f"{total:.1f} ÷ {weight:g} = {fit:.1f}"


def group_words(read: Reading, standing: Standing) -> str:
    """Whom somebody is compared with, and how many they are."""
    return norm_words(standing.norm_id, standing.norm_version, group_size(read))


def group_size(read: Reading) -> int:
    """How many people somebody is compared with; 0 where nobody was measured yet."""
    return read.calibrated.n if read.calibrated else read.norms.n


def _from_theta(read: Reading, item: str, standing: Standing) -> list[object]:
    if read.calibrated is None:
        return ["mean"]
    own, group = read.calibrated.items.get(item), read.calibrated.facets.get(standing.facet)
    spread = group.spread if group else None
    return ["eap", standing.theta, standing.theta_se, spread, *((own.a, *own.b) if own else ())]


def _facet_of(read: Reading, item: str) -> str | None:
    known = read.instrument.by_id.get(item)
    return known.facet if known else None


def _item(read: Reading, id_: str, library: Library) -> WhyItem:
    item = read.instrument.by_id[id_]
    wording = library.wording(read.instrument.id, "en")
    value = read.answers.get(id_)
    answer = value if isinstance(value, int) else None
    both = read.instrument.format.low + read.instrument.format.high
    turned, asked = item.keyed == "minus", id_ in read.asked
    counts_as = None if answer is None else both - answer if turned else answer
    return WhyItem(
        item=id_,
        text=wording.items[id_],
        answer=answer,
        answer_words=wording.scale[answer] if answer is not None else "not answered" if asked else "not needed",
        keyed=item.keyed,
        counts_as=counts_as,
        sum="" if counts_as is None else f"{both} − {answer} = {counts_as}" if turned else str(counts_as),
        asked=asked,
    )


def _t_sum(match: Match) -> str:
    s = match.standing
    value = None if s is None else s.theta if s.by_eap else s.score
    if s is None or s.t is None or value is None or s.norm_mean is None or s.norm_sd is None:
        return ""
    return f"50 + 10 × ({_signed(value)} − {_signed(s.norm_mean, second=True)}) ÷ {s.norm_sd:.2f} = {s.t:.1f}"


def _theta_sum(match: Match) -> str:
    s = match.standing
    return "" if s is None or s.theta is None or s.theta_se is None else f"{_signed(s.theta)}, SE {s.theta_se:.2f}"


def _error_sum(read: Reading, match: Match) -> str:
    s = match.standing
    if s is None or s.sem is None or s.reliability is None:
        return ""
    if read.calibrated and s.theta_se is not None:
        return f"± 1.96 × 10 × {s.theta_se:.2f} ÷ {read.calibrated.facets[s.facet].spread:.2f} = ± {1.96 * s.sem:.1f}"
    return f"± 1.96 × 10 × √(1 − {s.reliability:.2f}) = ± {1.96 * s.sem:.1f}"


def _signed(value: float, *, second: bool = False) -> str:
    """With a real minus; in brackets where it stands behind another sign."""
    if round(value, 2) >= 0:
        return f"{abs(value):.2f}"
    return f"(−{-value:.2f})" if second else f"−{-value:.2f}"


def _gap_sum(match: Match) -> str:
    s, r = match.standing, match.requirement
    if s is None or s.t is None or match.gap is None:
        return ""
    if match.gap == 0:
        return "0, inside the range"
    if s.t < r.low:
        return f"{r.low:g} − {s.t:.1f} = {match.gap:.1f} below"
    return f"{s.t:.1f} − {r.high:g} = {match.gap:.1f} above"
