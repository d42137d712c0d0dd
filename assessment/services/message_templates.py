"""Templates of messages as the organisation words them: its own version of each, or the one that ships."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import AssessmentError, SheetError, UnknownIdError
from assessment.messages.made_up_values import made_up_values
from assessment.messages.template_check import TemplateCheck, check_template, used_in
from assessment.messages.templates import Message, Template, fill, messages, template
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.profiles import author_name
from assessment.services.telling import BACK_TO_SHIPPED, own_template
from assessment.services.versions import checked_reason, next_version
from assessment.storage import audit, documents

LONGEST = 4_000


@dataclass(frozen=True)
class Kind:
    """One message in one language; `own` when the organisation has put its words in place of ours."""

    id: str
    language: str
    audience: str
    own: bool
    version: str


@dataclass(frozen=True)
class TemplateVersion:
    """Who worded it so, when and why; without a template they went back to the one that ships."""

    version: str
    author: str
    reason: str
    created_at: datetime
    template: Template | None


@dataclass(frozen=True)
class Preview:
    """How a template reads with made-up values, and what is to be said of it; no message where it cannot be filled."""

    message: Message | None
    check: TemplateCheck


def message_templates(house: House, language: str, *, actor: Actor) -> tuple[Kind, ...]:
    """Every kind of message in a language, in the order of the file that ships."""
    require(actor)
    shipped = messages(language)
    kinds = []
    with house.database.read() as connection:
        for id_, found in shipped.templates.items():
            kept = documents.versions(connection, actor.organisation_id, kind="message", name=f"{id_}.{language}")
            own = bool(kept) and kept[-1].body != BACK_TO_SHIPPED
            kinds.append(Kind(id_, language, found.audience, own, kept[-1].version if own else shipped.version))
    return tuple(kinds)


def message_template(house: House, template_id: str, language: str, *, actor: Actor) -> Template:
    """The words in use."""
    require(actor)
    template(template_id, language)
    with house.database.read() as connection:
        return own_template(connection, actor.organisation_id, template_id, language)


def preview_template(
    house: House, template_id: str, language: str, *, subject: str, text: str, sms: str, actor: Actor
) -> Preview:
    """How these words would read, and what stands in their way; nothing is kept."""
    require(actor)
    return _preview(template_id, language, _edited(template_id, language, subject, text, sms))


def edit_template(
    house: House,
    template_id: str,
    language: str,
    *,
    subject: str,
    text: str,
    sms: str,
    reason: str,
    leave_out: Sequence[str] = (),
    actor: Actor,
    now: datetime,
) -> Template:
    """Keep a new version of a message; it counts for whatever is written from now on.

    `leave_out`: placeholders that our wording has and this one lacks on purpose.

    Raises
    ------
    SheetError : it cannot be filled in, lacks what it is for, is too long or too hard to read, or nothing changed
    """
    require(actor)
    reason = checked_reason(reason)
    edited = _edited(template_id, language, subject, text, sms)
    check = _preview(template_id, language, edited).check
    if check.problems:
        raise SheetError(f"Please put this right first: {'; '.join(check.problems)}.")
    if check.must_stay:
        raise SheetError(f"This message is of no use without {_named(check.must_stay)}. Please put it back.")
    if forgotten := [name for name in check.missing if name not in leave_out]:
        raise SheetError(f"{_named(forgotten)} is missing. Put it back, or say that it is left out on purpose.")
    with house.database.write() as connection:
        if own_template(connection, actor.organisation_id, template_id, language) == edited:
            raise SheetError("Nothing was changed, so there is no new version.")
        _keep(connection, template_id, language, edited.model_dump(mode="json"), reason=reason, actor=actor, now=now)
    return edited


def back_to_shipped(
    house: House, template_id: str, language: str, *, reason: str, actor: Actor, now: datetime
) -> Template:
    """Use the words that ship again; the organisation's own stay in the history."""
    require(actor)
    reason = checked_reason(reason)
    shipped = template(template_id, language)
    with house.database.write() as connection:
        kept = documents.versions(connection, actor.organisation_id, kind="message", name=f"{template_id}.{language}")
        if not kept or kept[-1].body == BACK_TO_SHIPPED:
            raise SheetError("The words that ship are in use already.")
        _keep(connection, template_id, language, BACK_TO_SHIPPED, reason=reason, actor=actor, now=now)
    return shipped


def template_versions(house: House, template_id: str, language: str, *, actor: Actor) -> tuple[TemplateVersion, ...]:
    """Every version the organisation made of a message, oldest first."""
    require(actor)
    template(template_id, language)
    name = f"{template_id}.{language}"
    with house.database.read() as connection:
        return tuple(
            TemplateVersion(
                kept.version,
                author_name(connection, house, kept.author),
                kept.reason,
                kept.created_at,
                None if kept.body == BACK_TO_SHIPPED else Template.model_validate(kept.body),
            )
            for kept in documents.versions(connection, actor.organisation_id, kind="message", name=name)
        )


def explained(template_id: str, language: str) -> dict[str, str]:
    """What each placeholder of a message stands for, in English."""
    words = messages("en").placeholders
    return {name: words.get(name, "") for name in template(template_id, language).placeholders}


def _edited(template_id: str, language: str, subject: str, text: str, sms: str) -> Template:
    shipped = template(template_id, language)
    if max(map(len, (subject, text, sms))) > LONGEST:
        raise SheetError(f"Please keep each part to {LONGEST:,} characters.")
    lines = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    draft = Template(
        audience=shipped.audience,
        subject=subject.strip(),
        text=f"{lines}\n",
        sms=" ".join(sms.split()) or None,
        placeholders=(),
    )
    return draft.model_copy(update={"placeholders": used_in(draft)})


def _preview(template_id: str, language: str, edited: Template) -> Preview:
    shipped = template(template_id, language)
    first = check_template(edited, shipped, language=language, sms_filled="")
    if first.problems and any("curly" in p or "no placeholder" in p for p in first.problems):
        return Preview(None, first)
    try:
        message = fill(template_id, edited, made_up_values(language), language=language)
    except AssessmentError:
        raise UnknownIdError("made-up value for a placeholder of", template_id) from None
    return Preview(message, check_template(edited, shipped, language=language, sms_filled=message.sms))


def _keep(
    connection: Connection,
    template_id: str,
    language: str,
    body: object,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    name = f"{template_id}.{language}"
    known = documents.versions(connection, actor.organisation_id, kind="message", name=name)
    version = next_version([messages(language).version, *(kept.version for kept in known)])
    id_ = documents.keep(
        connection,
        actor.organisation_id,
        kind="message",
        name=name,
        version=version,
        body=body,
        author=actor.label,
        reason=reason,
        now=now,
    )
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind="message_template_changed",
        subject=id_,
        now=now,
        body={"template": template_id, "language": language, "version": version},
    )


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"{{{{ {name} }}}}" for name in names)
