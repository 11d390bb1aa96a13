"""Health addresses for the operators' surveillance."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def lever(request):
    """The process answers. Touches no database."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def redo(request):
    """The database answers, has every migration and gives the request its role."""
    with connection.cursor() as c:
        c.execute("SELECT current_setting('role')")
        roll = c.fetchone()[0]
    lasare = MigrationExecutor(connection)
    delar = {"databas": True, "roll": roll == "sus_web", "migreringar": not lasare.migration_plan(lasare.loader.graph.leaf_nodes())}
    return JsonResponse(delar, status=200 if all(delar.values()) else 503)
