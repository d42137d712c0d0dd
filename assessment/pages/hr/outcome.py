"""A supervisor's rating on anchored scales."""

from assessment.pages.parts.staff_frame import begin, top

desk = begin()
top(desk, "outcome", "Rating at day 90")
