"""What staff write about an application: comments for each other, answers to a candidate's questions."""

from collections.abc import Sequence
from datetime import datetime

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.answering import answer_inquiry
from assessment.services.house import House
from assessment.services.mentions import mention_in
from assessment.storage import applications, audit, said


def add_comment(
    house: House, application_id: str, text: str, *, mention: Sequence[str] = (), actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Write a comment for colleagues. Returns whom it names, by account: those chosen in `mention` and every @Name.

    Raises
    ------
    SheetError : there is nothing in it, it is too long, or an @Name could be two colleagues
    """
    require(actor)
    with house.database.write() as connection:
        row = applications.one(connection, application_id, organisation_id=actor.organisation_id)
        if row is None:
            raise UnknownIdError("application", application_id)
        if actor.account_id is None:
            raise NotAllowedError("a comment is written by a person")
        words = _checked(text)
        comment_id = said.add_comment(
            connection,
            application_id=application_id,
            account_id=actor.account_id,
            text_sealed=house.vault.seal(words),
            now=now,
        )
        audit.append(
            connection, actor.organisation_id, actor=actor.label, kind="commented", subject=application_id, now=now
        )
        return mention_in(connection, house, comment_id, row, words, mention, actor=actor, now=now)


def answer_question(
    house: House, application_id: str, question_id: str, text: str, *, actor: Actor, now: datetime
) -> None:
    """Answer a candidate's question; the candidate gets a message and sees it on the result page."""
    require(actor)
    with house.database.read() as connection:
        if applications.one(connection, application_id, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("application", application_id)
        if question_id not in [q.id for q in said.questions_of(connection, application_id)]:
            raise UnknownIdError("question", question_id)
    answer_inquiry(house, "question", question_id, text, actor=actor, now=now)


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise SheetError("Please write something first.")
    if len(text) > 4000:
        raise SheetError("Please keep it to 4,000 characters.")
    return text
