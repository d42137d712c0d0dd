"""What staff write about an application: comments for each other, answers to a candidate's questions."""

from datetime import datetime

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.storage import applications, audit, said
from assessment.storage.clock import stamp


def add_comment(house: House, application_id: str, text: str, *, actor: Actor, now: datetime) -> None:
    require(actor)
    with house.database.write() as connection:
        if applications.one(connection, application_id, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("application", application_id)
        if actor.account_id is None:
            raise NotAllowedError("a comment is written by a person")
        said.add_comment(
            connection,
            application_id=application_id,
            account_id=actor.account_id,
            text_sealed=house.vault.seal(_checked(text)),
            now=now,
        )
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="commented", subject=application_id, now=now
        )


def answer_question(
    house: House, application_id: str, question_id: str, text: str, *, actor: Actor, now: datetime
) -> None:
    """Answer a candidate's question; the candidate sees it on the result page."""
    require(actor)
    with house.database.write() as connection:
        if applications.one(connection, application_id, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("application", application_id)
        if question_id not in [q.id for q in said.questions_of(connection, application_id)]:
            raise UnknownIdError("question", question_id)
        said.answer_question(
            connection,
            question_id,
            answer_sealed=house.vault.seal(_checked(text)),
            answered_by=actor.account_id,
            answered_at=stamp(now),
        )
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="question_answered", subject=question_id, now=now
        )


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise SheetError("Please write something first.")
    if len(text) > 4000:
        raise SheetError("Please keep it to 4,000 characters.")
    return text
