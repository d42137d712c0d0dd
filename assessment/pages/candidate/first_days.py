"""The home of somebody who works here: plan, modules, check-ins, what this work asks."""

from assessment.pages.parts.candidate_frame import begin, bottom, top

here = begin()
top(here, "first-days", here.words.first_days["title"])
bottom(here, leave=False)
