"""Health addresses for the operators' surveillance."""

import time

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

SEKUNDER_ISAR = 15  # the proof of a request holds for thirty (behorigheter/vaggar/10_omfang.sql)


@login_not_required
@require_safe
def lever(request):
    """The process answers. Touches no database."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def redo(request):
    """The database answers, has every migration, gives the request its role, protects the rows about persons, and keeps time with us."""
    with connection.cursor() as c:
        c.execute(
            "SELECT current_setting('role'), extract(epoch FROM clock_timestamp()), "
            "(SELECT relforcerowsecurity FROM pg_class WHERE oid = 'deltagare_deltagande'::regclass)"
        )
        roll, klocka, skydd = c.fetchone()
    lasare = MigrationExecutor(connection)
    delar = {
        "databas": True,
        "roll": roll == "sus_web",
        "skydd": skydd,
        "klocka": abs(float(klocka) - time.time()) < SEKUNDER_ISAR,
        "migreringar": not lasare.migration_plan(lasare.loader.graph.leaf_nodes()),
    }
    return JsonResponse(delar, status=200 if all(delar.values()) else 503)
