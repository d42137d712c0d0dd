"""Five plain questions to whoever leads a newcomer."""

from assessment.pages.parts.staff_frame import begin, top

desk = begin()
top(desk, "check-in", "Check-in")
