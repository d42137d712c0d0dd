"""Five plain questions on how it goes."""

from assessment.pages.parts.candidate_frame import begin, bottom, top

here = begin()
top(here, "check-in", here.words.check_in["title"])
bottom(here, leave=False)
