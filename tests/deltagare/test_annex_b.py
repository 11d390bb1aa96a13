"""The sentences of the domain's Annex B at every page where they hold: inregistrering, utregistrering, and rättning of both.

Held elsewhere: V13–V17, V19, V22 at inregistrering and the ages in test_inregistrering.py and test_samtycke.py, V30 in
test_felregistrering.py, V31 in test_borttagning.py, V32 in test_anonyma.py, V39 in tests/organisations/test_fragor_besvarade.py,
V41 in tests/e2e/test_formularet.py. V37 has no page: an insats without uppdrag does not exist (test_annex_d.py).
"""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from deltagare.models import Deltagande, Mattillfalle
from tests.deltagare.conftest import inregistrering, utregistrering
from tests.factories import DeltagandeFactory

V19 = "Startdag måste ligga inom insatsens period och får inte vara i framtiden."
V20 = "Deltagaren är redan registrerad i insatsen under denna tid."
V21 = "Välj stadsdel."
V22 = "Deltagarens kommun ingår inte i samverkansorganisationens område."
V23 = "Ange minst en försörjning eller Ingen offentlig försörjning."
V24 = "Ingen offentlig försörjning kan inte kombineras med andra försörjningar."
V25 = "Ange omfattning mellan 1 och 100 procent."
V26 = "Ange vilken typ av arbete det är."
V27 = "Avslutningsdatum måste vara samma dag som startdagen eller senare och får inte vara i framtiden."
V28 = "Välj avslutningsanledning."
V29 = "Deltagaren varken arbetar, studerar eller är aktivt arbetssökande. Kontrollera avslutningsanledningen."
I_MORGON = str(timezone.localdate() + timedelta(days=1))

SITUATIONEN = [
    ("forsorjning", {"forsorjning": None}, V23),
    ("forsorjning", {"forsorjning": ["ingen", "a_kassa"]}, V24),
    *(("arbete", {"arbetar": "ja", "arbetstyp": "subventionerat", "arbete": ett}, V25) for ett in ("", "0", "101", "1,5", "tio")),
    *(("studier", {"studerar": "ja", "studier": ett}, V25) for ett in ("", "0", "101")),
    ("arbetstyp", {"arbetar": "ja", "arbete": "50"}, V26),
]
DAGARNA = [
    ("slutdatum", {"slutdatum": "2011-12-04"}, V27),
    ("slutdatum", {"slutdatum": I_MORGON}, V27),
    ("avslutningsanledning", {"avslutningsanledning": ""}, V28),
]


def om(nar, falt, andra, mening):
    """The same broken rule before or after the insats."""
    return f"{falt}_{nar}", {f"{namn}_{nar}": varde for namn, varde in andra.items()}, mening


@pytest.fixture
def avslutat(deltagande, skicka):
    skicka("ut", deltagande, **utregistrering())
    deltagande.refresh_from_db()
    return deltagande


@pytest.fixture
def ratta(skicka):
    """ratta(deltagande, **falt) → the answer to its rättning."""

    def _ratta(deltagande, **andra):
        falt = {
            namn: varde for namn, varde in inregistrering().items() if not namn.startswith(("samtycke", "personnummer", "mattillfalle"))
        }
        efter = utregistrering() if deltagande.ar_avslutat else {}
        sant = falt | efter | {"version": str(deltagande.version)} | andra
        return skicka("ratta", deltagande, **{namn: varde for namn, varde in sant.items() if varde is not None})

    return _ratta


def oforandrat(deltagande):
    fore = Mattillfalle.objects.filter(deltagande=deltagande).order_by("pk")
    return list(Deltagande.objects.filter(pk=deltagande.pk).values()), list(fore.values())


@pytest.mark.parametrize(("falt", "andra", "mening"), [om("fore", *rad) for rad in SITUATIONEN])
def test_questions_10_to_13_at_inregistrering(registrera, fel, falt, andra, mening):
    assert fel(registrera(**andra)) == {falt: [mening]}
    assert not Deltagande.objects.exists()


@pytest.mark.parametrize(("falt", "andra", "mening"), [*(om("efter", *rad) for rad in SITUATIONEN), *DAGARNA])
def test_utregistrering(skicka, fel, deltagande, falt, andra, mening):
    fore = oforandrat(deltagande)

    assert fel(skicka("ut", deltagande, **utregistrering(**andra))) == {falt: [mening]}
    assert oforandrat(deltagande) == fore


@pytest.mark.parametrize(
    ("falt", "andra", "mening"),
    [
        *(om("fore", *rad) for rad in SITUATIONEN),
        *(om("efter", *rad) for rad in SITUATIONEN),
        *DAGARNA,
        *(("startdatum", {"startdatum": dag}, V19) for dag in ("2009-12-31", I_MORGON)),
    ],
)
def test_rattning(ratta, fel, avslutat, falt, andra, mening):
    fore = oforandrat(avslutat)

    assert fel(ratta(avslutat, **andra)) == {falt: [mening]}
    assert oforandrat(avslutat) == fore


def test_v20_at_rattning(ratta, fel, avslutat):
    tidigare = {"startdatum": date(2011, 1, 1), "slutdatum": date(2011, 3, 1), "avslutningsanledning": 2}
    DeltagandeFactory(insats=avslutat.insats, person=avslutat.person, **tidigare)

    assert fel(ratta(avslutat, startdatum="2011-03-01")) == {"startdatum": [V20]}
    assert ratta(avslutat, startdatum="2011-03-02").status_code == 302


def test_v21_and_v22_at_rattning(ratta, fel, avslutat):
    avslutat.insats.samverkansorganisation.omraden.create(kommun_id="1488")
    Deltagande.objects.update(kommun_id="1480", startdatum=date(2011, 12, 5))
    avslutat.refresh_from_db()
    stadsdel = avslutat.kommun.stadsdelar.giltiga(date(2011, 12, 5)).first()

    assert fel(ratta(avslutat)) == {"stadsdel": [V21]}
    assert ratta(avslutat, stadsdel=stadsdel.pk).context["varningar"] == [("V22", V22)]
    assert ratta(avslutat, stadsdel=stadsdel.pk, bekraftade="V22").status_code == 302


def test_v29_asks_before_it_is_saved_at_utregistrering_and_at_rattning(skicka, ratta, deltagande):
    svar = skicka("ut", deltagande, **utregistrering(avslutningsanledning="1"))
    assert svar.context["varningar"] == [("V29", V29)]

    skicka("ut", deltagande, **utregistrering(avslutningsanledning="1", af_efter="ja"))
    deltagande.refresh_from_db()
    assert deltagande.avslutningsanledning == 1
    assert ratta(deltagande, avslutningsanledning="1").context["varningar"] == [("V29", V29)]
    assert ratta(deltagande, avslutningsanledning="1", bekraftade="V29").status_code == 302


def test_v40_tells_that_a_rattning_is_saved(ratta, klient_da, avslutat):
    svar = ratta(avslutat, utbildning="grundskola")

    assert "Uppgifterna har sparats." in klient_da.get(svar.url).text


def test_v02_and_v19_hold_the_first_and_the_last_day_of_the_insats(insats, registrera, fel):
    insats.startdatum, insats.slutdatum = date(2009, 1, 1), date(2011, 12, 5)
    insats.save()
    v02 = "Uppgifter kan inte registreras före samverkansorganisationens startdatum (2009-01-01)."

    assert fel(registrera(startdatum="2008-12-31")) == {"startdatum": [v02]}
    assert fel(registrera(startdatum="2011-12-06")) == {"startdatum": [V19]}
    assert registrera(startdatum="2011-12-05").status_code == 302
