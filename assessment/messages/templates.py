"""Messages to people, filled in by named placeholders; what people typed stays text."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assessment.errors import InstrumentError, UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT

_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)


class Template(Document):
    audience: str
    subject: str
    text: str
    sms: str | None = None
    placeholders: tuple[str, ...]


class Messages(Document):
    language: Id
    version: Version
    status: Status
    licence: str
    rules: dict[str, Any]
    placeholders: dict[str, str]
    templates: dict[Id, Template]


class Message(Document):
    """A message ready to send."""

    language: str
    subject: str
    text: str
    sms: str


@cache
def messages(language: str) -> Messages:
    path = ROOT / "data/messages" / f"{language}.yaml"
    if not path.is_file():
        raise UnknownIdError("language", language, [p.stem for p in Path(path.parent).glob("*.yaml")])
    return parse(Messages, read_document(path), where=path)


def template(id_: str, language: str) -> Template:
    known = messages(language).templates
    if id_ not in known:
        raise UnknownIdError("message", id_, tuple(known))
    return known[id_]


def write(id_: str, language: str, **values: str) -> Message:
    """The message `id_` with every placeholder filled; a missing one is an error, not a gap."""
    return fill(id_, template(id_, language), values, language=language)


def fill(id_: str, template: Template, values: Mapping[str, str], *, language: str) -> Message:
    """A template, ours or the organisation's own, with every placeholder filled."""
    try:
        subject, text, sms = (
            _ENVIRONMENT.from_string(part or "").render(values)
            for part in (template.subject, template.text, template.sms)
        )
    except UndefinedError as error:
        raise InstrumentError(f"message {id_} ({language}): {error}; fill every placeholder") from None
    return Message(language=language, subject=" ".join(subject.split()), text=text.strip(), sms=" ".join(sms.split()))
