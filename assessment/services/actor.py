"""Who asks for something to be done; every verb checks it."""

from dataclasses import dataclass
from typing import Literal

from assessment.errors import NotAllowedError

STAFF = ("administrator", "hr_manager")  # see every application of their organisation
ROLES = (*STAFF, "interviewer", "supervisor")  # the last two see only people they were assigned to


@dataclass(frozen=True)
class Actor:
    """Staff with a role, a candidate in one sitting, or the system itself; another system came with a token."""

    kind: Literal["staff", "candidate", "system"]
    organisation_id: str
    account_id: str | None = None
    role: str | None = None
    sitting_id: str | None = None
    name: str = ""
    kiosk: bool = False
    masked: bool = False  # asked to see no names in this session
    token_id: str | None = None  # of another system
    may_order: bool = False

    @property
    def label(self) -> str:
        """How the event log names them: by id, never by name."""
        if self.token_id:
            return f"token:{self.token_id}"
        return self.account_id or (f"candidate:{self.sitting_id}" if self.sitting_id else "system")


def require(actor: Actor, *roles: str) -> None:
    """Refuse everybody but staff in these roles and the system's own commands."""
    allowed = roles or STAFF
    if actor.kind == "system" or (actor.kind == "staff" and actor.role in allowed):
        return
    who = " or ".join(role.replace("_", " ").replace("hr", "HR") for role in allowed)
    raise NotAllowedError(f"only {'a' if who[0] == 's' else 'an'} {who} may do this")


def sitting_of(actor: Actor) -> str:
    """The one sitting a candidate may touch."""
    if actor.kind != "candidate" or actor.sitting_id is None:
        raise NotAllowedError("only the candidate of this sitting may do this")
    return actor.sitting_id
