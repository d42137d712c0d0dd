"""People of the made-up house who were hired some time ago: plans, modules, check-ins, ratings; a team, doctors who grow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from assessment.errors import AssessmentError
from assessment.instruments.instrument import Instrument
from assessment.services import (
    check_ins,
    decisions,
    feedback,
    growth,
    growth_members,
    module_work,
    offers,
    outcomes,
    plans,
    seminars,
    settling_checks,
)
from assessment.services.actor import Actor
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.assigned import assign
from assessment.services.check_in_dates import due_days
from assessment.services.check_in_rounds import check_in_rounds
from assessment.services.decision_messages import message_of, send_decision
from assessment.services.demo_hiring import ZONE, Staff
from assessment.services.doors import candidate_actor, enter
from assessment.services.hire_checks import checks_of
from assessment.services.house import House
from assessment.services.invitations import invite
from assessment.services.invitees import Invitee
from assessment.services.offers import OfferTerms
from assessment.services.own_plan import my_plan, tick
from assessment.services.plan_view import PlanView, plan_of
from assessment.services.reading import reading
from assessment.services.sitting import agree, look
from assessment.services.team_answers import answer_team
from assessment.services.teams import ask_members, choose_team, make_team
from assessment.services.vacancies import close_vacancy, open_vacancy
from assessment.training.check_in import check_in_form
from assessment.training.outcome_scales import outcome_scales
from assessment.training.plan_edit import PlanEdit
from assessment.training.work_days import MONDAY_TO_FRIDAY

DAY = timedelta(days=1)
BEFORE = 40  # days from the invitation to the first day
TERMS = {"en": ("30 h a week", "€16.00 an hour"), "es": ("30 h por semana", "16,00 € la hora")}
BECAUSE = "Knew what to do first when three people wanted something at once, and said so kindly."


@dataclass(frozen=True)
class Hired:
    """Somebody who began so many days ago. `levels`: how their answers lie by facet, from -2 to 2; `felt`: newcomer's
    answers by day of the check-in, `seen`: the manager's; a day that is missing was not answered."""

    name: str
    role: str
    began: int
    levels: Mapping[str, int]
    felt: Mapping[int, tuple[int, ...]]
    seen: Mapping[int, tuple[int, ...]]
    words: str = ""
    language: str = "en"
    modules: int = 2
    in_team: bool = True


@dataclass(frozen=True)
class AtWork:
    """One of them, hired."""

    hired: Hired
    application: str
    candidate: Actor


HIRED = (
    Hired(
        "Leonie Farr",
        "front_desk_officer",
        34,
        {"voi": 2, "liv": 1, "pat": -2, "und": 0},
        {7: (4, 4, 3, 4, 4), 30: (2, 2, 4, 3, 2)},
        {7: (5, 4, 4, 4, 4), 30: (4, 4, 4, 4, 4)},
        "The queue at eight. I do not know whom to call.",
    ),
    Hired(
        "Tariq Benali",
        "front_desk_officer",
        100,
        {"voi": 1, "liv": 1, "pat": 1},
        {7: (4, 5, 4, 5, 4), 30: (4, 4, 5, 4, 4), 60: (4, 4, 4, 5, 4), 90: (5, 5, 4, 5, 5)},
        {7: (4, 4, 5, 4, 4), 30: (4, 5, 4, 4, 4), 60: (5, 4, 4, 4, 4), 90: (5, 5, 4, 5, 5)},
        modules=5,
    ),
    Hired(
        "Rosalie Engel",
        "front_desk_officer",
        64,
        {"voi": 0, "liv": 2, "pat": 0, "exa": -1},
        {7: (5, 4, 4, 5, 3), 30: (4, 4, 4, 4, 4), 60: (4, 3, 4, 4, 4)},
        {7: (4, 4, 4, 4, 3), 30: (4, 4, 4, 4, 4)},
        modules=3,
    ),
    Hired(
        "Mirko Sand",
        "front_desk_officer",
        12,
        {"voi": 1, "wrm": 1},
        {7: (4, 4, 4, 5, 4)},
        {7: (4, 4, 4, 4, 4)},
        modules=1,
    ),
    Hired(
        "Pilar Ocaña",
        "elder_care_aide",
        47,
        {"gen": 1, "pat": 1, "und": 2, "voi": -1},
        {7: (4, 5, 4, 5, 4), 30: (4, 4, 3, 4, 4)},
        {7: (4, 4, 4, 4, 4), 30: (4, 4, 4, 5, 4)},
        language="es",
    ),
    Hired(
        "Hanna Lorenz",
        "elder_care_aide",
        16,
        {"gen": 0, "pat": 0, "liv": -1},
        {},
        {7: (3, 4, 4, 4, 3)},
        modules=0,
        in_team=False,
    ),
)
DOCTORS = ("Dr Amira Said", "Dr Jonas Peel", "Dr Wen Li", "Dr Sara Holm", "Dr Ada Obi", "Dr Milo Kern")


def live_on(house: House, staff: Staff, next_opening: str, *, rng: np.random.Generator, now: datetime) -> None:
    """Hire them as anybody is hired, and let the days since then go by. Their team is that of `next_opening`."""
    openings = {}
    for role in dict.fromkeys(one.role for one in HIRED):
        earliest = max(one.began for one in HIRED if one.role == role)
        openings[role] = open_vacancy(
            house,
            role,
            title="Front desk officer" if role == "front_desk_officer" else "Elder-care aide",
            site="St Anne's Clinic (made up)" if role == "front_desk_officer" else "Lindenhof Care Home (made up)",
            hours="30 h a week",
            pay="€16.00 an hour",
            actor=staff.hr,
            now=now - (earliest + BEFORE + 5) * DAY,
        )
    people = [_hire(house, openings[one.role].id, one, staff, rng=rng, now=now) for one in HIRED]
    for vacancy in openings.values():
        close_vacancy(house, vacancy.id, actor=staff.hr, now=now - 15 * DAY)
    for person in people:
        _plan(house, person, staff, now=now)
    _ask_as_days_go_by(house, people, staff, now=now)
    for person in people:
        if person.hired.began >= 90:
            _rate(house, person.application, staff, now=now)
    _team(house, people, staff, next_opening, now=now)
    _seminar(house, staff, now=now)
    _doctors(house, staff, rng=rng, now=now)


def _hire(
    house: House, vacancy_id: str, one: Hired, staff: Staff, *, rng: np.random.Generator, now: datetime
) -> AtWork:
    first_day = now - one.began * DAY
    at = first_day - BEFORE * DAY
    mail = f"{one.name.lower().replace(' ', '.')}@people.example".replace("ñ", "n")
    (invited,) = invite(house, vacancy_id, [Invitee(1, one.name, mail, one.language)], actor=staff.hr, now=at)
    at += DAY
    candidate = _come_in(house, invited.url, now=at)
    _answer(house, candidate, one.levels, rng=rng, now=at)
    application, at = invited.application_id, at + 3 * DAY
    reading(house, application, actor=staff.hr, now=at)
    hours, pay = TERMS[one.language]
    terms = OfferTerms(first_day.date(), hours, pay, (at + 7 * DAY).date())
    decided = decisions.decide(
        house,
        application,
        "offer",
        because=BECAUSE,
        order_because="The talks took place on the same day.",
        no_talk_because="Known from a year of work experience in the house.",
        terms=terms,
        actor=staff.hr,
        now=at,
    )
    with house.database.read() as connection:
        drafted = message_of(connection, house, decided.id, organisation_id=staff.hr.organisation_id)
    if drafted is not None:
        send_decision(house, decided.id, subject=drafted.subject, text=drafted.text, actor=staff.hr, now=at)
    offers.answer_offer(house, "accepted", actor=candidate, now=at + DAY)
    offers.confirm_hire(house, application, actor=staff.hr, now=at + 2 * DAY)
    for check in checks_of(house, application, actor=staff.hr, now=at + 2 * DAY):
        settling_checks.confirm(house, check.id, "Seen in the original.", actor=staff.hr, now=at + 3 * DAY)
    assign(house, application, staff.supervisor.account_id or "", duty="supervisor", actor=staff.hr, now=at + 2 * DAY)
    return AtWork(one, application, candidate)


def _plan(house: House, person: AtWork, staff: Staff, *, now: datetime) -> None:
    """Looked at and shared before the first day; then some of it is done."""
    one, application, candidate = person.hired, person.application, person.candidate
    before = now - (one.began + 6) * DAY
    seen = plan_of(house, application, actor=staff.hr, now=before)
    if not isinstance(seen, PlanView):
        return
    edit = PlanEdit(buddy="Jule Sommer", first_time="08:00", place="Main entrance", works_on=MONDAY_TO_FRIDAY)
    number = plans.save_plan(house, application, edit, based_on=seen.number, actor=staff.supervisor, now=before)
    plans.share(house, application, based_on=number, actor=staff.supervisor, now=before)
    mine = my_plan(house, actor=candidate, now=now - DAY)
    if mine is None:
        return
    done = 0
    for line in mine.lines:
        if line.module and done < one.modules:
            _learn(house, line.module, candidate, now=now - (one.began - 6) * DAY + done * 4 * DAY)
            done += 1
        elif not line.module and line.on < (now - 7 * DAY).date():
            tick(house, line.id, actor=candidate, now=now - 5 * DAY)


def _learn(house: House, module_id: str, candidate: Actor, *, now: datetime) -> None:
    work = module_work.open_module(house, module_id, actor=candidate)
    for step in range(1, len(work.module.steps) + 1):
        module_work.do_step(house, module_id, step, actor=candidate, now=now)
    for check in work.module.checks:
        module_work.pick_answer(house, module_id, check.id, check.fits, actor=candidate, now=now)
    module_work.finish(house, module_id, actor=candidate, now=now)


def _ask_as_days_go_by(house: House, people: Sequence[AtWork], staff: Staff, *, now: datetime) -> None:
    """Both sides are asked on the day, and answer a day later, those who do."""
    due: list[tuple[date, int, AtWork]] = []
    for person in people:
        starts_on = (now - person.hired.began * DAY).date()
        due += [(on, day, person) for day, on in due_days(starts_on, MONDAY_TO_FRIDAY).items() if on < now.date()]
    for on, day, person in sorted(due, key=lambda found: (found[0], found[1], found[2].application)):
        one, application, candidate = person.hired, person.application, person.candidate
        asked = datetime.combine(on, time(10), tzinfo=ZoneInfo(ZONE))
        check_in_rounds(house, now=asked)
        later = min(asked + DAY, now)
        for side, given in (("newcomer", one.felt.get(day)), ("manager", one.seen.get(day))):
            if given is None:
                continue
            form = check_in_form(day, side, role=one.role, language="en")  # type: ignore[arg-type]
            answers = dict(zip(form.ids, given, strict=True))
            if side == "newcomer":
                words = one.words if day == max(one.felt) else ""
                check_ins.answer_own(house, day, answers, own_words=words, actor=candidate, now=later)
            else:
                check_ins.answer_for(house, application, day, answers, actor=staff.supervisor, now=later)


def _rate(house: House, application: str, staff: Staff, *, now: datetime) -> None:
    given = (4, 4, 5, 4, 5, 4)
    for rev, (scale, rating) in enumerate(zip(outcome_scales().scales, given, strict=True), 1):
        outcomes.save_rating(house, application, scale.id, rating, rev=rev, actor=staff.supervisor, now=now - 3 * DAY)
    outcomes.hand_in(house, application, actor=staff.supervisor, now=now - 3 * DAY)
    feedback.count_feedback(
        house, application, "compliment", (now - 20 * DAY).date(), 2, "Two letters.", actor=staff.hr, now=now - 19 * DAY
    )


def _team(house: House, people: Sequence[AtWork], staff: Staff, next_opening: str, *, now: datetime) -> None:
    at = now - 8 * DAY
    team = make_team(house, "Ground floor", site="St Anne's Clinic (made up)", actor=staff.hr, now=at)
    ask_members(house, team, [person.application for person in people], actor=staff.hr, now=at)
    choose_team(house, next_opening, team, actor=staff.hr, now=at)
    for person in people:
        if person.hired.in_team:
            answer_team(house, team, True, actor=person.candidate, now=at + DAY)


def _seminar(house: House, staff: Staff, *, now: datetime) -> None:
    day = (now + 10 * DAY).date()
    day += DAY * (7 - day.weekday() if day.weekday() > 4 else 0)
    seminars.offer_seminar(
        house,
        "calm_voice_older_people",
        title="A calm voice and an easy pace",
        day=day,
        at=time(14),
        minutes=90,
        place="Room 2, first floor",
        seats=8,
        led_by="Grace Mbeki",
        actor=staff.hr,
        now=now - 2 * DAY,
    )


def _doctors(house: House, staff: Staff, *, rng: np.random.Generator, now: datetime) -> None:
    """Physicians who answer for themselves; one has not yet."""
    at = now - 40 * DAY
    group = growth.make_group(house, "physician", name="Doctors who talk with people", site="", actor=staff.hr, now=at)
    invited = [Invitee(n, name, None, "en") for n, name in enumerate(DOCTORS, 1)]
    for n, application in enumerate(growth_members.invite_to_group(house, group, invited, actor=staff.hr, now=at)):
        link = growth_members.link_to_pass_on(house, application, actor=staff.hr, now=at)
        if n < len(DOCTORS) - 1:
            levels = {facet: int(rng.integers(-1, 2)) for facet in ("voi", "liv", "wrm", "pat", "gen", "und")}
            _answer(house, _come_in(house, link, now=at + n * DAY), levels, rng=rng, now=at + n * DAY)


def _come_in(house: House, link: str, *, now: datetime) -> Actor:
    candidate = candidate_actor(house, enter(house, link.rpartition("/")[2], now=now), now=now)
    if candidate is None:
        raise AssessmentError("a link that was just made does not open")
    return candidate


def _answer(
    house: House, candidate: Actor, levels: Mapping[str, int], *, rng: np.random.Generator, now: datetime
) -> None:
    """Answer every line as somebody of these levels might, and hand in."""
    agree(house, actor=candidate, now=now)
    sitting = look(house, actor=candidate, now=now)
    given = [Answer(field, _value(field, sitting.instrument, house, levels, rng), 1) for field in sitting.form.fields()]
    save_answers(house, given, actor=candidate, now=now + timedelta(minutes=9))
    submit(house, actor=candidate, now=now + timedelta(minutes=12))


def _value(
    field: str, instrument: Instrument, house: House, levels: Mapping[str, int], rng: np.random.Generator
) -> int | str:
    if field.endswith((".best", ".worst")):
        options = house.library.scenarios().by_id()[field.rpartition(".")[0]].options
        keys = sorted(options, key=lambda letter: options[letter].key)
        return keys[-1] if field.endswith(".best") else keys[0]
    item = instrument.by_id.get(field)
    if item is None:  # a check of attention says what it expects
        return next(check.expects for check in instrument.checks if check.id == field)
    low, high = instrument.format.low, instrument.format.high
    middle = house.norms.facets[item.facet].mean + 0.75 * levels.get(item.facet, 0) + rng.normal(0, 0.3)
    counted = int(np.clip(round(middle), low, high))
    return counted if item.keyed == "plus" else low + high - counted
