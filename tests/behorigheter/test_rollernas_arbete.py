"""Vad gör man i varje roll? in the order of a behörighet: every role that can be chosen is explained, and no other."""

import re

import pytest
from django.urls import reverse

from behorigheter.forms.bestallning import ROLLERNAS_ARBETE
from behorigheter.models import bestallbara_roller
from behorigheter.roller import Roll
from organisations.models import Organisation
from tests.behorigheter.bestallningar import bestallare_i, bestalld, kommun

pytestmark = pytest.mark.django_db


def forklarade(sida):
    return re.findall(r"<li><strong>([^<]+)</strong>: [a-zå-ö]", re.search(r"Vad gör man i varje roll\?.*?</details>", sida, re.S)[0])


def att_kryssa_i(sida):
    return [text.strip() for text in re.findall(r'name="roller".*?<label[^>]*>(.*?)</label>', sida, re.S)]


def test_every_role_that_can_be_ordered_has_its_sentence():
    bestallbara = {roll for typ in Organisation.Typ for roll in bestallbara_roller(typ)}

    assert set(ROLLERNAS_ARBETE) == bestallbara
    assert [text for text in ROLLERNAS_ARBETE.values() if not text.endswith(".")] == []


@pytest.mark.parametrize("typ", ["fk", "af", "kommun", "samordningsforbund"])
def test_the_help_explains_what_the_employer_can_order(inloggad, typ):
    organisation = kommun(typ=typ) if typ not in {"fk", "af"} else Organisation.objects.get(typ=typ)
    client = inloggad(Roll.BESTALLARE, arbetsgivare=organisation)

    for namn in ("bestallning_ny", "bestallning_egen"):
        sida = client.get(reverse(f"behorigheter:{namn}")).text
        assert forklarade(sida) == att_kryssa_i(sida)
        assert len(forklarade(sida)) == len(bestallbara_roller(typ))


def test_the_help_is_the_same_where_the_order_is_signed(inloggad):
    client = inloggad(Roll.BESTALLARE, arbetsgivare=kommun())
    bestallning = bestalld(bestallare_i(client.anvandare.arbetsgivare))

    sida = client.get(reverse("behorigheter:bestallning_signera", args=[bestallning.pk])).text

    assert forklarade(sida) == att_kryssa_i(sida)
    assert "Deltagaransvarig" in forklarade(sida)
