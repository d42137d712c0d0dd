"""What bands and answer quality say in plain words. A band opens a talk and closes nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

DRAFT = "Research draft: for development, not for selection."
UNSTEADY = "About 4 in 10 people would get another band if they answered again (simulated)."

FACET_BANDS = {
    "in_range": "In range",
    "close": "Close to range",
    "below": "Below range",
    "above": "Above range",
    "not_measured": "Not measured",
}
CHIPS = {"in_range": "good", "close": "attend", "below": "outside", "above": "outside", "not_measured": "quiet"}
FACT_CHIPS = {"fine": ("good", "Fine"), "talk": ("attend", "Let us talk"), "not_for_me": ("outside", "Not for me")}
PERSON_CHIPS = {"in_or_close": "good", "talk": "attend", "outside": "outside", "not_measured": "quiet"}
PERSON_HEADINGS = {
    "in_or_close": "In range or close on all",
    "talk": "Something to talk about",
    "outside": "Clearly outside on two or more",
    "not_measured": "Not fully measured",
}
STATES = {
    "invited": "Invited",
    "started": "Answering",
    "finished": "Finished",
    "expired": "Expired",
    "withdrawn": "Withdrawn",
}
STAGES = {  # of an application, in order
    "invited": "Invited",
    "answering": "Answering",
    "to_read": "To read",
    "interview": "Interview",
    "decision": "Decision",
    "offer": "Offer",
    "hired": "Hired",
    "not_taken": "Not taken",
    "withdrawn": "Withdrawn",
    "redirected": "Redirected",
}
_ADVICE = {
    "in_or_close": "Read the answers, then invite them to a talk; ask about what is close.",
    "talk": "Invite them to a talk and ask about what is named; a good question clears it up.",
    "outside": "Ask for examples from real work before you think further, and look at the other roles too.",
    "not_measured": "Ask whether they would like to answer the rest, or another way to show how they work.",
}
_FLAGS = {
    "same_answer": "gave one answer many times in a row",
    "little_variation": "gave nearly the same answer throughout",
    "halves": "answered like statements unlike each other",
    "checks": "passed over a line that asked for a certain answer",
}


def band_words(band: str, names: Sequence[str]) -> str:
    """The band of a person, with the facets it names: "Talk about patience, teamwork"."""
    listed = ", ".join(name.lower() for name in names)
    if band == "talk":
        return f"Talk about {listed}"
    if band == "outside":
        return f"Clearly outside on {listed}"
    if band == "not_measured":
        return f"Not fully measured: {listed}" if listed else "Not fully measured"
    return PERSON_HEADINGS[band]


def band_advice(band: str) -> str:
    """One sentence: what to do with it."""
    return _ADVICE[band]


def quality_note(flags: Sequence[str], *, adjustment: str = "", invited: bool = False) -> str:
    """Answer quality in words; two or more signs invite to answer again, and nothing is ever deducted.

    adjustment : `asked for` or `agreed`, where there is one: these signs mean nothing then, and are not looked at
    invited : the person has been invited to answer again
    """
    if adjustment:
        return f"Signs of haste were not looked at, because an adjustment was {adjustment}"
    if not flags:
        return "Answers were read with care"
    *before, last = (_FLAGS[flag] for flag in flags)
    said = f"{', '.join(before)} and {last}" if before else last
    if len(flags) == 1:
        return f"One sign of haste: {said}"
    return f"{'Invited' if invited else 'Invite'} to answer again: {said}"


def names_of(facets: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(facet, facet) for facet in facets)


def day(moment: datetime) -> str:
    """24 November."""
    return f"{moment.day} {moment:%B}"


def plural(n: int, noun: str) -> str:
    """1 minute, 2 minutes."""
    return f"{n:,} {noun}{'s' * (n != 1)}"


def waiting(days: int) -> str:
    return "since today" if days == 0 else f"waiting {days} day{'s' if days != 1 else ''}"


def norm_words(id_: str, version: str, n: int) -> str:
    """A comparison group, and how many people it rests on."""
    return f"{id_} {version}" + (f", n = {n:,}" if n else " (a design assumption, nobody measured yet)")
