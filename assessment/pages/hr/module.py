"""One module as the newcomer reads it, and an own version of it."""

from assessment.pages.parts.staff_frame import begin, top

desk = begin()
top(desk, "module", "Module")
