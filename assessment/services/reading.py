"""Reading one person: the fit with its error, and everything it was made of, down to the single answers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import UnknownIdError
from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.instruments.scenario import Scenario, SceneWording
from assessment.reports.words import quality_note
from assessment.roles.fit import RoleFit
from assessment.roles.profile import RoleProfile
from assessment.scoring.calibrated import CalibratedForm
from assessment.scoring.norms import NormGroup
from assessment.scoring.scenarios import scenario_score
from assessment.scoring.standing import Standing
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.profiles import author_name
from assessment.services.scoring import scored_sheet
from assessment.services.shortlist import facet_names, opened_name, state_of
from assessment.services.versions import facts_of
from assessment.storage import applications, audit, paper, said, sittings
from assessment.storage.clock import moment
from assessment.storage.record import Record


@dataclass(frozen=True)
class Said:
    """Something somebody wrote, with who and when; `about` is a facet's name, or empty."""

    id: str
    text: str
    by: str
    at: datetime
    about: str = ""
    reply: str | None = None
    replied_at: datetime | None = None


@dataclass(frozen=True)
class Pick:
    letter: str
    text: str
    key: float
    because: str


@dataclass(frozen=True)
class ScenarioReading:
    """One scene with what was picked; a talking point, never a score of a competency."""

    id: str
    topic: str
    competencies: tuple[str, ...]
    stem: str
    best: Pick | None
    worst: Pick | None
    score: float | None


@dataclass(frozen=True)
class FactReading:
    title: str
    text: str
    answer: str | None


@dataclass(frozen=True)
class Again:
    """The newest invitation to answer once more, beside which the answers handed in before are read on."""

    sitting_id: str
    invited_at: datetime
    state: str


@dataclass(frozen=True)
class Reading:
    """One application as an HR manager reads it.

    calibrated : what standings come from, by EAP; None where they come from the norms
    asked : the items of the form, or, where the sheet stopped early, those answered or still wanted at hand-in
    """

    application_id: str
    sitting_id: str
    person_id: str
    name: str
    vacancy_id: str
    vacancy_title: str
    role: str
    state: str
    channel: str
    language: str
    invited_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    expires_at: datetime
    waiting_days: int
    minutes_taken: int | None
    profile: RoleProfile
    norms: NormGroup
    calibrated: CalibratedForm | None
    instrument: Instrument
    form: Form
    adaptive: bool
    asked: tuple[str, ...]
    facet_names: dict[str, str]
    answers: dict[str, int | str]
    standings: dict[str, Standing]
    fit: RoleFit
    flags: tuple[str, ...]
    quality_note: str
    scenarios: tuple[ScenarioReading, ...]
    facts: tuple[FactReading, ...]
    notes: tuple[Said, ...]
    questions: tuple[Said, ...]
    comments: tuple[Said, ...]
    left_because: str | None
    again: "Again | None"
    reused: bool
    answered_before: datetime | None
    typed_by: tuple[str, ...]


def reading(house: House, application_id: str, *, actor: Actor, now: datetime) -> Reading:
    """Open one person's report; that it was opened is kept in the event log."""
    require(actor)
    with house.database.write() as connection:
        found = _read(connection, house, application_id, actor=actor, now=now)
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="report_opened",
            subject=application_id,
            now=now,
        )
    return found


def _read(connection: Connection, house: House, application_id: str, *, actor: Actor, now: datetime) -> Reading:
    row = applications.one(connection, application_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("application", application_id)
    sitting = sittings.to_read(connection, application_id, organisation_id=actor.organisation_id)
    if sitting is None:
        raise UnknownIdError("sitting", row.sitting_id)
    sheet = scored_sheet(connection, sitting)
    names = facet_names(house.library)
    adjustment = adjustment_of(connection, application_id)
    flags = () if adjustment else sheet.flags
    again = _again(connection, row.sitting_id, sitting, actor=actor, now=now)
    state = state_of(sitting.status, started=bool(sitting.started_at), expires_at=sitting.expires_at, now=now)
    started, finished = (moment(t) if t else None for t in (sitting.started_at, sitting.finished_at))
    before = sittings.handed_in_before(connection, application_id, than=sitting.id) if finished else None
    return Reading(
        application_id=application_id,
        sitting_id=sitting.id,
        person_id=row.person_id,
        name=opened_name(house, row.name_sealed),
        vacancy_id=row.vacancy_id,
        vacancy_title=row.title,
        role=row.role,
        state=state,
        channel=row.channel,
        language=sitting.language,
        invited_at=moment(row.created_at),
        started_at=started,
        finished_at=finished,
        expires_at=moment(sitting.expires_at),
        waiting_days=max((now - (finished or moment(row.created_at))).days, 0),
        minutes_taken=round((finished - started).total_seconds() / 60) if started and finished else None,
        profile=sheet.profile,
        norms=sheet.norms,
        calibrated=sheet.calibrated,
        instrument=sheet.instrument,
        form=sheet.form,
        adaptive=sitting.adaptive,
        asked=sheet.asked,
        facet_names=names,
        answers=sheet.answers,
        standings=sheet.standings,
        fit=sheet.fit,
        flags=flags,
        quality_note=(
            quality_note(flags, adjustment=adjustment, invited=again is not None) if state == "finished" else ""
        ),
        scenarios=_scenarios(house, sheet.form, sheet.answers),
        facts=_facts(connection, sitting.facts_id, sitting.id),
        notes=tuple(
            Said(n.id, house.vault.open(n.text_sealed), "", moment(n.created_at), names.get(n.facet or "", ""))
            for n in said.notes_of(connection, sitting.id)
        ),
        questions=_questions(connection, house, application_id),
        comments=tuple(
            Said(
                c.id,
                house.vault.open(c.text_sealed),
                author_name(connection, house, c.account_id),
                moment(c.created_at),
            )
            for c in said.comments_of(connection, application_id)
        ),
        left_because=house.vault.open(row.withdrawn_because_sealed) if row.withdrawn_because_sealed else None,
        again=again,
        reused=sitting.reused_from is not None,
        answered_before=moment(before) if before else None,
        typed_by=tuple(
            author_name(connection, house, entry.account_id) for entry in paper.entries_of(connection, sitting.id)
        ),
    )


def adjustment_of(connection: Connection, application_id: str) -> str:
    """`agreed` or `asked for` where somebody asked for another way to answer; what it was is not looked at here."""
    if not sittings.adjustments_asked(connection, application_id):
        return ""
    return "agreed" if sittings.adjustments_settled(connection, application_id) else "asked for"


def _again(connection: Connection, newest_id: str, shown: Record, *, actor: Actor, now: datetime) -> Again | None:
    if newest_id == shown.id:
        return None
    newest = sittings.sitting(connection, newest_id, organisation_id=actor.organisation_id)
    if newest is None or newest.created_at < shown.created_at:
        return None
    state = state_of(newest.status, started=bool(newest.started_at), expires_at=newest.expires_at, now=now)
    if state == "expired":  # as if it had not been: the person may be asked once more
        return None
    return Again(newest.id, moment(newest.created_at), state)


def _scenarios(house: House, form: Form, answers: dict[str, int | str]) -> tuple[ScenarioReading, ...]:
    key = house.library.scenarios()
    wording = house.library.scenario_wording("en")
    found = []
    for id_ in form.scenarios:
        scenario, words = key.by_id()[id_], wording.scenarios[id_]
        best, worst = (_pick(scenario, words, answers.get(f"{id_}.{which}")) for which in ("best", "worst"))
        score = scenario_score(scenario, best.letter if best else None, worst.letter if worst else None)
        competencies = tuple(key.competencies[c] for c in scenario.competencies)
        found.append(ScenarioReading(id_, scenario.topic, competencies, words.stem, best, worst, score))
    return tuple(found)


def _pick(scenario: Scenario, words: SceneWording, letter: int | str | None) -> Pick | None:
    if not isinstance(letter, str):
        return None
    option = scenario.options[letter]
    return Pick(letter, words.options[letter], option.key, option.because)


def _facts(connection: Connection, facts_id: str, sitting_id: str) -> tuple[FactReading, ...]:
    said = sittings.fact_answers_of(connection, sitting_id)
    return tuple(FactReading(f.title, f.text, said.get(f.id)) for f in facts_of(connection, facts_id)["en"])


def _questions(connection: Connection, house: House, application_id: str) -> tuple[Said, ...]:
    return tuple(
        Said(
            q.id,
            house.vault.open(q.text_sealed),
            "",
            moment(q.created_at),
            reply=house.vault.open(q.answer_sealed) if q.answer_sealed else None,
            replied_at=moment(q.answered_at) if q.answered_at else None,
        )
        for q in said.questions_of(connection, application_id)
    )
