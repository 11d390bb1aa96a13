"""Django's migrate, and then the database roles' rights and the table of the cache."""

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from behorigheter import vaggar


class Command(Migrate):
    def handle(self, *args, **options):
        super().handle(*args, **options)
        alias = options["database"]
        if options["plan"] or options["check_unapplied"] or not _allt_ar_infort(alias):
            return
        call_command("createcachetable", "sus_cache", database=alias, verbosity=0)
        vaggar.tillampa(alias)


def _allt_ar_infort(alias) -> bool:
    lasare = MigrationExecutor(connections[alias])
    return not lasare.migration_plan(lasare.loader.graph.leaf_nodes())
