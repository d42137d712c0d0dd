"""What the figures of a questionnaire say in plain words."""

from collections.abc import Iterator, Sequence

from assessment.scoring.reliability import COMPOSITE, FEEDBACK, FacetReliability

TOO_FEW = "Too few answers to say"
LOOSE = 0.20  # correlation with the rest of the facet
ONE_ANSWER = 0.80  # share of one answer
MISSING = 0.10  # share of those asked
SLOW = 2.0  # times the middle of all statements


def item_notes(
    shares: Sequence[float] | None,
    *,
    missing: float | None,
    r_drop: float | None,
    seconds: float | None,
    typical: float | None,
    answers: Sequence[str],
) -> tuple[str, ...]:
    """What needs a look about one statement; `answers` are the words of the scale, the lowest first.

    >>> item_notes([0, 0.05, 0.1, 0.85, 0], missing=0.0, r_drop=-0.1, seconds=None, typical=None, answers="abcde")
    ('Runs against its facet: look at the key', '85 % answer “d”', 'Nobody answers “a” or “e”')
    """
    return tuple(_notes(shares, missing, r_drop, seconds, typical, answers))


def gate_words(found: FacetReliability | None) -> tuple[str, str]:
    """The sign of a chip, and what a facet is consistent enough for: feedback, a composite that a decision leans on.

    A gate is passed when α reaches it; where the interval of α reaches below, "just about" says so.
    """
    if found is None or found.alpha is None:
        return "quiet", TOO_FEW
    low = found.alpha_ci95[0] if found.alpha_ci95 else found.alpha
    if found.alpha >= COMPOSITE:
        return "good", "Feedback and a decision" + ("" if low >= COMPOSITE else ", just about")
    if found.alpha >= FEEDBACK:
        return "good", f"Feedback{'' if low >= FEEDBACK else ', just about'}; not a decision"
    return "attend", "Neither feedback nor a decision"


def coefficient(value: float | None, *, gates: Sequence[float] = ()) -> str | None:
    """A correlation or reliability to two decimals, and to more where rounding would lift it over a gate.

    >>> coefficient(0.698), coefficient(0.698, gates=[0.70]), coefficient(-0.1)
    ('.70', '.698', '−.10')
    """
    if value is None:
        return None
    digits = next((d for d in range(2, 17) if not any(value < gate <= round(value, d) for gate in gates)), 17)
    return f"{value:.{digits}f}".replace("0.", ".", 1).replace("-", "−")


def alpha_words(value: float | None) -> str | None:
    """An α that never reads as a gate which it does not reach."""
    return coefficient(value, gates=(FEEDBACK, COMPOSITE))


def _notes(
    shares: Sequence[float] | None,
    missing: float | None,
    r_drop: float | None,
    seconds: float | None,
    typical: float | None,
    answers: Sequence[str],
) -> Iterator[str]:
    if r_drop is not None and r_drop < 0:
        yield "Runs against its facet: look at the key"
    elif r_drop is not None and r_drop < LOOSE:
        yield "Hangs loosely with its facet"
    if shares is not None:
        most = max(range(len(shares)), key=lambda at: shares[at])
        if shares[most] > ONE_ANSWER:
            yield f"{100 * shares[most]:.0f} % answer “{answers[most]}”"
        if unused := [f"“{answers[at]}”" for at, share in enumerate(shares) if share == 0]:
            yield f"Nobody answers {' or '.join(unused)}"
    if missing is not None and missing > MISSING:
        yield f"{100 * missing:.0f} % leave it out"
    if seconds is not None and typical is not None and seconds > SLOW * typical:
        yield f"Takes {seconds:.0f} s where others take {typical:.0f}: is it hard to read?"
