"""What numbers may be used for where they leave the app: said beside them, in the words of their status."""

from collections.abc import Collection
from typing import Literal

from assessment.reports.words import DRAFT

Use = Literal["development", "one_of_several_grounds"]
_DECIDES = "A person decides, with reasons; no number here takes or refuses anybody."


def use_of(statuses: Collection[str], norms_kind: str) -> Use:
    """Only what is in use throughout, beside norms that rest on people, is a ground among others."""
    return "one_of_several_grounds" if set(statuses) == {"in_use"} and norms_kind != "provisional" else "development"


def use_note(use: Use) -> str:
    if use == "development":
        return f"{DRAFT} Its weight in a decision is 0: use it to plan the talk. {_DECIDES}"
    return f"In use: one of several grounds. {_DECIDES}"
