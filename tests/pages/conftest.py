"""Pages run on the house that the environment names, with the real clock, as the routes do."""

from tests.web.conftest import empty_house, hiring, served

__all__ = ["empty_house", "hiring", "served"]
