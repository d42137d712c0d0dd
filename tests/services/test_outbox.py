"""The outbox: what is listed and to whom, drafts, working it by hand, and what the candidate reads in the app."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.again import invite_again
from assessment.services.answers import submit
from assessment.services.invitations import invitation_text, invite, reissue
from assessment.services.invitees import Invitee
from assessment.services.outbox import (
    Letter,
    counts,
    failed,
    mark_read,
    message,
    messages_for,
    outbox,
    tasks_for,
    waiting_to_be_sent,
)
from assessment.services.outbox_by_hand import drop, drop_in, edit_draft, mark_sent_by_hand, send_again, send_draft
from assessment.services.own_words import ask, ask_adjustment
from assessment.services.sitting import come_back, leave
from assessment.services.telling import tell_candidate
from assessment.storage.clock import stamp
from assessment.storage.schema import outbox as table
from tests.hiring import NOW, Hiring, Person, answer_all, events_of


def letters(hiring: Hiring, **wanted: str) -> tuple[Letter, ...]:
    return outbox(hiring.house, actor=hiring.staff, now=hiring.now, **wanted)  # type: ignore[arg-type]


def kinds(hiring: Hiring) -> Counter[str]:
    return Counter(letter.template for letter in letters(hiring))


def draft(hiring: Hiring, person: Person, *, key: str = "x") -> str:
    with hiring.house.database.write() as connection:
        return tell_candidate(
            connection,
            hiring.house,
            person.application,
            "after_interview",
            key=key,
            draft=True,
            actor=hiring.staff,
            now=NOW,
        )


def test_every_change_is_confirmed_once_in_the_language_of_the_person(hiring: Hiring) -> None:
    person = hiring.invite("Lucía", "lucia@clinic.org", "es")
    actor = person.begin()
    ask(hiring.house, "¿Hay turno de noche?", actor=actor, now=NOW)
    ask_adjustment(hiring.house, ["breaks"], "", actor=actor, now=NOW)
    leave(hiring.house, "", actor=actor, now=NOW)
    come_back(hiring.house, actor=actor, now=NOW)
    answer_all(hiring.house, actor)
    for _ in range(2):
        submit(hiring.house, actor=actor, now=NOW)

    found = letters(hiring)
    to_person = Counter(one.template for one in found if not one.for_staff)
    assert to_person == {
        "invitation": 1,
        "question_received": 1,
        "adjustment_received": 1,
        "withdrawal_received": 1,
        "welcome_back": 1,
        "completion_confirmation": 1,
    }
    assert {(one.language, one.to) for one in found if not one.for_staff} == {("es", "lucia@clinic.org")}
    staff = Counter(one.template for one in found if one.for_staff)
    assert (staff["manager_candidate_finished"], staff["manager_candidate_withdrew"]) == (1, 1)
    assert {(one.language, one.to, one.name) for one in found if one.for_staff} == {
        ("en", "ada@anne.example", "Ada Voss")
    }


def test_an_invitation_goes_to_who_answers_by_link_and_only_if_wanted(hiring: Hiring) -> None:
    for channel, send in (("link", True), ("link", False), ("paper", True), ("kiosk", True)):
        people = [Invitee(1, f"{channel} {send}", f"{channel}.{send}@clinic.org".lower(), "en")]
        invite(hiring.house, hiring.vacancy, people, channel=channel, send=send, actor=hiring.staff, now=NOW)

    assert [(one.template, one.name) for one in letters(hiring)] == [("invitation", "link True")]


def test_a_new_link_and_asking_again_are_told(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    url = reissue(hiring.house, person.application, actor=hiring.staff, now=NOW)
    reissue(hiring.house, person.application, send=False, actor=hiring.staff, now=NOW + timedelta(hours=1))
    other = hiring.invite("Bo", "bo@clinic.org")
    actor = other.begin()
    answer_all(hiring.house, actor, value=4)
    submit(hiring.house, actor=actor, now=NOW)
    again = invite_again(hiring.house, other.application, actor=hiring.staff, now=NOW)

    found = {one.template: one.id for one in letters(hiring)}
    assert (kinds(hiring)["new_link"], kinds(hiring)["answer_again"]) == (1, 1)
    assert url in message(hiring.house, found["new_link"], actor=hiring.staff).text
    assert again in message(hiring.house, found["answer_again"], actor=hiring.staff).text


def test_the_invitation_says_when_they_hear_from_us_after_their_deadline(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    (letter,) = letters(hiring)

    text = message(hiring.house, letter.id, actor=hiring.staff).text

    assert "Please finish by 8 December 2026." in text
    assert "You will hear from us by 15 December 2026." in text
    assert text == invitation_text(hiring.house, person.application, actor=hiring.staff, now=NOW).text


def test_messages_are_filtered_by_state_kind_and_person(hiring: Hiring) -> None:
    ana = hiring.invite("Ana Ruiz", "ana@clinic.org")
    hiring.invite("Bo Chen", "bo@clinic.org")
    draft(hiring, ana)

    assert [one.name for one in letters(hiring, person="chen")] == ["Bo Chen"]
    assert [one.name for one in letters(hiring, person="ANA@")] == ["Ana Ruiz", "Ana Ruiz"]
    assert [one.template for one in letters(hiring, status="draft")] == ["after_interview"]
    assert {one.name for one in letters(hiring, template="invitation")} == {"Ana Ruiz", "Bo Chen"}
    assert len(letters(hiring, application_id=ana.application)) == 2
    with pytest.raises(UnknownIdError, match="status"):
        letters(hiring, status="gone")


def test_masked_eyes_see_no_name(hiring: Hiring) -> None:
    hiring.invite("Ana Ruiz", "ana@clinic.org")
    masked = replace(hiring.staff, masked=True)

    (listed,) = outbox(hiring.house, actor=masked, now=NOW)
    read = message(hiring.house, listed.id, actor=masked)

    assert "Ana Ruiz" not in f"{listed} {read}"
    assert "ana@clinic.org" not in f"{listed} {read}"


def test_a_draft_is_changed_and_sent_by_a_person(hiring: Hiring) -> None:
    id_ = draft(hiring, hiring.invite("Ana", "ana@clinic.org"))

    edit_draft(hiring.house, id_, subject=" Thank\nyou ", text=" It was good. ", actor=hiring.staff, now=NOW)
    send_draft(hiring.house, id_, actor=hiring.staff, now=NOW)

    read = message(hiring.house, id_, actor=hiring.staff)
    assert (read.subject, read.text, read.status) == ("Thank you", "It was good.", "queued")
    assert events_of(hiring.house, "message_edited")[0]["subject"] == id_
    with pytest.raises(NotAllowedError, match="waits to be sent"):
        edit_draft(hiring.house, id_, subject="x", text="y", actor=hiring.staff, now=NOW)
    with pytest.raises(NotAllowedError):
        send_draft(hiring.house, id_, actor=hiring.staff, now=NOW)


def test_no_machine_sends_a_draft_and_an_empty_one_is_refused(hiring: Hiring) -> None:
    id_ = draft(hiring, hiring.invite("Ana", "ana@clinic.org"))

    with pytest.raises(NotAllowedError, match="by a person"):
        send_draft(hiring.house, id_, actor=Actor("system", hiring.staff.organisation_id), now=NOW)
    with pytest.raises(SheetError):
        edit_draft(hiring.house, id_, subject="x", text="  ", actor=hiring.staff, now=NOW)


def test_the_message_of_a_decision_is_sent_only_from_its_page(hiring: Hiring) -> None:
    id_ = draft(hiring, hiring.invite("Ana", "ana@clinic.org"), key="decision:1")

    for act in (send_draft, drop):
        with pytest.raises(NotAllowedError, match="belongs to a decision"):
            act(hiring.house, id_, actor=hiring.staff, now=NOW)
    with pytest.raises(NotAllowedError, match="belongs to a decision"):
        edit_draft(hiring.house, id_, subject="x", text="y", actor=hiring.staff, now=NOW)
    assert message(hiring.house, id_, actor=hiring.staff).of_decision


def test_without_a_mail_server_it_is_worked_by_hand(hiring: Hiring) -> None:
    hiring.invite("Ana", "ana@clinic.org")
    hiring.invite("Bo")
    by_hand = waiting_to_be_sent(hiring.house, actor=hiring.staff, now=NOW)
    with_server = replace(hiring, house=replace(hiring.house, sends_mail=True))

    for one in letters(hiring):
        mark_sent_by_hand(hiring.house, one.id, actor=hiring.staff, now=NOW)

    assert (by_hand, waiting_to_be_sent(hiring.house, actor=hiring.staff, now=NOW)) == (2, 0)
    assert {(one.status, one.how) for one in letters(hiring)} == {("sent", "hand")}
    assert [e["how"] for e in events_of(hiring.house, "message_sent")] == ["hand", "hand"]
    hiring.invite("Cy")
    hiring.invite("Di", "di@clinic.org")
    assert waiting_to_be_sent(with_server.house, actor=hiring.staff, now=NOW) == 1
    with pytest.raises(NotAllowedError, match="was sent already"):
        mark_sent_by_hand(hiring.house, letters(hiring, status="sent")[0].id, actor=hiring.staff, now=NOW)


def test_what_is_just_being_sent_is_left_alone_until_nobody_can_be_at_it(hiring: Hiring) -> None:
    hiring.invite("Ana", "ana@clinic.org")
    (one,) = letters(hiring)
    with hiring.house.database.write() as connection:
        connection.execute(update(table).values(status="sending", tried_at=stamp(NOW)))

    with pytest.raises(NotAllowedError, match="just being sent"):
        mark_sent_by_hand(hiring.house, one.id, actor=hiring.staff, now=NOW + timedelta(minutes=14))
    with pytest.raises(NotAllowedError):
        drop(hiring.house, one.id, actor=hiring.staff, now=NOW)
    mark_sent_by_hand(hiring.house, one.id, actor=hiring.staff, now=NOW + timedelta(minutes=16))
    assert letters(hiring)[0].status == "sent"


def test_what_failed_is_counted_told_on_today_and_sent_again(hiring: Hiring) -> None:
    hiring.invite("Ana", "ana@clinic.org")
    with hiring.house.database.write() as connection:
        connection.execute(update(table).values(status="failed", tries=8, error="550 nobody"))
    (one,) = letters(hiring)
    tasks = tasks_for(hiring.house, actor=hiring.staff, now=NOW)
    before = failed(hiring.house, actor=hiring.staff, now=NOW)

    send_again(hiring.house, one.id, actor=hiring.staff, now=NOW)

    assert [(t.kind, t.title, t.line, t.overdue) for t in tasks] == [
        ("messages_failed", "1 message not delivered", "Invitation", True)
    ]
    assert (before, failed(hiring.house, actor=hiring.staff, now=NOW)) == (1, 0)
    assert [(o.status, o.tries, o.error) for o in letters(hiring)] == [("queued", 0, "")]
    assert [t.title for t in tasks_for(hiring.house, actor=hiring.staff, now=NOW)] == ["1 message to send by hand"]


def test_a_dropped_message_stays_dropped(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    (one,) = letters(hiring)
    drop(hiring.house, one.id, actor=hiring.staff, now=NOW)

    with pytest.raises(NotAllowedError, match="was dropped"):
        mark_sent_by_hand(hiring.house, one.id, actor=hiring.staff, now=NOW)
    with hiring.house.database.write() as connection:
        again = tell_candidate(
            connection,
            hiring.house,
            person.application,
            "invitation",
            key=f"invitation:{person.application}",
            actor=hiring.staff,
            now=NOW,
        )
    assert (again, letters(hiring)[0].status) == (one.id, "dropped")


def test_others_can_drop_what_they_queued(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    hiring.invite("Bo", "bo@clinic.org")

    with hiring.house.database.write() as connection:
        n = drop_in(connection, person.application, ["invitation"], because="it is off", actor=hiring.staff, now=NOW)

    assert (n, [o.name for o in letters(hiring, status="dropped")]) == (1, ["Ana"])


def test_counts(hiring: Hiring) -> None:
    draft(hiring, hiring.invite("Ana", "ana@clinic.org"))
    hiring.invite("Bo")

    found = counts(hiring.house, actor=hiring.staff, now=NOW)

    assert (found.drafts, found.by_hand, found.queued, found.failed, found.sent) == (1, 2, 2, 0, 0)


def test_a_candidate_reads_their_own_messages_in_the_app_and_nobody_elses(hiring: Hiring) -> None:
    ana, bo = hiring.invite("Ana", "ana@clinic.org"), hiring.invite("Bo", "bo@clinic.org")
    draft(hiring, ana)
    actor = ana.begin()
    leave(hiring.house, "", actor=actor, now=NOW)
    own = messages_for(hiring.house, actor=actor, now=NOW)
    (of_bo,) = messages_for(hiring.house, actor=bo.begin(), now=NOW)

    mark_read(hiring.house, [own[0].id, of_bo.id], actor=actor, now=NOW)
    mark_read(hiring.house, [own[0].id], actor=actor, now=NOW + timedelta(hours=1))

    assert sorted(one.subject for one in own) == [
        "We closed your application, as you asked",
        "Your next step for Front desk officer at St Anne's",
    ]
    assert [one.read for one in messages_for(hiring.house, actor=actor, now=NOW)] == [True, False]
    with hiring.house.database.read() as connection:
        read_at = connection.execute(select(table.c.read_at).where(table.c.read_at.is_not(None))).scalars().all()
    assert read_at == [stamp(NOW)]


def test_a_message_for_later_is_not_read_before_its_time(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    with hiring.house.database.write() as connection:
        connection.execute(update(table).values(not_before=stamp(NOW + timedelta(hours=1))))

    assert messages_for(hiring.house, actor=person.begin(), now=NOW) == ()
    assert waiting_to_be_sent(hiring.house, actor=hiring.staff, now=NOW) == 0


def test_another_house_and_an_interviewer_find_nothing(hiring: Hiring) -> None:
    hiring.invite("Ana", "ana@clinic.org")
    (one,) = letters(hiring)
    stranger = Actor("staff", "0" * 32, "1" * 32, "hr_manager")
    interviewer = Actor("staff", hiring.staff.organisation_id, "1" * 32, "interviewer")

    with pytest.raises(UnknownIdError):
        message(hiring.house, one.id, actor=stranger)
    with pytest.raises(UnknownIdError):
        drop(hiring.house, one.id, actor=stranger, now=NOW)
    assert outbox(hiring.house, actor=stranger, now=NOW) == ()
    with pytest.raises(NotAllowedError):
        outbox(hiring.house, actor=interviewer, now=NOW)
    with pytest.raises(NotAllowedError):
        messages_for(hiring.house, actor=hiring.staff, now=NOW)
