"""A vacancy to take along, for the staff who are signed in."""

from starlette.responses import Response

from assessment.services.handed_files import vacancy_file
from assessment.web.session import staff_of
from assessment.web.work import Answering, Asked


def vacancy_export(kind: str) -> Answering:
    """`?names=1` puts names and mail addresses in."""

    def answer(asked: Asked) -> Response:
        actor = staff_of(asked.request, asked.house, now=asked.now)
        with_names = asked.request.query_params.get("names") == "1"
        made = vacancy_file(asked.house, asked.path["vacancy"], kind, with_names=with_names, actor=actor, now=asked.now)
        response = Response(made.content, media_type=made.media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
        return response

    return answer
