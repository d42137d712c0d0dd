"""Whether a template that somebody edits can be filled in, says what it must, and is easy to read."""

import re
from dataclasses import dataclass

from assessment.instruments.reading_grade import MOST_FOR_CANDIDATES, reading_grade
from assessment.messages.sms import SmsLength, sms_length
from assessment.messages.templates import Template

MOST_WORDS = 120
MOST_SMS_PARTS = 3
LONGEST_SUBJECT = 150
USUAL = {  # filled in for every message to these readers
    "candidate": (
        *("candidate_name", "org_name", "role_title", "minutes", "link", "status_link", "result_link"),
        *("contact_name", "contact_phone", "deadline", "next_date", "erase_date"),
    ),
    "manager": ("manager_name", "org_name", "contact_name", "contact_phone"),
}
MUST_STAY = {  # without these a message does not do what it is for
    *("link", "status_link", "result_link", "deadline", "slot", "old_slot", "slots", "place", "start_date"),
    *("reason", "question_text", "answer_text", "other_role_title", "hours", "pay", "next_step"),
    *("seminar_title", "module_title", "person_name"),
}
_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_][a-z0-9_]*)\s*\}\}")
_OTHER_SYNTAX = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


@dataclass(frozen=True)
class TemplateCheck:
    """What is said of a template: `problems` stop it from being used, `missing` may be left out on purpose.

    `must_stay` are among the missing and may not be left out. `grade` is for English only.
    """

    problems: tuple[str, ...]
    missing: tuple[str, ...]
    must_stay: tuple[str, ...]
    words: int
    grade: float | None
    sms: SmsLength


def check_template(edited: Template, shipped: Template, *, language: str, sms_filled: str) -> TemplateCheck:
    """Hold a template against the one that ships. `sms_filled`: its text message with values put in, to be measured."""
    problems = []
    parts = {"subject": edited.subject, "text": edited.text, "text message": edited.sms or ""}
    allowed = {*shipped.placeholders, *USUAL.get(shipped.audience, ())}
    for part, text in parts.items():
        if _OTHER_SYNTAX.search(_PLACEHOLDER.sub("", text)):
            problems.append(f"{part}: only placeholders like {{{{ link }}}} can stand in curly braces")
        unknown = sorted(placeholders_of(text) - allowed)
        problems += [f"{part}: no placeholder {name!r}; there are: {', '.join(sorted(allowed))}" for name in unknown]
    if not edited.subject.strip() or not edited.text.strip():
        problems.append("please leave neither the subject nor the text empty")
    if len(edited.subject) > LONGEST_SUBJECT or "\n" in edited.subject.strip():
        problems.append(f"subject: one line of {LONGEST_SUBJECT} characters at most")
    words = len(_PLACEHOLDER.sub("x", edited.text).split())
    if words > MOST_WORDS:
        problems.append(f"text: {words} words, {MOST_WORDS} at most")
    grade = reading_grade([edited.subject, edited.text]) if language == "en" else None
    if grade is not None and grade > MOST_FOR_CANDIDATES and shipped.audience != "manager":
        problems.append(f"text: reading grade {grade:.1f}, {MOST_FOR_CANDIDATES:g} at most; use shorter words")
    sms = sms_length(sms_filled)
    if sms.parts > MOST_SMS_PARTS:
        problems.append(f"text message: {sms.parts} parts, {MOST_SMS_PARTS} at most")
    missing = sorted(set(shipped.placeholders) - set().union(*map(placeholders_of, parts.values())))
    return TemplateCheck(tuple(problems), tuple(missing), _must_stay(edited, shipped), words, grade, sms)


def placeholders_of(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def used_in(edited: Template) -> tuple[str, ...]:
    """Every placeholder of a template, by name."""
    parts = (edited.subject, edited.text, edited.sms or "")
    return tuple(sorted(set().union(*map(placeholders_of, parts))))


def _must_stay(edited: Template, shipped: Template) -> tuple[str, ...]:
    """What the text or, where there is one, the text message lacks and may not lack."""
    gone = _needed(shipped.text) - placeholders_of(edited.text) - placeholders_of(edited.subject)
    if edited.sms and shipped.sms:
        gone |= (_needed(shipped.sms) & {"link", "status_link", "result_link"}) - placeholders_of(edited.sms)
    return tuple(sorted(gone))


def _needed(text: str) -> set[str]:
    return placeholders_of(text) & MUST_STAY
