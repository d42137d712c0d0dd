"""What a team has and what somebody would add, in words."""

from assessment.roles.complement import Complement


def team_line(name: str, counts: int, fewest: int) -> str:
    """Why nothing is shown of a team.

    >>> team_line("Night shift", 3, 5)
    'Of Night shift 3 people have said that they may count. A summary is shown from 5 people up, so that nobody is shown alone.'
    >>> team_line("Night shift", 6, 5)
    'Somebody of Night shift has taken their word back, or joined lately. A summary is shown again once 5 others count, so that nobody can be told from the difference.'
    """
    if counts >= fewest:
        return (
            f"Somebody of {name} has taken their word back, or joined lately. A summary is shown again once {fewest} "
            "others count, so that nobody can be told from the difference."
        )
    have = "1 person has" if counts == 1 else f"{counts} people have" if counts else "nobody has"
    return (
        f"Of {name} {have} said that they may count. A summary is shown from {fewest} people up, so that nobody is "
        "shown alone."
    )


def added_line(one: Complement) -> str:
    """One person beside a team on one facet.

    >>> added_line(Complement("liv", 5, 44.2, 6.0, 62.0, 10.7, "more"))
    'T 62, 18 more than the team'
    >>> added_line(Complement("liv", 5, 44.2, 6.0, 46.0, 10.7, "alike"))
    'T 46, within the error of 11'
    """
    if one.adds == "alike":
        return f"T {one.t:.0f}, within the error of {one.margin:.0f}"
    return f"T {one.t:.0f}, {abs(one.t - one.mean):.0f} {one.adds} than the team"
