"""The messages of the first 90 days: what they promise, and what they must not give away."""

import pytest

from assessment.messages.made_up_values import made_up_values
from assessment.messages.templates import messages, write
from assessment.reports.message_words import MESSAGES

NEWCOMER = {
    "checkin_reminder": {"days", "link", "deadline"},
    "seminar_place": {"seminar_title", "slot", "place", "link"},
    "seminar_changed": {"seminar_title", "slot", "place", "link"},
    "seminar_cancelled": {"seminar_title", "slot", "link"},
    "plan_changed": {"link"},
    "module_confirmed": {"module_title", "link"},
    "growth_invitation": {"link", "deadline", "minutes"},
    "growth_again": {"link"},
    "peer_invitation": {"person_name", "link", "deadline", "minutes"},
    "team_question": {"link"},
}
STAFF = {
    "manager_checkin": {"candidate_name", "role_title", "days", "deadline", "link"},
    "manager_checkin_reminder": {"candidate_name", "role_title", "days", "deadline", "link"},
    "manager_wants_talk": {"candidate_name", "role_title", "deadline", "link"},
    "manager_early_warning": {"candidate_name", "role_title", "next_step", "deadline", "link"},
    "manager_rating_day_90": {"candidate_name", "role_title", "deadline", "link"},
    "manager_new_person": {"candidate_name", "role_title", "start_date", "link"},
}
USUAL = {
    "newcomer": {"candidate_name", "org_name", "contact_name", "contact_phone"},
    "manager": {"manager_name", "org_name", "contact_name", "contact_phone"},
}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("id_", "own"), [*NEWCOMER.items(), *STAFF.items()])
def test_every_message_asks_for_its_own_values_and_the_usual_ones(id_: str, own: set[str], language: str) -> None:
    template = messages(language).templates[id_]

    assert template.audience == ("newcomer" if id_ in NEWCOMER else "manager")
    assert set(template.placeholders) - USUAL[template.audience] - own == set()
    assert own - set(template.placeholders) == set()
    assert id_ in MESSAGES


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_message_to_staff_says_what_somebody_answered(language: str) -> None:
    values = {**made_up_values(language), "answer_text": "SECRET", "question_text": "SECRET"}

    said = [part for id_ in STAFF for part in (write(id_, language, **values).text, write(id_, language, **values).sms)]

    assert [text for text in said if "SECRET" in text] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_text_messages_to_staff_name_no_newcomer(language: str) -> None:
    values = {**made_up_values(language), "candidate_name": "Amara Okafor"}

    assert [id_ for id_ in STAFF if "Amara" in write(id_, language, **values).sms] == []
