"""Whether the database answers and whether anything can draw, for a watchdog: no names, no numbers of people."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from illustration import services


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 where the database answers, else 503; whether it has room for a diary is not tried.

    Drawing may be down: it waits without harm.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        drawing = services.can_draw()
    except DatabaseError:
        return JsonResponse({"database": "down", "drawing": "unknown"}, status=503)
    return JsonResponse({"database": "up", "drawing": "up" if drawing else "down"})
