"""Words of messages as an organisation puts them: checked before they are kept, in use at once, and back again."""

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.messages.made_up_values import made_up_values
from assessment.messages.templates import messages, template
from assessment.services.actor import Actor
from assessment.services.message_templates import (
    back_to_shipped,
    edit_template,
    explained,
    message_template,
    message_templates,
    preview_template,
    template_versions,
)
from assessment.services.outbox import message, outbox
from tests.hiring import NOW, Hiring, events_of

SHIPPED = template("invitation", "en")
TEXT = """Hello {{ candidate_name }},

We are glad that you want to be our {{ role_title }}. Please answer here: {{ link }}

It takes {{ minutes }} minutes. You have time until {{ deadline }}. We write to you by {{ next_date }}.

{{ contact_name }}, {{ contact_phone }}, {{ org_name }}"""
SMS = "{{ org_name }}: {{ link }} till {{ deadline }}"


def edit(hiring: Hiring, *, subject: str = "Hello from us", text: str = TEXT, sms: str = SMS, **more: object) -> None:
    options = {"reason": "Our own tone", "actor": hiring.staff, "now": NOW, **more}
    edit_template(hiring.house, "invitation", "en", subject=subject, text=text, sms=sms, **options)  # type: ignore[arg-type]


def test_own_words_are_used_from_then_on_and_kept_with_who_and_why(hiring: Hiring) -> None:
    edit(hiring)

    hiring.invite("Ana", "ana@clinic.org")
    hiring.invite("Lucía", "lucia@clinic.org", "es")

    by_language = {one.language: one for one in outbox(hiring.house, actor=hiring.staff, now=NOW)}
    read = message(hiring.house, by_language["en"].id, actor=hiring.staff)
    (version,) = template_versions(hiring.house, "invitation", "en", actor=hiring.staff)
    assert (read.subject, read.text.splitlines()[2][:38]) == ("Hello from us", "We are glad that you want to be our Fr")
    assert by_language["es"].subject.startswith("Su siguiente paso")
    assert (version.version, version.author, version.reason) == ("0.5.1", "Ada Voss", "Our own tone")
    own = [k for k in message_templates(hiring.house, "en", actor=hiring.staff) if k.own]
    assert [(k.id, k.version) for k in own] == [("invitation", "0.5.1")]
    assert events_of(hiring.house, "message_template_changed")[0]["template"] == "invitation"


def test_the_words_that_ship_come_back_and_the_history_stays(hiring: Hiring) -> None:
    edit(hiring)
    back_to_shipped(hiring.house, "invitation", "en", reason="Ours was longer", actor=hiring.staff, now=NOW)

    found = template_versions(hiring.house, "invitation", "en", actor=hiring.staff)

    assert message_template(hiring.house, "invitation", "en", actor=hiring.staff) == SHIPPED
    assert [(v.version, v.template is None) for v in found] == [("0.5.1", False), ("0.5.2", True)]
    with pytest.raises(SheetError, match="in use already"):
        back_to_shipped(hiring.house, "invitation", "en", reason="Again", actor=hiring.staff, now=NOW)
    edit(hiring, reason="Once more")
    assert message_template(hiring.house, "invitation", "en", actor=hiring.staff).subject == "Hello from us"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace("{{ link }}", "our page"), "of no use without {{ link }}"),
        (TEXT.replace("{{ deadline }}", "soon"), "of no use without {{ deadline }}"),
        (TEXT.replace("{{ contact_phone }}", "call us"), "{{ contact_phone }} is missing"),
        (TEXT + " {{ salary }}", "no placeholder 'salary'"),
        (TEXT + " {% for x in org_name %}{{ x }}{% endfor %}", "only placeholders like {{ link }}"),
        (TEXT + " {{ org_name.__class__ }}", "only placeholders like {{ link }}"),
        (TEXT + " {{ 7*7 }}", "only placeholders like {{ link }}"),
        (TEXT + " {{ org_name | upper }}", "only placeholders like {{ link }}"),
        (TEXT + " {# note #}", "only placeholders like {{ link }}"),
        (TEXT + " {{", "only placeholders like {{ link }}"),
        (TEXT + " word" * 120, "words, 120 at most"),
        (TEXT + " Organisational considerations notwithstanding, applicants' comprehensive documentation" * 3, "grade"),
        ("  ", "neither the subject nor the text empty"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(hiring: Hiring, text: str, said: str) -> None:
    with pytest.raises(SheetError) as refused:
        edit(hiring, text=text)

    assert said in str(refused.value)
    assert message_template(hiring.house, "invitation", "en", actor=hiring.staff) == SHIPPED


def test_a_placeholder_is_left_out_on_purpose(hiring: Hiring) -> None:
    edit(hiring, text=TEXT.replace("{{ contact_phone }}", "us"), leave_out=["contact_phone"])

    hiring.invite("Ana", "ana@clinic.org")

    assert outbox(hiring.house, actor=hiring.staff, now=NOW)[0].subject == "Hello from us"


def test_a_usual_placeholder_may_be_added(hiring: Hiring) -> None:
    edit(hiring, text=TEXT + " See {{ status_link }}")
    person = hiring.invite("Ana", "ana@clinic.org")

    (one,) = outbox(hiring.house, actor=hiring.staff, now=NOW)

    assert f"See http://localhost:8501/i/{person.token}" in message(hiring.house, one.id, actor=hiring.staff).text


def test_a_text_message_keeps_its_link_or_is_left_empty(hiring: Hiring) -> None:
    with pytest.raises(SheetError, match=r"of no use without \{\{ link"):
        edit(hiring, sms="{{ org_name }} till {{ deadline }}")

    edit(hiring, sms="")

    assert message_template(hiring.house, "invitation", "en", actor=hiring.staff).sms is None


def test_the_preview_measures_what_is_read(hiring: Hiring) -> None:
    found = preview_template(
        hiring.house, "invitation", "es", subject="Hola", text=TEXT, sms="Está: {{ link }}", actor=hiring.staff
    )

    assert found.message is not None
    assert "Hello Lucía Fernández," in found.message.text
    assert (found.check.sms.encoding, found.check.sms.units, found.check.sms.parts) == ("UCS-2", 41, 1)
    assert (found.check.grade, found.check.sms.costly, found.check.must_stay) == (None, ("á",), ())


def test_a_preview_of_what_cannot_be_filled_says_why(hiring: Hiring) -> None:
    found = preview_template(
        hiring.house, "invitation", "en", subject="x", text="{{ link.x }}", sms="", actor=hiring.staff
    )

    assert found.message is None
    assert found.check.problems[0].startswith("text: only placeholders")
    assert found.check.must_stay == ("deadline", "link")


def test_nothing_new_and_no_reason_are_said(hiring: Hiring) -> None:
    with pytest.raises(SheetError, match="Nothing was changed"):
        edit(hiring, subject=SHIPPED.subject, text=SHIPPED.text, sms=SHIPPED.sms or "")
    with pytest.raises(SheetError, match="say why"):
        edit(hiring, reason=" ")
    with pytest.raises(UnknownIdError):
        preview_template(hiring.house, "nope", "en", subject="", text="", sms="", actor=hiring.staff)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_message_that_ships_passes_its_own_check(hiring: Hiring, language: str) -> None:
    for id_, shipped in messages(language).templates.items():
        words = {"subject": shipped.subject, "text": shipped.text, "sms": shipped.sms or ""}
        found = preview_template(hiring.house, id_, language, **words, actor=hiring.staff)

        assert (found.check.problems, found.check.missing, found.check.must_stay) == ((), (), ())
    assert set(made_up_values(language)) == set(messages("en").placeholders)
    assert explained("invitation", language)["deadline"] == "Date by which the person should act"


def test_only_hr_words_messages_and_each_house_its_own(hiring: Hiring) -> None:
    interviewer = Actor("staff", hiring.staff.organisation_id, "1" * 32, "interviewer")

    with pytest.raises(NotAllowedError):
        edit(hiring, actor=interviewer)
    edit(hiring)
    stranger = Actor("staff", "0" * 32, "1" * 32, "hr_manager")
    assert message_template(hiring.house, "invitation", "en", actor=stranger) == SHIPPED
