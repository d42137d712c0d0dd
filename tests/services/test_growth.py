"""Groups that grow together: the house sees who has answered and means from five up; people keep what is theirs."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.answers import submit
from assessment.services.change_since import change
from assessment.services.doors import DoorClosedError, candidate_actor, enter
from assessment.services.first_days import own_work
from assessment.services.growth import close_group, list_groups, make_group, reopen_group
from assessment.services.growth_members import (
    group_members,
    invite_to_group,
    leave_growth,
    link_to_pass_on,
    preview_members,
    remind_group,
)
from assessment.services.growth_sheet import lands_on_growth
from assessment.services.growth_summary import group_summary
from assessment.services.invitees import Invitee
from assessment.services.measuring_again import own_page
from assessment.services.my_seminars import sign_up
from assessment.services.outbox import ONLY_THEM, message, messages_for, outbox
from assessment.services.peers import my_peers, save_self
from assessment.services.result import result
from assessment.services.seminars import cancel_seminar, move_seminar
from assessment.services.sitting import agree, come_back, look, move_to
from assessment.services.team_answers import answer_team
from assessment.services.team_summary import team_summary
from assessment.services.teams import ask_members, make_team
from assessment.storage.schema import outbox as letters
from assessment.storage.schema import peer_requests, peer_sheets, responses, results, self_sheets, stage_moves
from assessment.storage.schema import team_members as members
from assessment.training.growth_items import growth_items
from tests.growing import WEEKS, join, mailing, physicians, seen_by
from tests.hiring import Hiring, answer_all, events_of
from tests.learning import DAY, seminar, standings
from tests.picking import told

FIVE = ("Ana Ruiz", "Ben Adler", "Cem Kaya", "Dora Vogt", "Eli Stern")


def states(hiring: Hiring, group: str) -> dict[str, str]:
    found = group_members(hiring.house, group, actor=hiring.staff, now=hiring.now)
    return {member.name: member.state for member in found}


def test_a_group_of_physicians_is_made_though_no_opening_can_be(hiring: Hiring) -> None:
    group = make_group(
        hiring.house, "physician", name=" Doctors ", site="Main house", actor=hiring.staff, now=hiring.now
    )

    (found,) = list_groups(hiring.house, actor=hiring.staff)
    assert (found.id, found.name, found.role, found.invited, found.answered) == (group, "Doctors", "physician", 0, 0)


def test_a_group_needs_a_name_and_a_form_that_is_there(hiring: Hiring) -> None:
    with pytest.raises(SheetError, match="name"):
        make_group(hiring.house, "physician", name=" ", actor=hiring.staff, now=hiring.now)
    with pytest.raises(UnknownIdError):
        make_group(hiring.house, "juggler", name="Jugglers", actor=hiring.staff, now=hiring.now)


def test_the_house_sees_who_has_answered_and_no_more(hiring: Hiring) -> None:
    group, (ana, _) = physicians(hiring, "Ana Ruiz", "Ben Adler")

    ana.answer(now=hiring.now)

    assert states(hiring, group) == {"Ana Ruiz": "answered", "Ben Adler": "waiting"}
    assert set(vars(group_members(hiring.house, group, actor=hiring.staff, now=hiring.now)[0])) == {
        "application_id",
        "name",
        "state",
        "by_hand",
    }
    with hiring.house.database.read() as connection:  # neither a band nor a stage is kept
        assert connection.execute(select(results)).all() == []
        moved = select(stage_moves).where(stage_moves.c.application_id == ana.application)
        assert connection.execute(moved).all() == []


def test_a_preview_names_every_problem_and_says_nothing_of_applications_elsewhere(hiring: Hiring) -> None:
    hiring.invite("Ana Ruiz", "ana@anne.example")
    group, _ = physicians(hiring, "Ben Adler", mail=True)

    seen = preview_members(
        hiring.house, group, "Ana Ruiz, ana@anne.example\nBen, ben@anne.example\n, x@y.z\nC, wrong", actor=hiring.staff
    )

    assert [row.problems for row in seen.rows] == [
        (),
        ("is in this group already",),
        ("the name is missing",),
        ("the e-mail does not look right",),
    ]
    assert [row.known for row in seen.rows] == [None] * 4


def test_nobody_is_invited_twice_and_all_or_none(hiring: Hiring) -> None:
    group, _ = physicians(hiring, "Ben Adler", mail=True)
    house = mailing(hiring.house)
    two = [Invitee(1, "New", "new@anne.example", "en"), Invitee(2, "Ben", "ben@anne.example", "en")]

    with pytest.raises(SheetError, match="Row 2"):
        invite_to_group(house, group, two, actor=hiring.staff, now=hiring.now)

    assert list(states(hiring, group)) == ["Ben Adler"]


def test_a_closed_group_invites_and_reminds_nobody_and_people_keep_their_page(hiring: Hiring) -> None:
    group, (ana,) = physicians(hiring, "Ana Ruiz")
    actor = ana.answer(now=hiring.now)

    close_group(hiring.house, group, actor=hiring.staff, now=hiring.now)

    with pytest.raises(ClosedError):
        join(hiring.house, hiring, group, ["Ben Adler"])
    with pytest.raises(ClosedError):
        remind_group(hiring.house, group, actor=hiring.staff, now=hiring.now)
    assert own_page(hiring.house, actor=actor, now=hiring.now).handed_in == 1
    reopen_group(hiring.house, group, actor=hiring.staff, now=hiring.now)
    assert len(join(hiring.house, hiring, group, ["Ben Adler"])) == 1


def test_the_notice_leads_to_the_lines_without_the_facts_of_a_job(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    actor = ana.come_in(now=hiring.now)

    agree(hiring.house, actor=actor, now=hiring.now)
    after = look(hiring.house, actor=actor, now=hiring.now)
    move_to(hiring.house, "job", actor=actor, now=hiring.now)

    assert (after.step, after.facts, after.purpose, after.works_here) == ("practice", (), "growth", True)
    assert look(hiring.house, actor=actor, now=hiring.now).step == "practice"


def test_a_link_that_was_passed_on_opens_nothing_once_the_sheet_is_in(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    link = link_to_pass_on(hiring.house, ana.application, actor=hiring.staff, now=hiring.now)
    known = link.rpartition("/")[2]
    snoop = enter(hiring.house, known, now=hiring.now - timedelta(minutes=5))
    cookie = enter(hiring.house, known, now=hiring.now)
    actor = candidate_actor(hiring.house, cookie, now=hiring.now)
    assert actor is not None

    answer_all(hiring.house, actor, now=hiring.now)
    submit(hiring.house, actor=actor, now=hiring.now)

    assert candidate_actor(hiring.house, snoop, now=hiring.now) is None
    assert candidate_actor(hiring.house, cookie, now=hiring.now) == actor  # who answered stays in
    with pytest.raises(DoorClosedError):
        enter(hiring.house, known, now=hiring.now)
    with pytest.raises(NotAllowedError, match="theirs alone"):
        link_to_pass_on(hiring.house, ana.application, actor=hiring.staff, now=hiring.now)
    own = own_page(hiring.house, actor=actor, now=hiring.now).link
    assert enter(hiring.house, own.rpartition("/")[2], now=hiring.now + timedelta(days=60))


def test_a_link_that_went_by_mail_is_shown_to_nobody_and_stays_good(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz", mail=True)
    with hiring.house.database.write() as connection:
        connection.execute(letters.update().values(status="sent", sent_how="smtp"))
    mailed = ana.token

    ana.answer(now=hiring.now)

    assert ana.token == mailed
    assert enter(hiring.house, mailed, now=hiring.now + timedelta(days=60))
    with pytest.raises(NotAllowedError):
        link_to_pass_on(ana.house, ana.application, actor=hiring.staff, now=hiring.now)


def test_before_it_is_answered_a_mailed_link_is_not_shown_either(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz", mail=True)

    with pytest.raises(NotAllowedError, match="goes by mail"):
        link_to_pass_on(ana.house, ana.application, actor=hiring.staff, now=hiring.now)


def test_whoever_reads_the_outbox_finds_no_link_of_a_growth_page(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz", mail=True)
    with hiring.house.database.write() as connection:
        connection.execute(letters.update().values(status="sent", sent_how="smtp"))

    (listed,) = outbox(ana.house, actor=hiring.staff, now=hiring.now)
    read = message(hiring.house, listed.id, actor=hiring.staff)  # also once the mail server is gone

    assert {read.subject, read.text, read.sms} == {ONLY_THEM}
    assert (read.to, read.name, read.application_id) == ("", "…", None)
    assert messages_for(hiring.house, actor=ana.come_in(now=hiring.now), now=hiring.now) == ()


def test_before_the_first_sheet_is_in_the_page_shows_nothing_of_ones_own(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    actor = ana.come_in(now=hiring.now)

    page = own_page(hiring.house, actor=actor, now=hiring.now)

    assert (page.own, page.link) == (False, "")
    for verb in (my_peers, change):
        with pytest.raises(NotAllowedError, match="answer the questions first"):
            verb(hiring.house, actor=actor, now=hiring.now)


def test_the_result_says_that_nobody_reads_it(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    actor = ana.answer(now=hiring.now)

    found = result(hiring.house, actor=actor, now=hiring.now)

    assert found.growth
    assert found.job_line == "For your own growth, St Anne's"
    assert "yours alone" in found.next_words
    assert lands_on_growth(hiring.house, actor=actor)


def test_reminders_go_to_those_who_have_not_answered_once_a_day(hiring: Hiring) -> None:
    group, (ana, _) = physicians(hiring, "Ana Ruiz", "Ben Adler", mail=True)
    ana.answer(now=hiring.now)
    later = hiring.now + timedelta(days=20)  # the first link has ended
    house = ana.house

    first = remind_group(house, group, actor=hiring.staff, now=later)
    again = remind_group(house, group, actor=hiring.staff, now=later)

    assert (first.queued, first.left_out) == (1, {"nothing left to answer": 1})
    assert (again.queued, again.left_out["reminded already for that day"]) == (0, 1)
    assert {m.name: m.state for m in group_members(house, group, actor=hiring.staff, now=later)} == {
        "Ana Ruiz": "answered",
        "Ben Adler": "waiting",
    }


def test_who_gets_no_mail_is_not_reminded_by_it(hiring: Hiring) -> None:
    group, _ = physicians(hiring, "Ana Ruiz")

    done = remind_group(hiring.house, group, actor=hiring.staff, now=hiring.now)

    assert (done.queued, done.left_out) == (0, {"no mail: please pass the link on": 1})


def test_somebody_may_leave_and_take_everything_of_theirs_back(hiring: Hiring) -> None:
    group, (ana, ben) = physicians(hiring, "Ana Ruiz", "Ben Adler")
    actor = ana.answer(now=hiring.now)
    ben.answer(now=hiring.now)
    save_self(hiring.house, dict.fromkeys(growth_items().ids, 3), actor=actor, now=hiring.now)
    seen_by(ana, 5, now=hiring.now)
    my_peers(hiring.house, actor=actor, now=hiring.now)

    leave_growth(hiring.house, actor=actor, now=hiring.now)

    assert states(hiring, group) == {"Ana Ruiz": "left", "Ben Adler": "answered"}
    with hiring.house.database.read() as connection:
        left = set(connection.execute(select(responses.c.sitting_id)).scalars())
        assert len(left) == 1  # Ben's
        assert [connection.execute(select(t)).all() for t in (self_sheets, peer_requests, peer_sheets)] == [[], [], []]
        with pytest.raises(NotAllowedError):
            own_work(connection, actor)
    assert look(hiring.house, actor=actor, now=hiring.now).status == "withdrawn"
    come_back(hiring.house, actor=actor, now=hiring.now)  # with empty hands, while the link is good
    assert (look(hiring.house, actor=actor, now=hiring.now).status, states(hiring, group)["Ana Ruiz"]) == (
        "open",
        "waiting",
    )


def test_who_leaves_the_group_holds_no_seat_counts_in_no_team_and_is_not_written_to(hiring: Hiring) -> None:
    _, (ana, ben) = physicians(hiring, "Ana Ruiz", "Ben Adler", mail=True)
    actor, other = ana.answer(now=hiring.now), ben.answer(now=hiring.now)
    place = seminar(hiring, seats=1)
    for one in (actor, other):
        sign_up(ana.house, place, wait=True, actor=one, now=hiring.now)
    team = make_team(ana.house, "Ward 3", actor=hiring.staff, now=hiring.now)
    ask_members(ana.house, team, [ana.application], actor=hiring.staff, now=hiring.now)
    answer_team(ana.house, team, True, actor=actor, now=hiring.now)
    written = len(letters_to(hiring, ana.application))

    leave_growth(ana.house, actor=actor, now=hiring.now)

    assert standings(hiring, place) == {ben.application: "place"}
    move_seminar_to(hiring, place, "Room 9")
    cancel_seminar(ana.house, place, actor=hiring.staff, now=hiring.now)
    assert len(letters_to(hiring, ana.application)) == written
    assert [t.application for t in told(hiring.house, "seminar_place")] == [ana.application, ben.application]
    with hiring.house.database.read() as connection:
        assert connection.execute(select(members.c.left_at)).scalar_one() is not None
    assert len(events_of(hiring.house, "team_left")) == 1


def letters_to(hiring: Hiring, application: str) -> list[str]:
    with hiring.house.database.read() as connection:
        query = select(letters.c.template).where(letters.c.application_id == application)
        return list(connection.execute(query).scalars())


def move_seminar_to(hiring: Hiring, id_: str, place: str) -> None:
    kept = {"day": DAY, "at": time(14), "minutes": 90, "seats": 1, "led_by": "Una Berg"}
    move_seminar(hiring.house, id_, place=place, **kept, actor=hiring.staff, now=hiring.now)  # type: ignore[arg-type]


def summary(hiring: Hiring, group: str) -> dict[str, tuple[int, float]]:
    found = group_summary(hiring.house, group, actor=hiring.staff, now=hiring.now).facets
    return {facet: (one.n, one.mean) for facet, one in found.items()}


def test_four_people_show_nothing_and_five_show_means(hiring: Hiring) -> None:
    group, people = physicians(hiring, *FIVE)
    for at, person in enumerate(people[:4]):
        person.answer({"hon": 2 + at % 3}, now=hiring.now)
    few = summary(hiring, group)

    people[4].answer({"hon": 5}, now=hiring.now)

    shown = summary(hiring, group)
    assert few == {}
    assert {n for n, _ in shown.values()} == {5}


def test_a_sixth_person_or_a_second_sheet_betrays_nobody_by_subtraction(hiring: Hiring) -> None:
    group, people = physicians(hiring, *FIVE, "Fay Otto")
    for person in people[:5]:
        person.answer(3, now=hiring.now)
    first = summary(hiring, group)

    people[5].answer({"hon": 1}, now=hiring.now)
    with_a_sixth = summary(hiring, group)
    later = replace(hiring, now=hiring.now + WEEKS)
    people[0].begin_again(now=later.now)
    people[0].answer({"hon": 5}, now=later.now)

    assert with_a_sixth == first
    assert summary(later, group) == first


def test_when_one_of_five_leaves_the_summary_goes_with_them(hiring: Hiring) -> None:
    group, people = physicians(hiring, *FIVE)
    actors = [person.answer(3, now=hiring.now) for person in people]
    assert summary(hiring, group)

    leave_growth(hiring.house, actor=actors[0], now=hiring.now)

    assert summary(hiring, group) == {}


def test_what_colleagues_say_is_summed_up_over_five_people_each_seen_by_five(hiring: Hiring) -> None:
    group, people = physicians(hiring, *FIVE)
    for person in people:
        person.answer(3, now=hiring.now)
    for at, person in enumerate(people[:4]):
        seen_by(person, 5, value=2 + at % 3, now=hiring.now)
    seen_by(people[4], 4, value=5, now=hiring.now)
    few = group_summary(hiring.house, group, actor=hiring.staff, now=hiring.now).lines

    seen_by(people[4], 1, value=5, now=hiring.now, first=4)

    lines = group_summary(hiring.house, group, actor=hiring.staff, now=hiring.now).lines
    assert few == {}
    assert {(line.n, round(line.mean, 2)) for line in lines.values()} == {(5, 3.2)}  # (2 + 3 + 4 + 2 + 5) / 5


def test_every_change_of_a_group_is_in_the_log_by_ids_only(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")

    (made,), (invited,) = events_of(hiring.house, "growth_group_made"), events_of(hiring.house, "growth_invited")

    assert invited["subject"] == ana.application
    assert invited["group"] == made["subject"]
    assert "Ana" not in str(invited)


def test_a_group_elsewhere_does_not_exist(hiring: Hiring) -> None:
    group, _ = physicians(hiring, "Ana Ruiz")
    stranger = replace(hiring.staff, organisation_id="0" * 32)

    for verb in (group_members, group_summary, remind_group):
        with pytest.raises(UnknownIdError):
            verb(hiring.house, group, actor=stranger, now=hiring.now)
    assert list_groups(hiring.house, actor=stranger) == ()


def test_a_team_with_one_person_more_than_a_group_betrays_nobody(hiring: Hiring) -> None:
    group, people = physicians(hiring, *FIVE, "Fay Otto")
    actors = [person.answer({"hon": 1 + at % 5}, now=hiring.now) for at, person in enumerate(people)]
    team = make_team(hiring.house, "Ward 3", actor=hiring.staff, now=hiring.now)
    ask_members(hiring.house, team, [p.application for p in people[:5]], actor=hiring.staff, now=hiring.now)
    for actor in actors[:5]:
        answer_team(hiring.house, team, True, actor=actor, now=hiring.now)
    of_team = team_summary(hiring.house, team, actor=hiring.staff, now=hiring.now).facets

    of_group = group_summary(hiring.house, group, actor=hiring.staff, now=hiring.now).facets

    assert {summary.n for summary in of_team.values()} == {5}
    assert of_group == {}  # six beside the five that were shown would tell of the sixth
