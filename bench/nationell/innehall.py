"""What lies in the national database. Imported when Django has been set up."""

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench.nationell import HELA
from sus.start.demo.nationell import Omfattning, ar_tom, skapa_nationell


def fyll(deltaganden: int = HELA) -> None:
    """Tables, walls and, in an empty database, the whole country."""
    call_command("migrate", verbosity=0)
    if ar_tom():
        print("Skapar nationella data, en gång:", flush=True)
        skapa_nationell(timezone.localdate(), _i_skala(Omfattning(), deltaganden), lambda text: print(text, flush=True))
        with connection.cursor() as c:
            c.execute("VACUUM ANALYZE")


def _i_skala(hela: Omfattning, deltaganden: int) -> Omfattning:
    del_ = deltaganden / hela.deltaganden
    return Omfattning(
        forbund=max(10, round(hela.forbund * del_)),
        insatser=max(100, round(hela.insatser * del_)),
        personer=round(hela.personer * del_),
        deltaganden=deltaganden,
        anvandare=max(100, round(hela.anvandare * del_)),
    )
