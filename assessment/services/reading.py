"""Reading one person: the fit with its error, and everything it was made of, down to the single answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.instruments.scenario import Scenario, SceneWording
from assessment.reports.words import quality_note
from assessment.roles.fit import Interval, RoleFit, assess_fit
from assessment.roles.library import role_profile
from assessment.roles.profile import RoleProfile
from assessment.scoring.norms import NormGroup
from assessment.scoring.scenarios import scenario_score
from assessment.scoring.standing import Standing
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.profiles import author_name
from assessment.services.scoring import scored_sheet
from assessment.services.shortlist import facet_names, opened_name, state_of
from assessment.services.versions import facts_of
from assessment.storage import audit, people, sittings
from assessment.storage.clock import moment


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
class Reading:
    """One application as an HR manager reads it."""

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
    instrument: Instrument
    form: Form
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
    reused: bool
    typed_by: tuple[str, ...]


@dataclass(frozen=True)
class RoleReach:
    """The same sheet beside another role; suggested only where all four signature facets were measured."""

    role: str
    title: str
    fit: Interval | None
    measured: int
    asked: int
    applied_for: bool


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


def compare(house: House, application_ids: Sequence[str], *, actor: Actor, now: datetime) -> tuple[Reading, ...]:
    """Two to four finished people of one vacancy, side by side."""
    require(actor)
    if not 2 <= len(set(application_ids)) <= 4:
        raise SheetError("Choose two to four people to compare.")
    readings = tuple(reading(house, id_, actor=actor, now=now) for id_ in dict.fromkeys(application_ids))
    if len({r.vacancy_id for r in readings}) > 1:
        raise SheetError("People can be compared when they applied for the same opening.")
    if waiting := [r.name for r in readings if r.state != "finished"]:
        raise SheetError(f"{', '.join(waiting)} has not finished yet.")
    return readings


def what_if(
    house: House,
    readings: Sequence[Reading],
    weights: dict[str, float],
    *,
    actor: Actor,
    now: datetime,
) -> tuple[RoleFit, ...]:
    """The fits under other weights; logged, and changes nothing."""
    require(actor)
    profile = readings[0].profile
    changed = [r.model_copy(update={"weight": float(weights.get(r.facet, r.weight))}) for r in profile.requirements]
    if any(r.weight < 0 for r in changed) or not any(r.weight > 0 for r in changed):
        raise SheetError("Weights are 0 or more, and one of them has to be above 0.")
    other = profile.model_copy(update={"requirements": tuple(changed)})
    with house.database.write() as connection:
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="weights_tried",
            subject=readings[0].vacancy_id,
            now=now,
            body={
                "weights": {r.facet: r.weight for r in changed},
                "applications": [r.application_id for r in readings],
            },
        )
    return tuple(_fit(r.standings, other, r.form, r.instrument) for r in readings)


def all_roles(read: Reading, house: House) -> tuple[RoleReach, ...]:
    """The person's signature fit to every role that ships, the one applied for first and then by name."""
    reaches = []
    for role in house.library.roles():
        own = role == read.role
        profile = read.profile if own else role_profile(role)
        fit = _fit(read.standings, profile, read.form, read.instrument)
        reaches.append(
            RoleReach(role, profile.title, fit.signature.interval, fit.signature_measured, fit.signature_asked, own)
        )
    return tuple(sorted(reaches, key=lambda r: (not r.applied_for, r.title)))


def add_comment(house: House, application_id: str, text: str, *, actor: Actor, now: datetime) -> None:
    require(actor)
    with house.database.write() as connection:
        if people.application(connection, application_id, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("application", application_id)
        if actor.account_id is None:
            raise NotAllowedError("a comment is written by a person")
        people.add_comment(
            connection,
            application_id=application_id,
            account_id=actor.account_id,
            text_sealed=house.vault.seal(_checked(text)),
            now=now,
        )
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="commented", subject=application_id, now=now
        )


def answer_question(
    house: House, application_id: str, question_id: str, text: str, *, actor: Actor, now: datetime
) -> None:
    """Answer a candidate's question; the candidate sees it on the result page."""
    require(actor)
    with house.database.write() as connection:
        if people.application(connection, application_id, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("application", application_id)
        if question_id not in [q.id for q in people.questions_of(connection, application_id)]:
            raise UnknownIdError("question", question_id)
        people.answer_question(
            connection,
            question_id,
            answer_sealed=house.vault.seal(_checked(text)),
            answered_by=actor.account_id,
            answered_at=now.isoformat(),
        )
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="question_answered", subject=question_id, now=now
        )


def _read(connection: Connection, house: House, application_id: str, *, actor: Actor, now: datetime) -> Reading:
    row = people.application(connection, application_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("application", application_id)
    sitting = sittings.sitting(connection, row.sitting_id, organisation_id=actor.organisation_id)
    if sitting is None:
        raise UnknownIdError("sitting", row.sitting_id)
    sheet = scored_sheet(connection, sitting)
    names = facet_names(house.library)
    state = state_of(sitting.status, started=bool(sitting.started_at), expires_at=sitting.expires_at, now=now)
    started, finished = (moment(t) if t else None for t in (sitting.started_at, sitting.finished_at))
    return Reading(
        application_id=application_id,
        sitting_id=row.sitting_id,
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
        instrument=sheet.instrument,
        form=sheet.form,
        facet_names=names,
        answers=sheet.answers,
        standings=sheet.standings,
        fit=sheet.fit,
        flags=sheet.flags,
        quality_note=quality_note(sheet.flags) if state == "finished" else "",
        scenarios=_scenarios(house, sheet.form, sheet.answers),
        facts=_facts(connection, sitting.facts_id, row.sitting_id),
        notes=tuple(
            Said(n.id, house.vault.open(n.text_sealed), "", moment(n.created_at), names.get(n.facet or "", ""))
            for n in people.notes_of(connection, row.sitting_id)
        ),
        questions=_questions(connection, house, application_id),
        comments=tuple(
            Said(
                c.id,
                house.vault.open(c.text_sealed),
                author_name(connection, house, c.account_id),
                moment(c.created_at),
            )
            for c in people.comments_of(connection, application_id)
        ),
        left_because=house.vault.open(row.withdrawn_because_sealed) if row.withdrawn_because_sealed else None,
        reused=sitting.reused_from is not None,
        typed_by=tuple(
            author_name(connection, house, entry.account_id) for entry in people.paper_of(connection, row.sitting_id)
        ),
    )


def _fit(standings: dict[str, Standing], profile: RoleProfile, form: Form, instrument: Instrument) -> RoleFit:
    return assess_fit(standings, profile, form_facets=form.facets, high_proxy_risk=instrument.high_proxy_risk())


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
        for q in people.questions_of(connection, application_id)
    )


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise SheetError("Please write something first.")
    if len(text) > 4000:
        raise SheetError("Please keep it to 4,000 characters.")
    return text
