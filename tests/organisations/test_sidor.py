import pytest
from django.urls import reverse

from behorigheter.roller import Roll
from tests.factories import SamverkansorganisationFactory

pytestmark = pytest.mark.django_db


def test_smoke(inloggad):
    so = SamverkansorganisationFactory()
    sa = inloggad(Roll.SAMVERKANSADMINISTRATOR, so)
    fk = inloggad(Roll.FK_ADMINISTRATOR)
    for namn, args in [
        ("list", []),
        ("detail", [so.pk]),
        ("uppdrag", [so.pk]),
        ("update", [so.pk]),
        ("omrade", [so.pk]),
        ("parter", [so.pk]),
        ("budget", [so.pk]),
        ("uppdrag_ge", [so.pk, "insatsansvarig"]),
    ]:
        r = sa.get(reverse(f"organisations:{namn}", args=args))
        assert r.status_code == 200, namn
    for namn, args in [("list", []), ("create", []), ("grunduppgifter", [so.pk])]:
        r = fk.get(reverse(f"organisations:{namn}", args=args))
        assert r.status_code == 200, namn
