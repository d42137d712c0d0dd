"""Whose turn it is: of every open application, the one next step and by when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from assessment.roles.stage_template import StageTemplate
from assessment.services.absences import seen_to_by, standing_in_for_in
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.interview_asking import pick_by
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.shortlist import opened_name
from assessment.services.stage_templates import stage_template_in
from assessment.services.stages import OPEN_STAGES
from assessment.services.to_do import ToDo, clock
from assessment.storage import slots, standing
from assessment.storage.clock import moment
from assessment.storage.record import Record

Maker = Callable[..., ToDo]
CONFIRM_WITHIN = timedelta(days=2)
MOST_SINGLE = 3  # lines of one kind and opening, before they become one
DRIFTED_AFTER = timedelta(days=2)


@dataclass(frozen=True)
class NextSteps:
    """What is the actor's to do, and what the hiring waits for candidates with; each what is due first."""

    on_us: tuple[ToDo, ...]
    on_candidates: tuple[ToDo, ...]


def next_steps(house: House, *, actor: Actor, now: datetime) -> NextSteps:
    """Of the actor's openings and of those of colleagues they stand in for."""
    require(actor)
    with house.database.read() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        away = {s.account_id: s.words for s in standing_in_for_in(connection, house, actor, now=now)}
        seen_to = seen_to_by(connection, actor.organisation_id, now=now)
        rows = standing.open_applications(connection, actor.organisation_id, OPEN_STAGES)
        rows = [row for row in rows if seen_to(row.owner_id) in (actor.account_id, None)]
        templates = {
            role: stage_template_in(connection, house, actor.organisation_id, role) for role in {r.role for r in rows}
        }
        free = {
            vacancy: [
                moment(s.starts_at).astimezone(organisation.zone).date()
                for s in slots.free(connection, vacancy, after=now)
            ]
            for vacancy in {row.vacancy_id for row in rows if row.interview == "asked"}
        }
    ours: list[ToDo] = []
    theirs: list[ToDo] = []
    drifted: dict[tuple[str, str], list[Record]] = {}
    for row in rows:
        name = opened_name(house, row.name_sealed)
        if row.stage in ("invited", "answering"):
            if moment(row.expires_at) > now:
                drifted.setdefault((row.vacancy_id, _kind(row, now)), []).append(row)
            continue
        on_us, todo = _step(row, name, templates[row.role], organisation, free, now=now)
        if todo is not None:
            (ours if on_us else theirs).append(todo.on_behalf(away.get(row.owner_id, "")))
    ours = _grouped(ours)
    theirs += [_not_begun(kind, vacancy, group, now) for (vacancy, kind), group in drifted.items() if kind]
    return NextSteps(_first_due_first(ours), _first_due_first(theirs))


def _step(
    row: Record,
    name: str,
    template: StageTemplate,
    organisation: Organisation,
    free: Mapping[str, Sequence[date]],
    *,
    now: datetime,
) -> tuple[bool, ToDo | None]:
    """Whether it is ours, and the step; None where nobody has to do anything now."""
    since = moment(max(row.stage_since, row.finished_at or "") if row.stage == "to_read" else row.stage_since)
    due = since + timedelta(days=template.days(row.stage) or organisation.reply_days)
    person = f"/candidate?application={row.id}"

    def todo(kind: str, title: str, line: str, *, link: str = person, due: datetime = due) -> ToDo:
        words = clock(due, now, zone=organisation.zone)
        return ToDo(
            kind,
            title,
            f"{row.title} · {line}",
            words,
            due < now,
            due,
            link,
            vacancy_id=row.vacancy_id,
            application_id=row.id,
        )

    if row.stage == "to_read":
        if row.redirect_by is not None:
            return False, _other_job(row, name, todo, organisation, now=now)
        promised = since + timedelta(days=organisation.reply_days)
        if row.read_at is None or moment(row.read_at) < since:
            return True, todo("read", f"Read the answers of {name}", f"finished {_ago(since, now)}", due=promised)
        return True, todo("next", f"Say what comes next for {name}", f"read, finished {_ago(since, now)}", due=promised)
    if row.stage == "interview":
        return _interview(row, name, todo, organisation, free, now=now)
    if row.stage == "decision":
        if row.redirect_by is not None:
            return False, _other_job(row, name, todo, organisation, now=now)
        link = f"/decision?application={row.id}"
        return True, todo("decide", f"Decide on {name}", f"ready {_ago(since, now)}", link=link)
    if row.offer_answer == "accepted":
        link = f"/decision?application={row.id}"
        answered = moment(row.offer_answered_at) if row.offer_answered_at else since
        line = f"said yes {_ago(answered, now)}"
        return True, todo("hire", f"{name} said yes: confirm the hire", line, link=link, due=answered + CONFIRM_WITHIN)
    by = _end_of(row.offer_by, organisation) if row.offer_by else due
    offered = moment(row.offered_at) if row.offered_at else since
    return False, todo("offer", f"{name} thinks about the offer", f"offered {_ago(offered, now)}", due=by)


def _other_job(row: Record, name: str, todo: Maker, organisation: Organisation, *, now: datetime) -> ToDo:
    by = _end_of(row.redirect_by, organisation)
    return todo("redirect", f"{name} thinks about another job", f"asked {_ago(row.redirected_at, now)}", due=by)


def _interview(
    row: Record,
    name: str,
    todo: Maker,
    organisation: Organisation,
    free: Mapping[str, Sequence[date]],
    *,
    now: datetime,
) -> tuple[bool, ToDo | None]:
    if row.interview == "cancelled":
        return False, todo("pick", f"{name} gave the time back", "can pick another on their page")
    if row.interview is None:
        return True, todo(
            "ask", f"Ask {name} to pick a time", "nobody has asked yet", link=f"/slots?vacancy={row.vacancy_id}"
        )
    if row.interview == "asked":
        by = _end_of(
            pick_by(organisation, moment(row.asked_at), free.get(row.vacancy_id, ())).isoformat(), organisation
        )
        return False, todo("pick", f"{name} picks a time", f"asked {_ago(row.asked_at, now)}", due=by)
    if row.ends_at is not None and moment(row.ends_at) > now:
        return False, None
    words = "nobody has rated yet" if not row.handed_in else f"{row.handed_in} rated"
    link = f"/decision?application={row.id}"
    return True, todo("talked", f"The talk with {name} is over", f"{words}; go on to the decision", link=link)


def _grouped(found: list[ToDo]) -> list[ToDo]:
    """Where several people of one opening wait for the same word, one line that leads to all of them."""
    groups: dict[tuple[str, str], list[ToDo]] = {}
    for todo in found:
        if todo.kind == "next":
            groups.setdefault((todo.vacancy_id, todo.for_whom), []).append(todo)
    lines = [todo for todo in found if todo.kind != "next"]
    for (vacancy_id, for_whom), group in groups.items():
        if len(group) <= MOST_SINGLE:
            lines += group
            continue
        first = min(group, key=lambda todo: todo.at)
        late = sum(todo.overdue for todo in group)
        lines.append(
            replace(
                first,
                title=f"Say what comes next for {len(group)} people",
                line=f"{first.line.partition(' · ')[0]} · their answers are read{f', {late} of them overdue' if late else ''}",
                link=f"/board?vacancy={vacancy_id}",
                for_whom=for_whom,
                application_id="",
            )
        )
    return lines


def _not_begun(kind: str, vacancy_id: str, group: list[Record], now: datetime) -> ToDo:
    people = "One person has" if len(group) == 1 else f"{len(group)} people have"
    words = "started and stopped" if kind == "drifted" else "not begun yet"
    soonest = min(moment(row.expires_at) for row in group)
    line = f"{group[0].title} · first link ends in {max((soonest - now).days, 0)} days"
    stage = "answering" if kind == "drifted" else "invited"
    return ToDo(
        kind,
        f"{people} {words}",
        line,
        "",
        False,
        soonest,
        f"/candidates?vacancy={vacancy_id}&stage={stage}",
        vacancy_id=vacancy_id,
    )


def _kind(row: Record, now: datetime) -> str:
    if row.started_at is None:
        return "expiring"
    return "drifted" if now - moment(row.started_at) > DRIFTED_AFTER else ""


def _first_due_first(found: list[ToDo]) -> tuple[ToDo, ...]:
    return tuple(sorted(found, key=lambda todo: (todo.at, todo.title)))


def _end_of(day: str, organisation: Organisation) -> datetime:
    last = date.fromisoformat(day)
    return datetime(last.year, last.month, last.day, 23, 59, tzinfo=organisation.zone)


def _ago(then: datetime | str, now: datetime) -> str:
    days = (now - (moment(then) if isinstance(then, str) else then)).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
