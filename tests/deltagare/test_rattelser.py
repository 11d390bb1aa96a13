"""The history of a deltagande: what was corrected, by whom and when, in words on its page (docs/regler.md 6.5)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from behorigheter.models import Handelse
from deltagare.actions.deltagande import ratta as ratta_deltagande
from deltagare.actions.rattelse import skillnad, spara_rattelse
from deltagare.models import Deltagande, Mattillfalle, Rattelse
from deltagare.regler import V19
from deltagare.uppgifter import Inregistrering, Situation
from insatser.models import Insats
from organisations.models import KompletterandeFraga
from sus.core.personnummer import tolka
from sus.core.regelbrott import Regelbrott
from tests.deltagare.conftest import ALMA, situation, utregistrering
from tests.deltagare.fragor import ratta, svar_pa
from tests.factories import KompletterandeFragaFactory


@pytest.fixture
def historik(klient_da):
    """historik(deltagande) → [(what, before, after)] of each rättelse on its page, the latest first."""

    def _historik(deltagande):
        rattelser = klient_da.get(deltagande.get_absolute_url()).context["rattelser"]
        return [[(rad.uppgift, rad.fore, rad.efter) for rad in rattelse.andringar] for rattelse in rattelser]

    return _historik


def test_a_deltagande_as_it_was_registered_has_no_history(klient_da, deltagande, historik):
    assert historik(deltagande) == []
    assert "Rättelser" not in klient_da.get(deltagande.get_absolute_url()).content.decode()


def test_a_rattelse_tells_what_was_before_and_after_in_words(klient_da, deltagande, historik):
    ratta(klient_da, deltagande, startdatum="2010-08-31", utbildning="grundskola", tid_forsorjning="mer")

    assert historik(deltagande) == [
        [
            ("Startdag", "2011-12-05", "2010-08-31"),
            ("Ålder vid start", "49", "47"),
            ("Utbildningsnivå", "Gymnasium", "Grundskola"),
            ("Tid i offentlig försörjning", "Upp till 3 år", "Mer än 9 år"),
        ]
    ]


def test_the_situation_is_told_in_words(klient_da, deltagande, historik):
    andrad = situation("fore", forsorjning=["a_kassa", "annan"], af="ja", arbetar="ja", arbete="50", arbetstyp="eget_foretag")

    ratta(klient_da, deltagande, **andrad)

    assert historik(deltagande) == [
        [
            ("Offentlig försörjning före insatsen", "Sjukpenning eller rehabiliteringspenning", "A-kassa och Annan offentlig försörjning"),
            ("Aktivt arbetssökande före insatsen", "Nej", "Ja"),
            ("Arbete, procent av heltid före insatsen", "Nej", "50"),
            ("Typ av arbete före insatsen", "", "Eget företag"),
        ]
    ]


def test_who_and_when_stand_beside(klient_da, deltagande):
    ratta(klient_da, deltagande, utbildning="grundskola")

    [rad] = klient_da.get(deltagande.get_absolute_url()).context["rattelser"]
    assert (rad.av, rad.tid) == (str(klient_da.anvandare), Rattelse.objects.get().tid)


def test_the_latest_stands_first(klient_da, deltagande, historik):
    ratta(klient_da, deltagande, utbildning="grundskola")
    ratta(klient_da, deltagande, utbildning="okand")

    assert [rattelse[0][1:] for rattelse in historik(deltagande)] == [("Grundskola", "Saknas/okänd"), ("Gymnasium", "Grundskola")]


def test_an_answer_is_told_by_its_question(klient_da, deltagande, insats, historik):
    fraga = KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation, slag="flera", alternativ=["A", "B", "C"])
    ratta(klient_da, deltagande, **svar_pa(fraga, 0))
    ratta(klient_da, deltagande, **svar_pa(fraga, 0, 2))

    assert historik(deltagande) == [[("Vem tog initiativ till insatsen?", "A", "A och C")], [("Vem tog initiativ till insatsen?", "", "A")]]


def test_answers_stand_in_the_order_of_their_questions(klient_da, deltagande, insats, historik):
    skapade = [(999, "Andra", 2), (1000, "Tredje", 2), (1001, "Första", 1)]  # "1000" comes before "999" among texts
    fragor = [
        KompletterandeFragaFactory(
            pk=pk, samverkansorganisation=insats.samverkansorganisation, namn=namn, fragetext=f"{namn} frågan?", ordning=ordning
        )
        for pk, namn, ordning in skapade
    ]
    ratta(klient_da, deltagande, **{falt: svar for fraga in fragor for falt, svar in svar_pa(fraga, 0).items()})

    assert [fraga for fraga, _, _ in historik(deltagande)[0]] == [f"{ett} frågan?" for ett in ("Första", "Andra", "Tredje")]


def test_a_question_that_has_been_removed_is_still_a_change(klient_da, deltagande, insats, historik):
    fraga = KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation)
    ratta(klient_da, deltagande, **svar_pa(fraga, 0))
    ratta(klient_da, deltagande, **{f"fraga_{fraga.pk}_fore": ""})
    KompletterandeFraga.objects.all().delete()

    assert historik(deltagande)[0] == [("Borttagen fråga", "Borttaget svar", "")]


def test_reopening_tells_how_it_had_ended(skicka, deltagande, historik):
    skicka("ut", deltagande, **utregistrering())
    skicka("ateroppna", deltagande, version="2")

    assert historik(deltagande) == [
        [
            ("Avslutningsdatum", "2012-01-09", ""),
            ("Avslutningsanledning", "Utskrivning – fortsatt rehabilitering", ""),
            ("Offentlig försörjning efter insatsen", "Sjukpenning eller rehabiliteringspenning", ""),
            ("Aktivt arbetssökande efter insatsen", "Nej", ""),
        ]
    ]


def test_the_samtycke_has_its_changes_in_the_history(skicka, deltagande, historik):
    falt = {"samtycke_datum": "2011-11-29", "samtycke_sprak": "ar", "samtycke_original": "2011-12-20", "version": "1"}

    assert skicka("samtycke", deltagande, **falt).status_code == 302

    assert historik(deltagande) == [
        [
            ("Datum för underskriften, samtycke", "2011-11-30", "2011-11-29"),
            ("Språk som informationen lästes på, samtycke", "Svenska", "Arabiska"),
            ("Originalet skickat till Försäkringskassan, samtycke", "", "2011-12-20"),
        ]
    ]


def test_places_and_consent_texts_are_told_by_name(deltagande, historik, klient_da):
    samtycke = deltagande.samtycke
    koder = {"kommun": ["1488", "1480"], "samtycke.text": [samtycke.text_id, None], "samtycke.vardnadshavare": [False, True]}
    spara_rattelse(deltagande=deltagande, andringar=koder, by=None)

    assert historik(deltagande) == [
        [
            ("Kommun", "Trollhättan", "Göteborg"),
            ("Version av blankett 9443, samtycke", str(samtycke.text), ""),
            ("Vårdnadshavare har också skrivit under, samtycke", "Nej", "Ja"),
        ]
    ]
    assert klient_da.get(deltagande.get_absolute_url()).context["rattelser"][0].av == "SUS"


def test_the_log_names_fields_and_never_tells_which_question_was_answered(klient_da, deltagande, insats):
    fraga = KompletterandeFragaFactory(samverkansorganisation=insats.samverkansorganisation)

    ratta(klient_da, deltagande, utbildning="grundskola", **svar_pa(fraga, 0))

    assert Handelse.objects.get(typ=Handelse.Typ.DELTAGANDE_RATTAT).detaljer == {"falt": ["in.svar", "utbildning"]}


@pytest.mark.parametrize("sida", ["ratta", "ateroppna"])
def test_a_change_that_is_refused_leaves_no_history(skicka, deltagande, sida):
    svar = skicka(sida, deltagande, **utregistrering(startdatum="2009-01-01", version="1"))

    assert svar.context["form"].errors
    assert not Rattelse.objects.exists()


def test_the_history_goes_with_the_deltagande(klient_da, deltagande):
    ratta(klient_da, deltagande, utbildning="grundskola")
    assert Rattelse.objects.exists()

    Deltagande.objects.all().delete()

    assert not Rattelse.objects.exists()


def test_the_difference_keeps_codes():
    fore = {"startdatum": date(2011, 1, 1), "in.fraga_3": [1], "kommun": "1488"}
    efter = {"startdatum": date(2011, 1, 2), "ut.fraga_3": [2], "kommun": "1488"}

    assert skillnad(fore, efter) == {"startdatum": ["2011-01-01", "2011-01-02"], "in.fraga_3": [[1], None], "ut.fraga_3": [None, [2]]}


def test_the_page_prints_the_history(klient_da, deltagande):
    ratta(klient_da, deltagande, utbildning="grundskola")

    html = klient_da.get(reverse("deltagare:detail", args=[deltagande.pk])).content.decode()
    assert '<h2 id="rattelser">Rättelser</h2>' in html
    assert str(klient_da.anvandare) in html


def test_an_insats_that_begins_later_than_when_the_form_was_read_refuses_the_startdag(klient_da, deltagande):
    fore = Situation.av(deltagande.mattillfallen.get(typ=Mattillfalle.Typ.IN))
    tidigare = replace(Inregistrering.av(deltagande, fore), startdatum=date(2011, 1, 10))
    Insats.objects.update(startdatum=date(2011, 12, 1))

    with pytest.raises(Regelbrott, match=V19):
        ratta_deltagande(
            deltagande=deltagande,
            personnummer=tolka(ALMA, idag=date(2012, 1, 1)),
            inregistrering=tidigare,
            utregistrering=None,
            by=klient_da.anvandare,
        )


def test_a_longer_history_asks_no_more_queries(klient_da, deltagande):
    def antal_fragor():
        with CaptureQueriesContext(connection) as fragor:
            klient_da.get(deltagande.get_absolute_url())
        return len(fragor)

    def flytt():
        spara_rattelse(deltagande=deltagande, andringar={"kommun": ["1488", "1462"]}, by=klient_da.anvandare)

    flytt()
    fore = antal_fragor()
    for _ in range(5):
        flytt()

    assert antal_fragor() == fore
