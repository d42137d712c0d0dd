"""A candidate going through their own sitting: where they are, how they like to read, whether they stay.

Beside it: answers.py (saving, handing in, earlier answers), result.py (what they may read
about themselves), own_words.py (notes, questions, adjustments), doors.py (links).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.instruments.facts import FactAnswer, JobFact
from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.roles.library import job_title
from assessment.services.actor import Actor, sitting_of
from assessment.services.adaptive import ahead
from assessment.services.confirming import came_back_in, withdrew_in
from assessment.services.earlier import Reuse, earlier_sheet
from assessment.services.house import House
from assessment.services.interview_booking import free_in
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.stages import OPEN_STAGES, move_in, stage_before
from assessment.services.top_up import moved_items
from assessment.services.versions import facts_of, form_of, norms_of, questionnaire_of
from assessment.storage import audit
from assessment.storage import sittings as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.here_still import AT_WORK
from assessment.storage.record import Record
from assessment.storage.responses import responses_of

Status = Literal["open", "submitted", "withdrawn", "expired"]
Step = Literal["welcome", "job", "practice", "questions", "result", "left"]
WALKED: tuple[Step, ...] = ("welcome", "job", "practice", "questions")  # steps one can walk to; the others come about
LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Sitting:
    """Everything a candidate's pages show.

    `purpose` growth: the person answers for themselves, and nobody else reads it. `works_here`: hired, or in a group
    that grows together. `next` are the fields still asked, in order: items, checks, and best and worst of each scenario. Where `adaptive`,
    they change with every answer, and `about` says how many of them will probably come. `moved` are items answered for
    another job and taken along with the person's yes: they are not shown once more.
    """

    id: str
    status: Status
    step: Step
    language: str
    large_text: bool
    kiosk: bool
    person_name: str
    organisation: Organisation
    role: str
    role_title: str
    site: str
    hours: str
    pay: str
    minutes: int
    form: Form
    instrument: Instrument
    facts: tuple[JobFact, ...]
    fact_answers: Mapping[str, str]
    answers: Mapping[str, int | str]
    revs: Mapping[str, int]
    adaptive: bool
    next: tuple[str, ...]
    about: int
    agreed: bool
    read_by: date
    expires_at: datetime
    finished_at: datetime | None
    may_reuse: Reuse | None
    reused: bool
    again: bool
    norms_kind: str
    moved: frozenset[str] = frozenset()
    purpose: Literal["hiring", "growth"] = "hiring"
    works_here: bool = False

    @property
    def left(self) -> int:
        return len(self.next)

    @property
    def shown(self) -> tuple[str, ...]:
        """The items that its pages show."""
        return tuple(item for item in self.form.items if item not in self.moved)


def look(house: House, *, actor: Actor, now: datetime) -> Sitting:
    """The sitting as it stands; changes nothing."""
    with house.database.read() as connection:
        row = own_seen(connection, actor)
        return _sitting(connection, house, row, kiosk=actor.kiosk, now=now)


def choose_language(house: House, language: str, *, actor: Actor, now: datetime) -> None:
    """Also after the end, so that the result can be read in another language."""
    if language not in house.library.languages():
        raise UnknownIdError("language", language, house.library.languages())
    _change(house, actor, now, kind="language_chosen", also_after_the_end=True, language=language)


def choose_text_size(house: House, *, large: bool, actor: Actor, now: datetime) -> None:
    _change(house, actor, now, kind="text_size_chosen", also_after_the_end=True, large_text=large)


def agree(house: House, *, actor: Actor, now: datetime) -> None:
    """The person has read the notice and wants to start."""
    with house.database.write() as connection:
        row = own_open(connection, actor, now=now)
        if row.agreed_at is None:
            after = "job" if row.purpose == "hiring" else "practice"  # no job hangs on it, so none is shown
            stored.change(connection, row.id, agreed_at=stamp(now), step=after)
            log(connection, actor, "agreed", row.id, now)


def answer_fact(house: House, fact: str, answer: str, *, actor: Actor, now: datetime) -> None:
    """What the person says to one honest fact of the job; never scored."""
    if answer not in get_args(FactAnswer):
        raise UnknownIdError("answer", answer, get_args(FactAnswer))
    with house.database.write() as connection:
        row = own_open(connection, actor, now=now)
        facts = [f.id for f in facts_of(connection, row.facts_id)[row.language]]
        if fact not in facts:
            raise UnknownIdError("fact", fact, facts)
        if stored.fact_answers_of(connection, row.id).get(fact) == answer:
            return
        stored.put_fact_answer(connection, row.id, fact, answer, now=now)
        log(connection, actor, "fact_answered", row.id, now, fact=fact)


def move_to(house: House, step: str, *, actor: Actor, now: datetime) -> None:
    """Remember where the person is, so that any device opens there. Back is as free as forward."""
    if step not in WALKED:
        raise UnknownIdError("step", step, WALKED)
    with house.database.write() as connection:
        row = own_open(connection, actor, now=now)
        if step != "welcome" and row.agreed_at is None:
            raise NotAllowedError("Please read the notice first and say that you want to start.")
        if step == "job" and row.purpose == "growth":
            step = "practice"
        if row.step != step:
            stored.change(connection, row.id, step=step)
            log(connection, actor, "moved", row.id, now, step=step)


def leave(house: House, reason: str, *, actor: Actor, now: datetime) -> None:
    """The person does not want to go on. Allowed at any point, with or without a reason; twice is once."""
    if len(reason) > LONGEST_REASON:
        raise SheetError(f"Please keep it to {LONGEST_REASON:,} characters.")
    with house.database.write() as connection:
        row = own(connection, actor)
        if row.purpose == "growth":
            _leave_own(connection, row, actor=actor, now=now)
            return
        if row.withdrawn_at is not None:
            return
        sealed = house.vault.seal(reason.strip()) if reason.strip() else None
        stored.change_application(
            connection, row.application_id, withdrawn_at=stamp(now), withdrawn_because_sealed=sealed
        )
        if row.status == "open":
            stored.change(connection, row.id, status="withdrawn", step="left")
        log(connection, actor, "left", row.id, now)
        off = free_in(connection, house, row.application_id, to_candidate=False, actor=actor, now=now)
        move_in(connection, house, row.application_id, "withdrawn", only_from=OPEN_STAGES, actor=actor, now=now)
        withdrew_in(connection, house, row.application_id, calendar=off, actor=actor, now=now)


def come_back(house: House, *, actor: Actor, now: datetime) -> None:
    """The person who left changes their mind while the link is good; every answer is still there."""
    with house.database.write() as connection:
        row = own(connection, actor)
        if row.withdrawn_at is None and row.purpose == "hiring":
            return
        if row.status == "withdrawn":
            if moment(row.expires_at) <= now:
                raise ClosedError("The days for answering are over. Please ask for a new link.")
            begun = "job" if row.purpose == "hiring" else "practice"
            step = "questions" if row.started_at else begun if row.agreed_at else "welcome"
            stored.change(connection, row.id, status="open", step=step)
        if row.purpose == "growth":
            if row.stage == "withdrawn":
                stored.change_application(connection, row.application_id, stage="growth", withdrawn_at=None)
            log(connection, actor, "came_back", row.id, now)
            return
        stored.change_application(connection, row.application_id, withdrawn_at=None, withdrawn_because_sealed=None)
        log(connection, actor, "came_back", row.id, now)
        before = stage_before(connection, row.application_id)
        move_in(connection, house, row.application_id, before, only_from=("withdrawn",), actor=actor, now=now)
        came_back_in(connection, house, row.application_id, actor=actor, now=now)


def _leave_own(connection: Connection, row: Record, *, actor: Actor, now: datetime) -> None:
    """What somebody answers for themselves ends with the sheet: no job and no place at work hangs on it."""
    if row.status == "open":
        stored.change(connection, row.id, status="withdrawn", step="left")
        log(connection, actor, "left", row.id, now)


def own_seen(connection: Connection, actor: Actor) -> Record:
    """The actor's own sitting, to look at."""
    sitting_id = sitting_of(actor)
    row = stored.sitting(connection, sitting_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("sitting", sitting_id)
    return row


def own(connection: Connection, actor: Actor) -> Record:
    """The actor's own sitting, held for writing, in whatever state it is."""
    sitting_id = sitting_of(actor)
    row = stored.locked(connection, sitting_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("sitting", sitting_id)
    return row


def own_open(connection: Connection, actor: Actor, *, now: datetime) -> Record:
    """The actor's own sitting, held for writing, when it can still be changed.

    Raises
    ------
    ClosedError : handed in, left, or its days are over
    """
    row = own(connection, actor)
    status = status_of(row, now=now)
    if status != "open":
        raise ClosedError(_CLOSED[status])
    return row


def status_of(row: Record, *, now: datetime) -> Status:
    """Open sittings expire by themselves; what was saved is kept and nothing is scored."""
    if row.status == "open" and moment(row.expires_at) <= now:
        return "expired"
    status: Status = row.status
    return status


def log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)


def reply_by(now: datetime, finished_at: datetime | None, organisation: Organisation) -> date:
    """The day by which a person will have read the answers; counted from now while they are not in."""
    return ((finished_at or now) + timedelta(days=organisation.reply_days)).date()


_CLOSED: dict[Status, str] = {
    "submitted": "Your answers are handed in, so they cannot be changed any more.",
    "withdrawn": "You have left this application. You can come back first, and then go on.",
    "expired": "The days for answering are over. What you saved is kept. Please ask for a new link.",
}


def _change(
    house: House, actor: Actor, now: datetime, *, kind: str, also_after_the_end: bool, **values: object
) -> None:
    with house.database.write() as connection:
        row = own(connection, actor) if also_after_the_end else own_open(connection, actor, now=now)
        if any(getattr(row, column) != value for column, value in values.items()):
            stored.change(connection, row.id, **values)
            log(connection, actor, kind, row.id, now, **values)


def _sitting(connection: Connection, house: House, row: Record, *, kiosk: bool, now: datetime) -> Sitting:
    form = form_of(connection, row.form_id)
    instrument = questionnaire_of(connection, row.questionnaire_id)
    organisation = organisation_in(connection, row.organisation_id)
    standing = responses_of(connection, row.id)
    answers = {item: standing[item].value for item in form.fields() if item in standing}
    left = ahead(connection, row, answers)
    finished_at = moment(row.finished_at) if row.finished_at else None
    status = status_of(row, now=now)
    return Sitting(
        id=row.id,
        status=status,
        step=row.step,
        language=row.language,
        large_text=row.large_text,
        kiosk=kiosk,
        person_name=house.vault.open(row.name_sealed),
        organisation=organisation,
        role=row.role,
        role_title=job_title(row.title, row.role, row.language),
        site=row.site,
        hours=row.hours,
        pay=row.pay,
        minutes=form.minutes,
        form=form,
        instrument=instrument,
        facts=facts_of(connection, row.facts_id)[row.language],
        fact_answers=stored.fact_answers_of(connection, row.id),
        answers={item: value for item, value in answers.items() if value is not None},
        revs={item: response.rev for item, response in standing.items()},
        adaptive=row.adaptive,
        next=left.fields,
        about=left.about,
        agreed=row.agreed_at is not None,
        read_by=reply_by(now, finished_at, organisation),
        expires_at=moment(row.expires_at),
        finished_at=finished_at,
        may_reuse=(
            earlier_sheet(connection, row, form=form, instrument=instrument, now=now)
            if status == "open" and not standing
            else None
        ),
        reused=row.reused_from is not None,
        again=stored.handed_in_before(connection, row.application_id, than=row.id) is not None,
        norms_kind=norms_of(connection, row.norms_id).kind,
        moved=moved_items(connection, row, form),
        purpose=row.purpose,
        works_here=row.stage in AT_WORK,
    )
