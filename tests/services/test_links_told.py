"""No message but the person's own opens what they said for their own growth, and a link taken back stops nobody else's."""

from datetime import time

from sqlalchemy import select, update

from assessment.messages.templates import template
from assessment.reports.message_words import MESSAGES
from assessment.services.growth_members import remind_group
from assessment.services.invitations import revoke
from assessment.services.measuring_again import begin, mail_own_link, offer_again
from assessment.services.my_seminars import give_back, sign_up
from assessment.services.outbox import ONLY_THEM, message, outbox
from assessment.services.seminars import move_seminar
from assessment.services.teams import ask_members, make_team
from assessment.services.telling import LINK_GONE, tell_candidate
from assessment.storage.schema import doors, sittings
from assessment.storage.schema import outbox as letters
from tests.growing import hired, mailing, physicians
from tests.hiring import Hiring
from tests.learning import DAY, at_work, seminar
from tests.picking import told

LINKS = ("link", "status_link", "result_link")
WITH_LINK = [id_ for id_ in MESSAGES if set(LINKS) & set(template(id_, "en").placeholders)]


def tell(hiring: Hiring, application: str, template_id: str) -> str:
    values = {name: "x" for name in template(template_id, "en").placeholders if name not in LINKS}
    with hiring.house.database.write() as connection:
        return tell_candidate(
            connection,
            hiring.house,
            application,
            template_id,
            key=f"t:{template_id}",
            values=values,
            actor=hiring.staff,
            now=hiring.now,
        )


def test_most_templates_have_a_link() -> None:
    assert {"seminar_place", "team_question", "plan_changed", "module_confirmed", "received_status"} & set(WITH_LINK)
    assert len(WITH_LINK) > 20


def test_no_template_carries_a_link_into_a_growth_page_by_itself(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer(now=hiring.now)

    for id_ in WITH_LINK:
        tell(hiring, ana.application, id_)

    written = [letter for letter in told(hiring.house) if letter.key.startswith("t:")]
    assert [letter.template for letter in written] == WITH_LINK
    assert [one.template for one in written if "/i/" in f"{one.subject}{one.text}{one.sms}{one.calendar}"] == []
    assert all("/first-days" in one.text for one in written)


def test_what_goes_by_mail_to_somebody_in_a_group_is_read_by_them_alone(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz", mail=True)
    house = mailing(hiring.house)
    for id_ in WITH_LINK:
        tell(hiring, ana.application, id_)

    read = [message(house, one.id, actor=hiring.staff) for one in outbox(house, actor=hiring.staff, now=hiring.now)]

    assert len(read) == len(WITH_LINK) + 1
    assert {one.text for one in read} == {ONLY_THEM}
    assert {(one.name, one.to, one.application_id) for one in read} == {("…", "", None)}


def test_without_a_mail_server_what_is_passed_on_can_be_read_and_opens_nothing(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")

    read = message(hiring.house, tell(hiring, ana.application, "plan_changed"), actor=hiring.staff)

    assert "/first-days" in read.text
    assert read.name == "Ana Ruiz"


def test_once_the_mail_server_is_gone_a_link_that_others_keep_good_is_not_read_either(hiring: Hiring) -> None:
    group, (ana,) = physicians(hiring, "Ana Ruiz", mail=True)
    with hiring.house.database.write() as connection:
        connection.execute(update(letters).values(status="sent", sent_how="smtp"))
    remind_group(ana.house, group, actor=hiring.staff, now=hiring.now)  # the same link once more, and it waits

    read = [
        message(hiring.house, one.id, actor=hiring.staff).text
        for one in outbox(hiring.house, status="queued", actor=hiring.staff, now=hiring.now)
    ]

    assert read == [ONLY_THEM]


def test_a_link_that_somebody_had_mailed_to_themselves_is_not_read_once_mail_goes_by_hand(hiring: Hiring) -> None:
    person = hired(hiring, "Bo Lind", "bo@anne.example")
    house = mailing(hiring.house)
    actor = person.come_in(now=hiring.now)
    with hiring.house.database.write() as connection:  # long enough ago to answer once more
        connection.execute(update(sittings).values(finished_at="2026-01-01T00:00:00+00:00"))
    begin(house, actor=actor, now=hiring.now)
    mail_own_link(house, actor=actor, now=hiring.now)

    read = {
        one.template: message(hiring.house, one.id, actor=hiring.staff).text
        for one in outbox(hiring.house, actor=hiring.staff, now=hiring.now)
    }

    assert (read["growth_invitation"], read["growth_again"]) == (ONLY_THEM, ONLY_THEM)


def test_one_link_taken_back_keeps_nobody_from_hearing_of_a_seminar_or_a_team(hiring: Hiring) -> None:
    house, staff, now = hiring.house, hiring.staff, hiring.now
    first, second, third = (at_work(hiring, name) for name in ("Ana Ruiz", "Bo Lind", "Cy Orr"))
    id_ = seminar(hiring, seats=2)
    for person in (first, second, third):
        sign_up(house, id_, wait=True, actor=person.actor, now=now)
    for person in (second, third):
        revoke(house, person.application, actor=staff, now=now)

    team = make_team(house, "Night desk", actor=staff, now=now)
    asked = ask_members(house, team, [one.application for one in (first, second, third)], actor=staff, now=now)
    give_back(house, id_, actor=first.actor, now=now)  # the third moves up
    move_seminar(
        house,
        id_,
        day=DAY,
        at=time(16),
        minutes=90,
        place="Room 3",
        seats=2,
        led_by="Una Berg",
        actor=staff,
        now=now,
    )

    assert asked == 3
    assert third.application in [one.application for one in told(house, "seminar_place")]
    changed = told(house, "seminar_changed")
    assert {one.application for one in changed} == {second.application, third.application}
    assert all("/first-days" in one.text and "/i/" not in one.text for one in changed)


def test_an_offer_to_answer_again_goes_to_everybody_whose_link_is_good(hiring: Hiring) -> None:
    house = mailing(hiring.house)
    gone, there = hired(hiring, "Bo Lind", "bo@anne.example"), hired(hiring, "Cy Orr", "cy@anne.example")
    revoke(house, gone.application, actor=hiring.staff, now=hiring.now)

    found = offer_again(house, [gone.application, there.application], actor=hiring.staff, now=hiring.now)

    assert (found.queued, found.left_out) == (1, {LINK_GONE: 1})
    assert [one.application for one in told(house, "growth_again")] == [there.application]


def test_a_reminder_goes_to_everybody_in_a_group_whose_link_is_good(hiring: Hiring) -> None:
    group, (ana, ben) = physicians(hiring, "Ana Ruiz", "Ben Adler", mail=True)
    with hiring.house.database.write() as connection:
        mine = select(sittings.c.id).where(sittings.c.application_id == ana.application)
        connection.execute(update(doors).where(doors.c.sitting_id.in_(mine)).values(revoked_at="2026-11-20"))

    found = remind_group(ana.house, group, actor=hiring.staff, now=hiring.now)

    assert (found.queued, found.left_out) == (1, {LINK_GONE: 1})
    reminded = [one.application for one in told(ana.house) if one.key.startswith("growth_reminder")]
    assert reminded == [ben.application]
