"""How far some of the made-up people have come: talks, ratings, decisions, offers, by the verbs that anybody uses."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from assessment.services import decisions, interviews, offers, outbox, outbox_by_hand
from assessment.services.actor import Actor
from assessment.services.assigned import assign
from assessment.services.decision_messages import message_of, send_decision
from assessment.services.decisions import Redirect
from assessment.services.house import House
from assessment.services.offers import OfferTerms
from assessment.services.ratings import hand_in, rating_form, save_rating
from assessment.services.reading import reading
from assessment.services.shortlist import Row, list_candidates
from assessment.services.slots import offer_slots
from assessment.services.stages import move
from assessment.services.vacancies import Vacancy

ZONE = "Europe/Berlin"
PLACE = "Room 2, first floor"
DAY = timedelta(days=1)
STORY = ("hired", "not_taken", "offer", "decision", "decision", "booked", "asked", "interview")
BECAUSE = "Told us early and calmly what was late, and came back to it twice."
REFUSED = "The other person had more examples of talking to upset families."
PLAIN = {
    "en": "We look for somebody who has worked with families before.",
    "es": "Buscamos a alguien que ya haya trabajado con familias.",
}
RATINGS = {"first": (4, 4, 3, 5, 4, 3), "second": (4, 2, 3, 4, 4, 4)}


@dataclass(frozen=True)
class Staff:
    """Who does what in the made-up house."""

    hr: Actor
    interviewer: Actor
    supervisor: Actor


def go_on(house: House, vacancy: Vacancy, other: Vacancy, staff: Staff, *, now: datetime) -> None:
    """Take the people who finished first through the rest of the hiring, as far as `STORY` says."""
    done = sorted(
        (row for row in list_candidates(house, vacancy.id, actor=staff.hr, now=now) if row.finished_at),
        key=lambda row: row.finished_at or now,
    )
    _offer_free_times(house, vacancy, staff, now=now)
    for row, end in zip(done, STORY, strict=False):
        _one(house, vacancy, row, end, staff, now=now)
    if len(done) > len(STORY):
        _propose(house, done[len(STORY)], other, staff, now=now)


def hand_over_old(house: House, staff: Staff, *, now: datetime) -> None:
    """Messages of before yesterday were handed over; what is newer waits in the outbox."""
    for letter in outbox.outbox(house, actor=staff.hr, now=now):
        if letter.status == "queued" and letter.created_at < now - DAY:
            outbox_by_hand.mark_sent_by_hand(house, letter.id, actor=staff.hr, now=letter.created_at)


def _one(house: House, vacancy: Vacancy, row: Row, end: str, staff: Staff, *, now: datetime) -> None:
    started = row.finished_at or now
    read_at = started + timedelta(hours=20)
    reading(house, row.application_id, actor=staff.hr, now=read_at)
    if end == "interview":
        move(house, [row.application_id], "interview", actor=staff.hr, now=read_at)
        return
    candidate = Actor("candidate", staff.hr.organisation_id, sitting_id=row.sitting_id)
    if end == "asked":
        interviews.ask_to_pick(house, [row.application_id], actor=staff.hr, now=now - 2 * DAY)
        return
    talk = _workday(now + 2 * DAY if end == "booked" else started + 2.5 * DAY)
    ask = min(talk - 1.5 * DAY, now - timedelta(hours=30))
    offered = offer_slots(
        house,
        vacancy.id,
        interviewer=staff.interviewer.account_id or "",
        second=staff.hr.account_id,
        days=[talk.date()],
        times=[time(8 + STORY.index(end), 30 if end == "decision" and row.number % 2 else 0)],
        length_minutes=30,
        buffer_minutes=0,
        time_zone=ZONE,
        place=PLACE,
        actor=staff.hr,
        now=ask,
    )
    interviews.ask_to_pick(house, [row.application_id], actor=staff.hr, now=ask)
    slot = interviews.pick(house, offered.slot_ids[0], actor=candidate, now=ask + timedelta(hours=3))
    if end == "booked":
        return
    over = slot.ends_at + timedelta(minutes=20)
    for rater, given in ((staff.interviewer, RATINGS["first"]), (staff.hr, RATINGS["second"])):
        _rate(house, row.application_id, rater, given, now=over)
    move(house, [row.application_id], "decision", actor=staff.hr, now=over)
    if end == "decision":
        return
    _decide(house, vacancy, row, end, candidate, staff, at=over + DAY, now=now)


def _decide(
    house: House,
    vacancy: Vacancy,
    row: Row,
    end: str,
    candidate: Actor,
    staff: Staff,
    *,
    at: datetime,
    now: datetime,
) -> None:
    terms = OfferTerms((now + 21 * DAY).date(), vacancy.hours, vacancy.pay, (now + 4 * DAY).date())
    decided = decisions.decide(
        house,
        row.application_id,
        "not_taken" if end == "not_taken" else "offer",
        because=REFUSED if end == "not_taken" else BECAUSE,
        order_because="The talks took place on the same day; this one was clear at once.",
        reason=PLAIN[row.language] if end == "not_taken" else "",
        terms=None if end == "not_taken" else terms,
        actor=staff.hr,
        now=at,
    )
    _send(house, decided.id, staff, now=at)
    if end != "hired":
        return
    offers.answer_offer(house, "accepted", actor=candidate, now=at + DAY)
    offers.confirm_hire(house, row.application_id, actor=staff.hr, now=at + 1.2 * DAY)
    supervisor = staff.supervisor.account_id or ""
    assign(house, row.application_id, supervisor, duty="supervisor", actor=staff.hr, now=at + 1.2 * DAY)


def _send(house: House, decision_id: str, staff: Staff, *, now: datetime) -> None:
    with house.database.read() as connection:
        drafted = message_of(connection, house, decision_id, organisation_id=staff.hr.organisation_id)
    if drafted is not None:
        send_decision(house, decision_id, subject=drafted.subject, text=drafted.text, actor=staff.hr, now=now)


def _rate(house: House, application_id: str, rater: Actor, given: tuple[int, ...], *, now: datetime) -> None:
    form = rating_form(house, application_id, actor=rater, now=now)
    for question, rating in zip(form.questions, given, strict=False):
        save_rating(house, application_id, question.id, rating=rating, note="", rev=1, actor=rater, now=now)
    hand_in(house, application_id, actor=rater, now=now)


def _offer_free_times(house: House, vacancy: Vacancy, staff: Staff, *, now: datetime) -> None:
    first = _workday(now + 3 * DAY)
    offer_slots(
        house,
        vacancy.id,
        interviewer=staff.interviewer.account_id or "",
        second=staff.hr.account_id,
        days=[first.date(), _workday(first + DAY).date()],
        times=[time(15), time(16)],
        length_minutes=45,
        buffer_minutes=15,
        time_zone=ZONE,
        place=PLACE,
        actor=staff.hr,
        now=now - 3 * DAY,
    )


def _propose(house: House, row: Row, other: Vacancy, staff: Staff, *, now: datetime) -> None:
    """Somebody is asked whether another job may see their answers."""
    reading(house, row.application_id, actor=staff.hr, now=now - DAY)
    decided = decisions.decide(
        house,
        row.application_id,
        "redirected",
        because="Speaks softly and takes time; the home looks for just that.",
        order_because="This is another job, not a place in this order.",
        redirect=Redirect(other.id, (now + 5 * DAY).date()),
        actor=staff.hr,
        now=now - timedelta(hours=3),
    )
    _send(house, decided.id, staff, now=now - timedelta(hours=3))


def _workday(at: datetime) -> datetime:
    """The same hour on that day, or on the Monday after a weekend."""
    local = at.astimezone(ZoneInfo(ZONE))
    return local + timedelta(days=max(7 - local.weekday(), 0) if local.weekday() > 4 else 0)
