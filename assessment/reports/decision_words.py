"""What a decision leans on, in sentences: weights, how exact each side is, and what was decided."""

from assessment.roles.decision_weights import (
    FOR_A_DECISION,
    PUBLISHED_PANEL,
    PUBLISHED_SOURCE,
    DecisionWeights,
    TalkReliability,
)

OUTCOMES = {"offer": "Offer", "not_taken": "Not taken", "redirected": "Another job proposed"}
ANSWERS = {"accepted": "accepted", "declined": "declined"}
MESSAGES = {
    "draft": ("attend", "Draft, not sent"),
    "queued": ("quiet", "On its way"),
    "sending": ("quiet", "On its way"),
    "sent": ("good", "Sent"),
    "failed": ("outside", "Could not be sent"),
    "dropped": ("quiet", "Not sent, dropped"),
}
_GROUNDS = {
    "no_answers": "There are no answers handed in, so only the talk can be weighed.",
    "not_in_use": "Profile or questionnaire is a draft or reviewed, not in use. Until then it helps to plan the talk and "
    "counts nothing in the decision.",
    "provisional": "Its norms are provisional and rest on nobody yet. Until there are local ones it helps to plan the talk "
    "and counts nothing in the decision.",
    "validity": "A structured interview says more about later work (.42) than temperament does (.15 to .25), so it weighs "
    "more.",
}


def weights_words(weights: DecisionWeights) -> str:
    """Why the weights are what they are, in a sentence or two."""
    return _GROUNDS[weights.ground]


def percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def decimals(value: float) -> str:
    """A coefficient as it is printed everywhere: .74"""
    return f"{value:.2f}".replace("0.", ".", 1)


def composite_words(reliability: float | None) -> str:
    """How exact the questionnaire is, and whether that is enough to lean on."""
    if reliability is None:
        return "How exact it is cannot be said: nothing was measured."
    enough = (
        "enough for a decision to lean on"
        if reliability >= FOR_A_DECISION
        else f"below the {decimals(FOR_A_DECISION)} that a decision should lean on"
    )
    return (
        f"Reliability of core and signature together about {decimals(reliability)}, {enough}. It comes from the "
        "reliability of each facet, taken as unrelated, which is the careful way."
    )


def talk_words(talks: TalkReliability, *, raters: int) -> str:
    """How far two raters of a talk agree here; with too few talks the published value, named as such."""
    if talks.both is None or talks.one is None:
        had = f"{talks.n} talk{'s' * (talks.n != 1)} here {'have' if talks.n != 1 else 'has'} two ratings"
        text = (
            f"{had}: too few to say how far raters agree in this house. Published mean for two or more raters of one talk: "
            f"{decimals(PUBLISHED_PANEL)} ({PUBLISHED_SOURCE}), from other houses."
        )
    else:
        text = (
            f"Over {talks.n} talks here, the mean of two raters has a reliability of {decimals(talks.both)}; that of one "
            f"rater alone {decimals(talks.one)} (ICC, one-way)."
        )
    return f"{text} This talk has one rating only, so it is less exact than that." if raters == 1 else text
