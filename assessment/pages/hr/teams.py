"""What a team has already, from five people up and by their own word."""

from assessment.pages.parts.staff_frame import begin, top

desk = begin()
top(desk, "teams", "Teams")
