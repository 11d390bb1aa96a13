"""Every field of every form has help, or a label that needs none: each page that shows a form is opened and its fields are read."""

import logging
import re

import pytest
from crispy_forms.layout import LayoutObject

from sus.core.layout import Hjalp
from tests.fientligt.formular import _bundna, renderade_formular
from tests.fientligt.ifyllt import berika
from tests.svep.facit import GILTIGA, SIDOR, UTLOGGADE
from tests.svep.gang import adressen
from tests.svep.personor import besok
from tests.svep.varld import varld

pytestmark = pytest.mark.django_db
# Nobody wonders what to write there. Every other label has help at its field.
SJALVKLARA = {
    *("Användarnamn", "Lösenord", "Nuvarande lösenord", "Nytt lösenord igen", "Kod som appen visar"),
    *("Förnamn", "Efternamn", "Namn", "Titel", "Telefon", "E-post", "C/o", "Gatuadress eller box", "Postort"),
    *("Beslut", "Vad ska hända?", "Åt vilket håll?", "Vad vill du berätta?", "Skriv ”ta bort” för att bekräfta", "Språk"),
    *("Kommun", "Riktning"),  # of a stadsdel; two buttons
}
# Filters, whose first choice is everything, and what a search has found.
URVAL = {
    *(
        "Arbetsgivare",
        "Deltagare",
        "Deltagarregistrering",
        "Inregistreringsår",
        "Inriktning",
        "Insats",
        "Län",
        "Målgrupp",
        "Preciserad inriktning",
    ),
    *(
        "Rad",
        "Roll",
        "Samverkansform",
        "Samverkansorganisation",
        "Samverkansorganisationer",
        "Slag",
        "Slag av händelse",
        "Sortera på",
        "Status",
    ),
    *("Sökresultat", "Typ", "Uppgifter för år", "Utregistreringsår", "Visa", "Organisationens namn"),
}
# Cells of a table, explained once beside it; the alternatives of a question; words that say it all.
CELLER = re.compile(
    r"(Finansiering|Budget|Utfall) \d{4}, .+|Beskrivning(, .+)?|(Budgettyp|Budget|Utfall)(, rad \d+)?|Finansiär"
    r"|.+, (finansiär|konsument|medlem)|Alternativ \d+|Original [0-9a-f]{32}|Frågan och alternativen gäller inte .+"
)


@pytest.fixture(autouse=True)
def _tyst():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def oppnare(sida):
    return next((persona for persona in (*GILTIGA, *UTLOGGADE) if sida.get.get(persona, "").split()[:1] == ["200"]), None)


def med_hjalpblock(formular) -> set[str]:
    """Names of the fields that a folded text of help comes after in the layout."""
    funna: set[str] = set()

    def ga(delar):
        forra = None
        for del_ in delar:
            if isinstance(del_, Hjalp) and forra:
                funna.update(_namn(forra))
            if isinstance(del_, LayoutObject):
                ga(getattr(del_, "fields", []))
            forra = del_

    hjalpare = getattr(formular, "helper", None)
    if hjalpare and hjalpare.layout:
        ga(hjalpare.layout.fields)
    return funna


def _namn(del_):
    return [pekare.name for pekare in del_.get_field_names()] if isinstance(del_, LayoutObject) else [del_]


def utan_hjalp(formular):
    hjalpta = med_hjalpblock(formular)
    for bundet in _bundna(formular):
        if bundet.is_hidden or bundet.help_text or bundet.name in hjalpta or bundet.field.disabled:
            continue
        if any(getattr(etikett, "forklaring", "") for _, etikett in getattr(bundet.field, "choices", [])):
            continue
        if bundet.name.startswith("fraga_") or CELLER.fullmatch(
            str(bundet.label)
        ):  # a question of the förbund's own has the help it was given
            continue
        yield str(bundet.label)


def test_every_field_has_help_or_a_label_that_needs_none():
    plats = varld()
    berika(plats)
    saknar: dict[str, set[str]] = {}
    besokare = {}
    sedda: set[str] = set()
    for sida in SIDOR:
        persona = oppnare(sida)
        if persona is None or sida.vy in {"start:galleri", "start:kurs"} or sida.vy.startswith("rapporter:"):
            continue
        if persona not in besokare:
            besokare[persona] = besok(persona, plats)
        with renderade_formular() as formular:
            besokare[persona].client.get(adressen(sida, plats, "egen"), follow=True)
        for etikett in {etikett for ett in formular for etikett in utan_hjalp(ett)} - SJALVKLARA - URVAL:
            saknar.setdefault(etikett, set()).add(sida.vy)
        sedda |= {str(bundet.label) for ett in formular for bundet in _bundna(ett)}

    assert saknar == {}
    assert (SJALVKLARA | URVAL) - sedda == set()
