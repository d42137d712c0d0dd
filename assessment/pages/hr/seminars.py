"""Dates, seats, who comes, who was there."""

from assessment.pages.parts.staff_frame import begin, top

desk = begin()
top(desk, "seminars", "Seminars")
