"""What can go wrong in a way the user can be told about and put right.

    AssessmentError        anything the user can be told about and put right
    ├─ InstrumentError     a questionnaire, norm, role or message file is wrong
    ├─ UnknownIdError      an id names nothing; the message lists what there is
    ├─ SheetError          a sheet does not answer its instrument
    │  ├─ AnswerError      … because one answer cannot be taken
    │  └─ IncompleteError  … because answers are missing
    ├─ NotAllowedError     this person may not do this now
    │  ├─ SignInError      … because nobody is signed in, or e-mail or password is wrong
    │  ├─ ClosedError      … because the sitting or link is closed, expired or revoked
    │  ├─ NewerVersionError … because somebody else saved in the meantime
    │  └─ TooOftenError    … because it was tried too often; says when again
    └─ TooFewError         not enough people for an honest number

A message says what was found, what was expected and what to do. Anything that is
not an AssessmentError is a bug.
"""

from collections.abc import Sequence


class AssessmentError(Exception):
    """Anything the user can be told about and put right."""


class InstrumentError(AssessmentError):
    """A questionnaire, norm, role or message file is wrong."""


class UnknownIdError(AssessmentError):
    """An id names nothing; the message lists what there is."""

    def __init__(self, what: str, found: str, there_is: Sequence[str] = ()) -> None:
        listed = f"; there are: {', '.join(sorted(there_is))}" if there_is else ""
        super().__init__(f"no {what} {found[:80]!r}{listed}")


class SheetError(AssessmentError):
    """A sheet does not answer its instrument."""


class AnswerError(SheetError):
    """One answer cannot be taken; `item` names its field as it was given."""

    def __init__(self, item: str, expected: str) -> None:
        self.item = item
        super().__init__(f"answer to {item[:80]!r}: {expected}")


class IncompleteError(SheetError):
    """Answers are missing; `missing` names the items in the order asked."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            f"{len(missing)} answers are missing: {', '.join(missing[:5])}{' …' if len(missing) > 5 else ''}"
        )


class NotAllowedError(AssessmentError):
    """This person may not do this now; the message says who may, or when."""


class SignInError(NotAllowedError):
    """Nobody is signed in, or e-mail or password is wrong."""


class ClosedError(NotAllowedError):
    """The sitting or its link is closed, expired or revoked."""


class NewerVersionError(NotAllowedError):
    """Somebody else saved in the meantime; `newest` is the number of their version."""

    def __init__(self, message: str, newest: int) -> None:
        self.newest = newest
        super().__init__(message)


class TooOftenError(NotAllowedError):
    """Tried too often; `retry_after` is the number of seconds to wait."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"Too many tries. Please wait {retry_after} seconds and try again.")


class TooFewError(AssessmentError):
    """Not enough people for an honest number."""

    def __init__(self, *, has: int, needs: int, of: str = "people") -> None:
        self.has, self.needs = has, needs
        super().__init__(f"there are {has} {of} and an honest number needs {needs}")
