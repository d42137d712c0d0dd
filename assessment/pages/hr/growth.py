"""People who work here answer for their own growth; groups from five people up."""

from assessment.pages.parts.staff_frame import begin, top

desk = begin()
top(desk, "growth", "Growth")
