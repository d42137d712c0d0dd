"""What changed since the first answers, and how others see it; the person's own."""

from assessment.pages.parts.candidate_frame import begin, bottom, top

here = begin()
top(here, "growth", here.words.growth["title"])
bottom(here, leave=False)
