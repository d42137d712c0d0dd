"""Outcomes in words: how somebody's stay counts, and how little a few hires can say."""

FEWEST, SOME, MANY = 8, 30, 194  # the last: hires that a link of .20 needs to be told from none
STAY_WORDS = {
    "yes": "yes",
    "no": "no",
    "too_early": "too early to say",
    "term_ended": "term ended",
    "moved": "moved in the house",
    "unknown": "no first day known",
}
APART = {  # neither stayed nor left early
    "too_early": "too early to say",
    "term_ended": "term ended as agreed",
    "moved": "moved to another job here",
    "unknown": "without a first day",
}
STAY_NAMES = {90: "At 90 days", 365: "At 12 months"}


def how_much_it_says(hires: int, rated: int) -> str:
    """What so many hires can and cannot show."""
    people = f"{hires:,} hire{'s' * (hires != 1)}, {rated:,} of them rated"
    if rated < FEWEST:
        return (
            f"{people}: too few to say anything about how well we hire. From {FEWEST} rated hires a first look is fair."
        )
    if rated < SOME:
        return f"{people}: too few to say more than a rough direction. Keep the general weights."
    if rated < MANY:
        return f"{people}: enough to see a strong link, not a weak one. A link of .20 needs {MANY} hires to be told from none."
    return f"{people}: enough to see a link of .20 and above."


def stay_note(counts: dict[str, int]) -> str:
    """Who is counted on neither side, with how many: 2 too early to say, 1 term ended as agreed."""
    parts = [f"{counts[kind]} {words}" for kind, words in APART.items() if counts.get(kind)]
    return ", ".join(parts)
