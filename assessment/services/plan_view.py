"""A plan as those who lead somebody see it: lines with what is done of them, and, for HR alone, because of what.

A supervisor's view names no facet, no figure, no scene and nothing of the talk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from assessment.services.actor import Actor, require
from assessment.services.first_days import LEADS, require_newcomer
from assessment.services.house import House
from assessment.services.kept_plans import KeptPlan, known_modules, newest_in, texts_in
from assessment.services.kit_questions import kit_body
from assessment.services.organisation import organisation_in
from assessment.services.profiles import author_name
from assessment.services.shortlist import facet_names, opened_name
from assessment.storage import applications, assignments, kits
from assessment.storage import plans as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record
from assessment.training.onboarding import plan_rules, plan_wording
from assessment.training.plan import Because, PlanLine, What, phase_of
from assessment.training.plan_words import reason_title, reason_words

FROM_THE_JOB, WITH_HR = "part of the job", "chosen by HR for this person"


@dataclass(frozen=True)
class LineView:
    """`why` in short: part of the job, what it grows, or who added it. `reasons`: ids, for HR."""

    id: str
    what: What
    text: str
    phase: str
    on: date
    module: str
    why: tuple[str, ...]
    reasons: tuple[str, ...]
    done_at: datetime | None


@dataclass(frozen=True)
class ReasonView:
    """One reason with its figures; `sign` and `helps` where there is a rule: what may show, and what a lead can do."""

    id: str
    kind: str
    title: str
    words: str
    sign: str
    helps: str
    firm: bool


@dataclass(frozen=True)
class PlanView:
    """The newest version. `reasons` and `offered` are empty for a supervisor, who reads what helps in `helps`."""

    application_id: str
    person_id: str
    name: str
    title: str
    role: str
    language: str
    number: int
    by: str
    at: datetime
    starts_on: date
    day: int
    works_on: tuple[int, ...]
    shift: str
    buddy: str
    first_time: str
    place: str
    bring: str
    lines: tuple[LineView, ...]
    reasons: tuple[ReasonView, ...]
    offered: tuple[ReasonView, ...]
    helps: tuple[str, ...]
    phases: Mapping[str, str]
    shared: int | None
    shared_at: datetime | None
    supervisors: tuple[str, ...]
    modules: Mapping[str, str]  # that may be added, with their titles

    @property
    def done(self) -> int:
        return sum(line.done_at is not None for line in self.lines)


@dataclass(frozen=True)
class NoPlan:
    """Somebody who was hired before there were plans."""

    application_id: str
    name: str
    title: str
    supervisors: tuple[str, ...]


def plan_of(house: House, application_id: str, *, actor: Actor, now: datetime) -> PlanView | NoPlan:
    """The plan of one of the actor's newcomers, as it stands."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        row = require_newcomer(connection, actor, application_id)
        supervisors = tuple(
            house.vault.open(own.name_sealed)
            for own in assignments.of_application(connection, row.id)
            if own.duty == "supervisor"
        )
        kept = newest_in(connection, house, application_id)
        if kept is None:
            return NoPlan(application_id, _called(connection, house, row, actor), row.title, supervisors)
        return _view(connection, house, row, kept, supervisors, actor=actor, now=now)


def _view(
    connection: Connection,
    house: House,
    row: Record,
    kept: KeptPlan,
    supervisors: tuple[str, ...],
    *,
    actor: Actor,
    now: datetime,
) -> PlanView:
    plan, words, rules = kept.plan, plan_wording("en"), plan_rules()
    today = organisation_in(connection, actor.organisation_id).day(now)
    for_hr = actor.role != "supervisor"
    text = texts_in(connection, house, actor.organisation_id, row.role, "en")
    done = stored.modules_done(connection, [row.id])[row.id]
    ticked = stored.ticks(connection, row.id)
    scenes = _scene_names(connection, house, row) if for_hr else {}
    facets = facet_names(house.library)
    phases = rules.phases_of(plan.role)
    shared = newest_in(connection, house, row.id, shared=True)

    def reason(because: Because, *, firm: bool) -> ReasonView:
        rule = words.rule(because.about, because.direction or "") if because.kind == "facet" else None
        return ReasonView(
            because.id,
            because.kind,
            reason_title(because, facets, scenes),
            reason_words(because),
            rule.sign if rule else "",
            rule.manager_does if rule else "",
            firm,
        )

    def why(line: PlanLine) -> tuple[str, ...]:
        found = []
        for because in line.because:
            if because.kind == "role":
                found.append(FROM_THE_JOB)
            elif because.kind == "manager":
                found.append(f"added by {author_name(connection, house, because.about)}")
            elif for_hr:
                found.append(reason_title(because, facets, scenes))
            else:
                found.append(WITH_HR)
        return tuple(dict.fromkeys(found))

    def line_view(line: PlanLine) -> LineView:
        moment_done = done.get(line.ref) if line.what == "module" else ticked.get(line.id)
        return LineView(
            line.id,
            line.what,
            text(line),
            phase_of(line.from_day, phases),
            line.on,
            line.ref if line.what == "module" else "",
            why(line),
            tuple(because.id for because in line.because) if for_hr else (),
            moment(moment_done) if moment_done else None,
        )

    reasons = tuple(reason(because, firm=True) for because in plan.reasons)
    return PlanView(
        application_id=row.id,
        person_id=row.person_id,
        name=_called(connection, house, row, actor),
        title=row.title,
        role=row.role,
        language=row.language,
        number=kept.number,
        by=author_name(connection, house, kept.author),
        at=kept.at,
        starts_on=plan.starts_on,
        day=plan.day(today),
        works_on=plan.works_on,
        shift=plan.shift,
        buddy=plan.buddy,
        first_time=plan.first_time,
        place=plan.place,
        bring=plan.bring,
        lines=tuple(map(line_view, plan.lines)),
        reasons=reasons if for_hr else (),
        offered=tuple(reason(because, firm=False) for because in plan.offered) if for_hr else (),
        helps=() if for_hr else tuple(own.helps for own in reasons if own.helps),
        phases={str(phase): name for phase, name in words.phases.items()},
        shared=shared.number if shared else None,
        shared_at=shared.shared_at if shared else None,
        supervisors=supervisors,
        modules={
            id_: known.in_language("en").title
            for id_, known in known_modules(connection, house, actor.organisation_id).items()
            if known.is_for(row.role)
        },
    )


def _called(connection: Connection, house: House, row: Record, actor: Actor) -> str:
    if actor.masked:
        return f"Person {applications.number_of(connection, row.id)}"
    return opened_name(house, row.name_sealed)


def _scene_names(connection: Connection, house: House, row: Record) -> dict[str, str]:
    """What scenes are about, and the questions of the talk."""
    found = {id_: scene.topic for id_, scene in house.library.scenarios().by_id().items()}
    if kits.one(connection, row.id) is not None:
        found |= {q["id"]: q["question"] for q in kit_body(connection, row.id)["questions"]}
    return found
