"""What colleagues say: no trace of who or when, means from five people up, and for the person alone."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.outbox import message, outbox
from assessment.services.peer_answers import LONGEST_WORDS, PeerDoorClosedError, answer_about, peer_door
from assessment.services.peers import MOST_ASKED, ask_colleague, my_peers, save_self
from assessment.storage import peers as stored
from assessment.storage.schema import events, group_releases, peer_requests, peer_sheets, self_sheets
from assessment.storage.schema import outbox as letters
from assessment.training.growth_items import growth_items
from tests.growing import Grower, about, physicians, seen_by
from tests.hiring import Hiring, events_of

LINES = growth_items().ids


@pytest.fixture
def ana(hiring: Hiring) -> Grower:
    """A physician whose sheet is in; the house sends no mail."""
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer(now=hiring.now)
    return ana


@pytest.fixture
def me(ana: Grower, hiring: Hiring) -> Actor:
    return ana.come_in(now=hiring.now)


def ask(hiring: Hiring, me: Actor, name: str = "Ivo", email: str = "ivo@anne.example", *, mail: bool = False) -> str:
    house = replace(hiring.house, sends_mail=mail)
    return ask_colleague(house, name, email, language="en", actor=me, now=hiring.now)


def test_ones_own_view_is_kept_and_the_newest_stands(hiring: Hiring, me: Actor) -> None:
    for value in (3, 3, 5):
        save_self(hiring.house, dict.fromkeys(LINES, value), actor=me, now=hiring.now)

    found = my_peers(hiring.house, actor=me, now=hiring.now)

    assert (dict(found.own), str(found.own_on)) == (dict.fromkeys(LINES, 5), "2026-11-24")
    with hiring.house.database.read() as connection:
        assert len(connection.execute(select(self_sheets)).all()) == 2  # the same again is no new sheet


@pytest.mark.parametrize(
    "answers",
    [
        {},
        dict.fromkeys(LINES[:-1], 3),
        dict.fromkeys(LINES, 6),
        dict.fromkeys(LINES, -1),
        dict.fromkeys(LINES, True),
        {**dict.fromkeys(LINES, 3), "other": 3},
    ],
)
def test_what_is_no_answer_is_refused(hiring: Hiring, me: Actor, answers: dict[str, int]) -> None:
    with pytest.raises((SheetError, UnknownIdError)):
        save_self(hiring.house, answers, actor=me, now=hiring.now)


def test_a_colleague_sees_about_whom_and_looking_changes_nothing(hiring: Hiring, me: Actor) -> None:
    token = ask(hiring, me).rpartition("/")[2]

    doors = [peer_door(hiring.house, token, now=hiring.now) for _ in range(2)]

    assert doors[0] == doors[1]
    assert (doors[0].person_name, doors[0].organisation, doors[0].answered) == ("Ana Ruiz", "St Anne's", False)


def test_a_colleague_answers_once(hiring: Hiring, me: Actor) -> None:
    link = ask(hiring, me)

    about(hiring.house, link, value=4, now=hiring.now)
    about(hiring.house, link, value=1, now=hiring.now)

    with hiring.house.database.read() as connection:
        (sheet,) = connection.execute(select(peer_sheets)).all()
    assert '"lets_finish": 4' in hiring.house.vault.open(sheet.body_sealed)
    assert peer_door(hiring.house, link.rpartition("/")[2], now=hiring.now).answered
    assert my_peers(hiring.house, actor=me, now=hiring.now).answered == 1


def test_after_fourteen_days_the_page_has_closed_and_another_may_be_asked(hiring: Hiring, me: Actor) -> None:
    token = ask(hiring, me).rpartition("/")[2]
    later = hiring.now + timedelta(days=14)

    with pytest.raises(PeerDoorClosedError):
        peer_door(hiring.house, token, now=later)
    with pytest.raises(PeerDoorClosedError):
        answer_about(hiring.house, token, dict.fromkeys(LINES, 3), "", now=later)
    assert ask_colleague(hiring.house, "Ivo", "ivo@anne.example", language="en", actor=me, now=later)


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 5_000, "../../etc", "ñ" * 43])
def test_a_made_up_link_is_unknown(hiring: Hiring, token: str) -> None:
    with pytest.raises(UnknownIdError):
        peer_door(hiring.house, token, now=hiring.now)


def test_own_words_have_a_limit(hiring: Hiring, me: Actor) -> None:
    token = ask(hiring, me).rpartition("/")[2]

    with pytest.raises(SheetError, match="500"):
        answer_about(hiring.house, token, dict.fromkeys(LINES, 3), "x" * (LONGEST_WORDS + 1), now=hiring.now)


def test_four_colleagues_show_nothing_and_five_show_means_with_their_spread(
    hiring: Hiring, ana: Grower, me: Actor
) -> None:
    save_self(hiring.house, dict.fromkeys(LINES, 5), actor=me, now=hiring.now)
    for at, value in enumerate((1, 2, 3, 4)):
        seen_by(ana, 1, value=value, words="keep smiling", first=at, now=hiring.now)
    few = my_peers(hiring.house, actor=me, now=hiring.now)

    seen_by(ana, 1, value=5, words="keep smiling", first=4, now=hiring.now)
    found = my_peers(hiring.house, actor=me, now=hiring.now)

    assert (few.shown, few.answered, few.said, {line.mean for line in few.lines}) == (0, 4, (), {None})
    assert (found.shown, {(line.own, line.mean, round(line.spread or 0, 3), line.n) for line in found.lines}) == (
        5,
        {(5, 3.0, 1.581, 5)},
    )
    assert sorted(found.said) == [f"keep smiling {at}" for at in range(5)]


def test_a_sixth_colleague_changes_nothing_before_there_are_five_more(hiring: Hiring, ana: Grower, me: Actor) -> None:
    seen_by(ana, 5, value=4, words="w", now=hiring.now)
    first = my_peers(hiring.house, actor=me, now=hiring.now)

    seen_by(ana, 4, value=1, words="w", first=5, now=hiring.now)
    nine = my_peers(hiring.house, actor=me, now=hiring.now)
    seen_by(ana, 1, value=1, words="w", first=9, now=hiring.now)
    ten = my_peers(hiring.house, actor=me, now=hiring.now)

    assert (nine.lines, sorted(nine.said), nine.answered) == (first.lines, sorted(first.said), 9)
    assert (ten.shown, {line.mean for line in ten.lines}, len(ten.said)) == (10, {2.5}, 10)


def test_a_line_that_only_four_could_see_is_left_open(hiring: Hiring, ana: Grower, me: Actor) -> None:
    for at in range(5):
        token = ask(hiring, me, f"P {at}", f"p{at}@anne.example").rpartition("/")[2]
        answers = {**dict.fromkeys(LINES, 4), "welcomes_no": 0 if at == 0 else 4}
        answer_about(hiring.house, token, answers, "", now=hiring.now)

    found = {line.item: line for line in my_peers(hiring.house, actor=me, now=hiring.now).lines}

    assert (found["welcomes_no"].mean, found["plain_words"].mean) == (None, 4.0)


def test_what_a_colleague_said_has_no_trace_of_who_or_when(hiring: Hiring, ana: Grower, me: Actor) -> None:
    for at in range(6):
        seen_by(ana, 1, value=1 + at % 5, first=at, now=hiring.now + timedelta(minutes=at))
    with hiring.house.database.read() as connection:
        requests = connection.execute(select(peer_requests).order_by(peer_requests.c.created_at)).all()
        sheets = connection.execute(select(peer_sheets)).all()
        releases = [row.members for row in connection.execute(select(group_releases))]

    of_requests = {str(value) for row in requests for value in row if row is not None and value != ana.application}

    assert set(sheets[0]._fields) == {"id", "application_id", "body_sealed"}
    for sheet in sheets:
        assert sheet.id not in of_requests
        assert "peer" not in hiring.house.vault.open(sheet.body_sealed)  # the addresses begin so
        assert "2026" not in hiring.house.vault.open(sheet.body_sealed)
    assert not any(request.id in members for request in requests for members in releases)


def test_the_newest_sheet_does_not_stand_last_in_the_table(hiring: Hiring, ana: Grower) -> None:
    stands_last = []
    for at in range(8):
        with hiring.house.database.write() as connection:
            stored.add_sheet(connection, ana.application, str(at).encode(), rng=random.Random(at))
            order = connection.exec_driver_sql("select body_sealed from peer_sheets order by rowid").scalars().all()
        stands_last.append(order[-1] == str(at).encode())

    assert len(order) == 8
    assert sum(stands_last) < 4


def test_the_log_says_that_somebody_was_asked_and_answered_and_not_who(hiring: Hiring, me: Actor, ana: Grower) -> None:
    about(hiring.house, ask(hiring, me, "Zanzibar Quux"), value=3, now=hiring.now)

    (asked,), (answered,) = events_of(hiring.house, "peer_asked"), events_of(hiring.house, "peer_answered")

    assert (asked["subject"], answered["subject"], answered["actor"]) == (ana.application, ana.application, "colleague")
    with hiring.house.database.read() as connection:
        whole = " ".join(connection.execute(select(events.c.body)).scalars())
        request = connection.execute(select(peer_requests.c.id)).scalar_one()
    assert "Quux" not in whole
    assert request not in whole


def test_the_house_does_not_see_whom_somebody_asks(hiring: Hiring, me: Actor) -> None:
    link = ask(hiring, me, "Zanzibar Quux", "quux@anne.example", mail=True)
    with hiring.house.database.write() as connection:
        (letter,) = connection.execute(select(letters).where(letters.c.template == "peer_invitation")).all()

    house = replace(hiring.house, sends_mail=True)
    listed = [one for one in outbox(house, actor=hiring.staff, now=hiring.now) if one.template == "peer_invitation"]
    read = message(house, letter.id, actor=hiring.staff)

    assert link == ""
    assert "Hello Zanzibar Quux" in hiring.house.vault.open(letter.text_sealed)
    assert "Ana Ruiz" in hiring.house.vault.open(letter.text_sealed)
    assert len(listed) == 1
    assert "Quux" not in repr(read).title()
    assert "/p/" not in repr(read)
    assert outbox(house, person="quux", actor=hiring.staff, now=hiring.now) == ()


@pytest.mark.parametrize(
    ("name", "email", "words"),
    [
        ("", "a@b.example", "name and an e-mail"),
        ("Ivo", "", "name and an e-mail"),
        ("Ivo", "ivo", "does not look right"),
        ("I" * 201, "ivo@anne.example", "does not look right"),
    ],
)
def test_a_colleague_needs_a_name_and_an_address(hiring: Hiring, me: Actor, name: str, email: str, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        ask(hiring, me, name, email, mail=True)


def test_nobody_is_asked_twice_nor_more_than_twelve(hiring: Hiring, me: Actor) -> None:
    ask(hiring, me)

    with pytest.raises(SheetError, match="already"):
        ask(hiring, me, "Ivo again", "IVO@anne.example ")
    for at in range(MOST_ASKED - 1):
        ask(hiring, me, f"P {at}", f"p{at}@anne.example")
    with pytest.raises(SheetError, match="12 people at most"):
        ask(hiring, me, "One more", "more@anne.example")
    assert my_peers(hiring.house, actor=me, now=hiring.now).may_ask == 0


def test_ones_own_address_is_no_colleague(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz", mail=True)
    me = ana.answer(now=hiring.now)

    with pytest.raises(SheetError, match="your own"):
        ask(hiring, me, "Me", "ana@anne.example", mail=True)


def test_somebody_who_was_not_hired_has_no_such_page(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    with pytest.raises(NotAllowedError):
        my_peers(hiring.house, actor=actor, now=hiring.now)
    with pytest.raises(NotAllowedError):
        save_self(hiring.house, dict.fromkeys(LINES, 3), actor=actor, now=hiring.now)
