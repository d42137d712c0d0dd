"""A change counts only beyond the error of both times: by hand, and on people who have not changed."""

import numpy as np

from assessment.scoring.reliable_change import changed, error_of_difference, margin_of_noise, reliable_change


def test_the_index_is_the_difference_over_its_error_by_hand() -> None:
    # SEM of r = .64 is 10 √.36 = 6; error of the difference √(36 + 36) = 8.485; 20 / 8.485 = 2.357, 10 / 8.485 = 1.179
    t1, t2, sem = np.array([40.0, 55.0]), np.array([60.0, 45.0]), np.array([6.0, 6.0])

    found = reliable_change(t1, t2, sem1=sem, sem2=sem)

    assert found.round(3).tolist() == [2.357, -1.179]
    assert changed(found).tolist() == [True, False]
    assert margin_of_noise(sem, sem).round(2).tolist() == [16.63, 16.63]


def test_two_times_with_different_errors_are_both_counted() -> None:
    assert error_of_difference(np.array(3.0), np.array(4.0)) == 5.0
    assert reliable_change(np.array(50.0), np.array(60.0), sem1=np.array(3.0), sem2=np.array(4.0)) == 2.0


def test_a_difference_of_just_the_margin_is_noise_still() -> None:
    rci = np.array([1.96, np.nextafter(1.96, 2), -1.96, -1.97])

    assert changed(rci).tolist() == [False, True, False, True]


def test_without_a_standing_or_an_error_there_is_no_change() -> None:
    t1, t2 = np.array([np.nan, 40.0, 40.0]), np.array([60.0, np.nan, 60.0])

    rci = reliable_change(t1, t2, sem1=np.array([6.0, 6.0, 0.0]), sem2=np.array([6.0, 6.0, 0.0]))

    assert np.isnan(rci).tolist() == [True, True, True]
    assert not changed(rci).any()


def test_people_without_change_are_called_changed_in_five_of_a_hundred() -> None:
    rng, people = np.random.default_rng(20261124), 40_000
    sem = np.array([5.1, 5.8, 6.0])  # T with these errors, each time anew, around a standing that stays
    true = rng.normal(50, 8, (people, 3))
    first, second = (true + rng.normal(0, 1, true.shape) * sem for _ in range(2))

    share = changed(reliable_change(first, second, sem1=sem, sem2=sem)).mean(axis=0)

    sampling_error = np.sqrt(0.05 * 0.95 / people)
    assert (abs(share - 0.05) < 3 * sampling_error).all()


def test_people_who_changed_by_three_errors_are_mostly_found() -> None:
    rng, people, sem = np.random.default_rng(7), 20_000, 6.0
    true = rng.normal(50, 8, people)
    first, second = true + rng.normal(0, sem, people), true + 3 * sem * np.sqrt(2) + rng.normal(0, sem, people)

    share = changed(reliable_change(first, second, sem1=np.array(sem), sem2=np.array(sem))).mean()

    assert abs(share - 0.851) < 0.01  # Φ(3 − 1.96)
