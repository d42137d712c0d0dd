"""What came of the hires: ratings, stay, compliments and complaints."""

from assessment.pages.parts.staff_frame import begin, top

desk = begin()
top(desk, "outcomes", "Outcomes")
