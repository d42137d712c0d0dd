"""What is checked between an offer and the first day, per role."""

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from assessment.errors import UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.instruments.wording_proof import same_ids

Words = Annotated[str, Field(min_length=1, max_length=200)]
BY_REGISTER = ("registered_nurse", "physician")  # work that nobody may do without being in a public register


class HireCheck(Document):
    """`due_days`: days after the offer; `needs` register: a number there and until when it is valid."""

    title: Words
    line: str = Field(default="", max_length=400)
    due_days: int = Field(ge=0, le=365)
    needs: Literal["register"] | None = None


class DefaultChecks(Document):
    version: Version
    status: Status
    licence: str
    never_before_offer: str
    checks: dict[Id, HireCheck]
    roles: dict[Id, tuple[Id, ...]]


class Checklist(Document):
    """The checks of one role in order, by kind."""

    checks: dict[Id, HireCheck] = Field(max_length=30)


@cache
def default_checks() -> DefaultChecks:
    path = ROOT / "data/checks/default.yaml"
    return parse(DefaultChecks, read_document(path), where=path)


def default_checklist(role: str) -> Checklist:
    found = default_checks()
    if role not in found.roles:
        raise UnknownIdError("role", role, tuple(found.roles))
    return Checklist(checks={kind: found.checks[kind] for kind in found.roles[role]})


def prove_checks(found: DefaultChecks, roles: Iterable[str]) -> list[str]:
    """Every role has a list of known checks, and a licence where the work needs one."""
    problems = same_ids("role", found.roles, list(roles))
    for role, kinds in found.roles.items():
        problems += [f"{role}: no check {kind!r}" for kind in kinds if kind not in found.checks]
        if len(set(kinds)) != len(kinds):
            problems.append(f"{role}: a check stands there twice")
        if role in BY_REGISTER and not any(kind in found.checks and found.checks[kind].needs for kind in kinds):
            problems.append(f"{role}: needs a check in a public register")
    used = {kind for kinds in found.roles.values() for kind in kinds}
    problems += [f"check {kind}: no role has it" for kind in found.checks if kind not in used]
    return problems
