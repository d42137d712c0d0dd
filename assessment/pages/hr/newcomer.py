"""One newcomer: plan, modules, check-ins, and what came of it."""

from assessment.pages.parts.staff_frame import begin, top

desk = begin()
top(desk, "newcomer", "Newcomer")
