"""The modules there are, seminars, and a way to write one's own."""

from assessment.pages.parts.staff_frame import begin, top

desk = begin()
top(desk, "training", "Training")
