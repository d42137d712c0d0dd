"""One person's reading in sentences and rows, for the page and for the documents alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.reports.match_words import NONE
from assessment.reports.ranges import RangeRow
from assessment.reports.words import STATES, day, plural, waiting
from assessment.roles.fit import distance_for_difference
from assessment.services.reading import Reading

LANGUAGES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True)
class Tie:
    """One facet of several people: T of each, and whether the widest distance is more than the error."""

    facet: str
    cells: tuple[str, ...]
    said: str


def first_name(read: Reading) -> str:
    """How the page speaks of somebody; a number in place of a masked name stays whole."""
    first, *rest = read.name.split() or [read.name]
    return read.name if rest and rest[-1].isdigit() else first


def how_line(read: Reading) -> str:
    """When and how somebody answered, or how far they are."""
    how = []
    if read.finished_at:
        took = "less than a minute" if not read.minutes_taken else plural(read.minutes_taken, "minute")
        how.append(f"Finished on {day(read.finished_at)} in {took}, in {LANGUAGES[read.language]}.")
        if read.answered_before:
            how.append(
                f"These are new answers; the first, of {day(read.answered_before)}, are kept and no longer read."
            )
        how.append(f"{read.quality_note}.")
        how.append(f"{waiting(read.waiting_days).capitalize()}.")
        how.append(asked_line(read))
    else:
        how.append(f"{STATES[read.state]} since {day(read.invited_at)}. The link is good until {day(read.expires_at)}.")
    if read.reused:
        how.append("Earlier answers were taken over, with consent.")
    if read.typed_by:
        how.append(f"Typed from paper by {' and '.join(read.typed_by)}.")
    return " ".join(part for part in how if part)


def asked_line(read: Reading) -> str:
    """How many lines a sheet that may stop early came from."""
    if not read.adaptive:
        return ""
    answered = sum(id_ in read.answers for id_ in read.form.items)
    return f"{answered} of {len(read.form.items)} lines: the questionnaire stops when enough is known."


def standings_line(read: Reading) -> str:
    """Where T comes from, in a sentence."""
    if read.calibrated is None:
        return ""
    return (
        f" T comes from estimates with an error of their own, beside {read.calibrated.n:,} people "
        f"({read.calibrated.id} {read.calibrated.version})."
    )


def range_rows(read: Reading) -> list[RangeRow]:
    """The facets that were asked, in the profile's order, for the charts."""
    groups = {f.id: f.group or "" for f in read.instrument.facets}
    return [
        RangeRow(
            facet=read.facet_names[m.requirement.facet],
            group=groups[m.requirement.facet],
            part=m.part.capitalize(),
            t=m.standing.t if m.standing else None,
            sem=(m.standing.sem if m.standing else None) or 0.0,
            low=m.requirement.low,
            high=m.requirement.high,
            band=None if m.band == "not_measured" else m.band,
        )
        for m in read.fit.matches
        if m.requirement.facet in read.form.facets
    ]


def ties(readings: Sequence[Reading]) -> tuple[Tie, ...]:
    """T of each person per facet, where at least two were measured, and what the distance means."""
    found = []
    for match in readings[0].fit.matches:
        facet = match.requirement.facet
        stood = [r.standings[facet] for r in readings if facet in r.standings]
        known = sorted((s.t, s.sem) for s in stood if s.t is not None and s.sem is not None)
        if len(known) < 2:
            continue
        (low, error), (high, other) = known[0], known[-1]
        said = "differ by more than the error" if high - low > distance_for_difference(error, other) else "a tie"
        if len({(s.norm_id, s.norm_version) for s in stood}) > 1:
            said = "set against different groups, so not to be compared"
        cells = tuple(NONE if s.t is None else f"{s.t:.0f}" for s in stood)
        found.append(Tie(readings[0].facet_names[facet], cells, said))
    return tuple(found)
