"""What somebody would add to a team, beyond the error of both."""

import math

import pytest

from assessment.roles.complement import complement


def test_the_margin_is_the_error_of_one_standing_and_of_a_mean_of_n() -> None:
    one = complement("liv", n=4, mean=50, sd=8, t=50, sem=6)

    assert one.margin == pytest.approx(1.96 * math.sqrt(36 + 36 / 4))


@pytest.mark.parametrize(("t", "adds"), [(36.8, "less"), (36.9, "alike"), (63.1, "alike"), (63.2, "more")])
def test_the_words_change_at_the_margin(t: float, adds: str) -> None:
    one = complement("liv", n=4, mean=50, sd=8, t=t, sem=6)  # margin 13.15

    assert one.adds == adds
