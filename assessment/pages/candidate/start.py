"""The address without a path: on to where the person is."""

from assessment.pages.parts.candidate_frame import begin, go_on

go_on(begin())
