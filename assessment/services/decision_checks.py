"""What a decision needs before it is one: the right stage, a report that was read, reasons that somebody typed."""

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError
from assessment.messages.plain_reason import out_of_place
from assessment.services.actor import Actor
from assessment.services.decision_order import UNDECIDED
from assessment.services.house import House
from assessment.services.offers import offer_in
from assessment.services.proposals import proposal_in
from assessment.storage import decisions as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

SHORTEST, LONGEST = 20, 4_000
_COMPARED = 200  # newest decisions whose reasons are looked at for copies


def refuse_elsewhere(connection: Connection, application_id: str, stage: str) -> None:
    if stage not in UNDECIDED:
        raise NotAllowedError(
            f"Decisions are made while somebody is to be read, in the interview or at the decision. "
            f"This application is {stage.replace('_', ' ')}."
        )
    standing = stored.standing(connection, application_id)
    proposed = proposal_in(connection, standing) if standing is not None else None
    if proposed is not None and proposed.answered_at is None:
        raise NotAllowedError(
            "Another job was proposed and the person has not answered. Wait for the answer, or take the proposal back."
        )


def refuse_unread(connection: Connection, application_id: str, sheet: Record | None, *, actor: Actor) -> None:
    """The report has to have been opened by the very person who decides, since it is there."""
    if sheet is None:
        return
    opened = stored.last_opened(
        connection, application_id, actor.account_id or "", organisation_id=actor.organisation_id
    )
    if opened is None or moment(opened) < moment(sheet.finished_at):
        raise NotAllowedError("Please open and read the report of this person first; whoever decides has read it.")


def refuse_settled(connection: Connection, house: House, found: Record, stage: str) -> None:
    if stage == "hired":
        raise NotAllowedError("This person is hired. What comes after that is no decision on an application.")
    if found.outcome == "offer":
        offer = offer_in(connection, house, found)
        if offer is not None and offer.answer == "declined":
            raise NotAllowedError("The person has declined this offer, so there is nothing to take back.")
    proposed = proposal_in(connection, found)
    if proposed is not None and proposed.consent is not None:
        raise NotAllowedError("The person has answered this proposal, so it cannot be taken back.")


def typed(text: str, what: str) -> str:
    words = text.strip()
    if len(words) < SHORTEST:
        raise SheetError(f"Please write {what}, in at least {SHORTEST} characters.")
    if len(words) > LONGEST:
        raise SheetError(f"Please keep it to {LONGEST:,} characters.")
    return words


def for_the_person(reason: str) -> str:
    words = typed(reason, "the main reason in plain words for the person")
    if found := out_of_place(words):
        raise SheetError(
            f"The reason for the person holds {', '.join(f'“{word}”' for word in found)}. Please say it in plain words, "
            "without numbers, scores or bands."
        )
    return words


def copied_reasons(
    connection: Connection, house: House, application_id: str, because: str, *, actor: Actor
) -> tuple[str, ...]:
    """A warning where the same text was used for others; it stops nothing."""
    own = _folded(because)
    recent = stored.newest_reasons(connection, actor.organisation_id, limit=_COMPARED)
    same = {
        row.application_id
        for row in recent
        if row.application_id != application_id and _folded(house.vault.open(row.because_sealed)) == own
    }
    if not same:
        return ()
    people = f"{len(same)} other decision{'s' * (len(same) != 1)}"
    return (f"The same reasons stand on {people}. Reasons are about one person: please look once more.",)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
