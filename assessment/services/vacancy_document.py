"""One opening for paper and for a spreadsheet: stages, people in the order of the screen, versions, promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessment.errors import UnknownIdError
from assessment.reports.match_words import interval_words
from assessment.reports.vacancy_summary import Promise, SummaryRow, VacancySummary
from assessment.reports.words import DRAFT, PERSON_CHIPS, STAGES, STATES, UNSTEADY, norm_words, waiting
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.shortlist import Row, list_candidates, order_words
from assessment.services.to_do import ToDo
from assessment.services.today import today
from assessment.services.vacancies import Vacancy, vacancy
from assessment.services.versions import calibration_of, norms_of, profile_of
from assessment.storage import vacancies

MOST = 500  # people on paper; a workbook holds all
FIT_START = 40  # where the axis of a fit begins, as in the list on screen


def vacancy_summary(
    house: House, vacancy_id: str, *, people: Sequence[str] = (), masked: bool = False, actor: Actor, now: datetime
) -> VacancySummary:
    """The opening on paper; `people` in the order shown, or everybody in the order of the list."""
    listed = listing(house, vacancy_id, people=people, actor=actor, now=now)
    found, rows = listed.vacancy, listed.rows
    promised = [t for t in today(house, actor=actor, now=now).waiting_on_you if t.vacancy_id == vacancy_id]
    return VacancySummary(
        title=found.title,
        where=" · ".join(part for part in (found.site, found.hours, found.pay) if part),
        owner=found.owner_name,
        stages=tuple(stage_counts(listed.everybody).items()),
        order=_order(listed, chosen=bool(people)),
        draft=DRAFT,
        unsteady=UNSTEADY,
        rows=tuple(_row(row, masked=masked) for row in rows[:MOST]),
        left_out=f"The first {MOST} of {len(rows):,} people. The workbook has all of them." if len(rows) > MOST else "",
        fit_start=FIT_START,
        versions=versions_of(house, found, actor=actor),
        waits_for=actor.name,
        promises=tuple(_promise(todo, listed.everybody, masked=masked) for todo in promised),
    )


@dataclass(frozen=True)
class Listing:
    """An opening with the people shown, in that order, and everybody who applied."""

    vacancy: Vacancy
    rows: tuple[Row, ...]
    everybody: tuple[Row, ...]


def listing(house: House, vacancy_id: str, *, people: Sequence[str] = (), actor: Actor, now: datetime) -> Listing:
    """The opening with these people in this order, or with everybody in the order of the list.

    Raises
    ------
    UnknownIdError : somebody did not apply for this opening
    """
    require(actor)
    found = vacancy(house, vacancy_id, actor=actor, now=now)
    everybody = list_candidates(house, vacancy_id, actor=actor, now=now)
    by_id = {row.application_id: row for row in everybody}
    if unknown := [id_ for id_ in people if id_ not in by_id]:
        raise UnknownIdError("application", unknown[0])
    return Listing(found, tuple(by_id[id_] for id_ in people) if people else everybody, everybody)


def stage_counts(rows: Sequence[Row]) -> dict[str, int]:
    """How many applications stand at each stage, in words, in order; every one is counted once."""
    at = [row.stage for row in rows]
    return {words: at.count(stage) for stage, words in STAGES.items()}


def _order(listed: Listing, *, chosen: bool) -> str:
    counts = listed.vacancy.counts
    if not chosen:
        return order_words(listed.everybody, finished=counts.finished, invited=counts.invited)
    return (
        f"{counts.finished} of {counts.invited} people have finished. Here are {len(listed.rows):,} of them, chosen and "
        "put in order on screen. Within a band nobody ranks above anybody."
    )


def _row(row: Row, *, masked: bool) -> SummaryRow:
    return SummaryRow(
        name=row.called(masked),
        stage=STAGES[row.stage],
        waiting=waiting(row.waiting_days),
        chip=PERSON_CHIPS[row.band] if row.band else "quiet",
        says=row.band_words if row.band else STATES[row.state],
        core=row.core,
        core_words=interval_words(row.core),
        signature=row.signature,
        signature_words=interval_words(row.signature),
    )


def _promise(todo: ToDo, everybody: Sequence[Row], *, masked: bool) -> Promise:
    row = next((r for r in everybody if r.application_id == todo.application_id), None)
    title, line = todo.title, todo.line
    if masked and row is not None:
        title, line = (words.replace(row.name, row.called(masked)) for words in (title, line))
    return Promise(title, line, todo.due, todo.overdue)


def versions_of(house: House, found: Vacancy, *, actor: Actor) -> tuple[tuple[str, str], ...]:
    """What the numbers of an opening rest on, as words and what they are."""
    require(actor)
    groups, profiles = set(), {found.profile.version}
    with house.database.read() as connection:
        for row in vacancies.read_by(connection, found.id):
            calibrated = calibration_of(connection, row.calibration_id) if row.calibration_id else None
            group = calibrated or norms_of(connection, row.norms_id)
            groups.add(norm_words(group.id, group.version, group.n))
            profiles.add(profile_of(connection, row.profile_id).version)
    return (
        ("Comparison group", "; ".join(sorted(groups)) or "none yet, nobody has finished"),
        (
            "Role profile",
            f"{found.profile.id} {found.profile.version} ({found.profile.status.replace('_', ' ')}), for who is invited now",
        ),
        *([("Profiles in use", ", ".join(sorted(profiles)))] if len(profiles) > 1 else []),
        ("Form", f"{found.form.id} {found.form.version}"),
        ("Facts of the job", f"version {found.facts_version}"),
    )
