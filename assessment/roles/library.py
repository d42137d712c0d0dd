"""The role profiles that ship, their words in each language, and a question to explore each facet."""

from functools import cache
from pathlib import Path

from assessment.errors import UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.roles.profile import RoleProfile


class RoleWords(Document):
    title: str
    purpose: str
    duties: tuple[str, ...]


class RolesWording(Document):
    language: Id
    version: Version
    status: Status
    licence: str
    roles: dict[Id, RoleWords]


class ExploreQuestion(Document):
    """An open question about one facet; `do_not_ask` says what must stay out of the talk."""

    question: str
    listen_for: str
    do_not_ask: str


class InterviewWording(Document):
    language: Id
    version: Version
    status: Status
    licence: str
    facets: dict[Id, ExploreQuestion]


def read_profile(path: Path) -> RoleProfile:
    return parse(RoleProfile, read_document(path), where=path)


@cache
def shipped_profiles() -> dict[str, RoleProfile]:
    return {path.stem: read_profile(path) for path in sorted((ROOT / "data/roles").glob("*.yaml"))}


def role_profile(role: str) -> RoleProfile:
    profiles = shipped_profiles()
    if role not in profiles:
        raise UnknownIdError("role profile", role, tuple(profiles))
    return profiles[role]


@cache
def role_words(language: str) -> dict[str, RoleWords]:
    """Title, purpose and duties of every role in a language."""
    path = ROOT / "data/roles/wording" / f"{language}.yaml"
    return parse(RolesWording, read_document(path), where=path).roles


def job_title(title: str, role: str, language: str) -> str:
    """What an opening is called in a language: its own title, or that of the role where nobody gave it another."""
    words = role_words(language)[role]
    return words.title if title in ("", role_words("en")[role].title) else title


@cache
def explore_questions() -> dict[str, ExploreQuestion]:
    """One open question per facet, for staff, in English."""
    path = ROOT / "data/interview/en.yaml"
    return parse(InterviewWording, read_document(path), where=path).facets
