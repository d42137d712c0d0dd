"""Shown to staff at the address of a page that their role does not have."""

from assessment.pages.parts.dress import html
from assessment.pages.parts.staff_frame import begin, top

desk = begin()
top(desk, "for-others", "This page is for others")
html(
    '<div class="empty"><p class="lead">Your account does not open this page.</p>'
    "<p>If you need it for your work, ask the administrator of your house. What is yours stands in the menu.</p></div>"
    '<p><a class="button" href="/" target="_self">To my first page</a></p>'
)
