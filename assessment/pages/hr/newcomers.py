"""Everybody in their first 90 days: who needs a word, and how far each has come."""

from assessment.pages.parts.staff_frame import begin, top

desk = begin()
top(desk, "newcomers", "First 90 days")
