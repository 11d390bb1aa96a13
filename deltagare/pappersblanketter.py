"""Forms 9443, 9448 and 9449 on paper: the fields of the pages in their order and words, blank or with what is registered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from deltagare.blanketter import DIARIET
from deltagare.forms.registrera import RegistreraForm
from deltagare.forms.situation import EFTER, FORE, Situationsdel
from deltagare.forms.utregistrering import UtForm, utregistrering_initial
from deltagare.fragor import som_stalls, sparade_svar
from deltagare.koder import TidForsorjning, Utbildning
from deltagare.models import Mattillfalle
from deltagare.uppgifter import Situation, Svaren
from organisations.forms.svar import svarsfalt, svarsnamn
from sus.core.blankett import Blankett, Del, Falt, Ruta, rad, ur_formularet

Varden = Mapping[str, Any]  # {field of the page: what it holds}
UTGAVA = "utgåva 1, november 2026"
STOD = "Ett stöd när du samlar uppgifterna. Det som gäller är det som registreras i SUS. "
INGEN_POST = "Blanketten skickas inte till någon. Försäkringskassan och Arbetsförmedlingen förstör den när uppgifterna är registrerade. Kommun och region frågar sin arkivmyndighet."  # noqa: E501
SEKRETESS = "Den ifyllda blanketten innehåller personuppgifter: förvara den inlåst."
IN, UT = Mattillfalle.Typ.IN, Mattillfalle.Typ.UT


def samtycke(text) -> Blankett:
    """9443: the version of the text, and room for the signatures."""
    return Blankett(
        nummer="9443",
        namn="Samtycke",
        utgava=text.i_ord,
        sa_har=f"Skicka originalet till {DIARIET} när deltagaren är registrerad i SUS. Behåll en kopia. Blanketten gäller en registrering "
        "i en insats, och det är den svenska texten som skrivs under.",
        delar=(
            Del(
                "Underskrift",
                (
                    ur_formularet(RegistreraForm.base_fields, "personnummer", halv=True),
                    rad("ort", "Ort och datum", halv=True),
                    rad("underskrift", "Underskrift", rader=2),
                    rad("namnfortydligande", "Namnförtydligande"),
                    rad(
                        "vardnadshavare",
                        "Vårdnadshavares underskrift och namn",
                        hjalp="Om deltagaren är under 15 år.",
                        rader=2,
                    ),
                ),
            ),
        ),
    )


def inregistrering(*, insats=None, deltagande=None, identitet=None) -> Blankett:
    """9448: blank, for an insats, or with what is registered of a deltagande in it."""
    varden = _registrerat_in(deltagande, identitet) if deltagande else {}
    svar = sparade_svar(deltagande)[IN] if deltagande else {}
    dag = deltagande.startdatum if deltagande else timezone.localdate()
    return Blankett(
        nummer="9448",
        namn="Inregistrering av deltagare",
        utgava=UTGAVA,
        ingress=f"{STOD}Frågorna gäller situationen när deltagaren börjar i insatsen.",
        sa_har=f"{INGEN_POST} {SEKRETESS}",
        delar=(
            _insatsdel(insats),
            Del("Samtycke, blankett 9443", _samtyckesfalt(varden)),
            Del("Deltagare", _deltagarfalt(varden), ingress="Namn och kommun hämtas ur folkbokföringen när du registrerar."),
            _situationsdel(FORE, varden),
            *(_fragedel(som_stalls(insats, IN, dag, aven=svar), svar) if insats else ()),
        ),
    )


def utregistrering(*, insats=None, deltagande=None, identitet=None) -> Blankett:
    """9449: as inregistrering. While the deltagande goes on only who it is about is filled in."""
    avslutat = deltagande is not None and deltagande.ar_avslutat
    varden = utregistrering_initial(deltagande) if avslutat else {}
    svar = sparade_svar(deltagande)[UT] if avslutat else {}
    dag = deltagande.slutdatum if avslutat else timezone.localdate()
    return Blankett(
        nummer="9449",
        namn="Utregistrering av deltagare",
        utgava=UTGAVA,
        ingress=f"{STOD}Frågorna gäller situationen direkt efter insatsen.",
        sa_har=f"{INGEN_POST} {SEKRETESS}",
        delar=(
            _insatsdel(insats),
            Del(
                "Deltagare",
                (
                    ur_formularet(RegistreraForm.base_fields, "personnummer", varden=_person(identitet), halv=True),
                    ur_formularet(RegistreraForm.base_fields, "namn", varden=_person(identitet), hjalp="", halv=True),
                ),
            ),
            Del(
                "Avslut",
                (_mattillfalle(UtForm, "Nyutregistrering", "Rättelse", halv=True), *_avslutsfalt(varden)),
                hjalprubrik="Vilken anledning ska jag välja?",
                hjalp="deltagare/hjalp_anledning.html",
            ),
            _situationsdel(EFTER, varden, "Vid anledning 6, 7 och 8 ställs inga fler frågor."),
            *(_fragedel(som_stalls(insats, UT, dag, aven=svar), svar) if insats else ()),
        ),
    )


def _insatsdel(insats) -> Del:
    falt = (
        rad("samverkansorganisation", "Samverkansorganisation", insats.samverkansorganisation.namn if insats else "", halv=True),
        rad("insats", "Insats", insats.namn if insats else "", halv=True),
    )
    return Del("Insats", falt)


def _samtyckesfalt(varden: Varden) -> tuple[Falt, ...]:
    kortare = {"samtycke_finns": "Deltagaren har skrivit under samtycket", "samtycke_original": "Originalet skickat till Försäkringskassan"}
    namn = ("samtycke_finns", "samtycke_datum", "samtycke_sprak", "samtycke_original", "vardnadshavare")
    falt = [ur_formularet(RegistreraForm.base_fields, ett, varden=varden, hjalp="", halv=True) for ett in namn]
    return tuple(replace(ett, etikett=kortare.get(ett.namn, ett.etikett)) for ett in falt)


def _deltagarfalt(varden: Varden) -> tuple[Falt, ...]:
    falten = RegistreraForm.base_fields
    return (
        ur_formularet(falten, "personnummer", varden=varden, halv=True),
        ur_formularet(falten, "namn", varden=varden, hjalp="", halv=True),
        ur_formularet(falten, "kommun", varden=varden, hjalp="", halv=True),
        _mattillfalle(RegistreraForm, "Nyinregistrering", "Rättelse", halv=True),
        ur_formularet(falten, "stadsdel", varden=varden, hjalp="Bara i Stockholm och Göteborg.", halv=True),
        ur_formularet(falten, "startdatum", varden=varden, halv=True),
        *(ur_formularet(falten, namn, varden=varden) for namn in ("utbildning", "tid_forsorjning")),
    )


def _avslutsfalt(varden: Varden) -> tuple[Falt, ...]:
    anledning = ur_formularet(UtForm.base_fields, "avslutningsanledning", varden=varden)
    numrerade = tuple(Ruta(f"{nr}  {ruta.etikett}", ruta.vald) for nr, ruta in enumerate(anledning.rutor, start=1))
    return (
        ur_formularet(UtForm.base_fields, "slutdatum", varden=varden, halv=True),
        ur_formularet(UtForm.base_fields, "avslutningsanledning", rutor=numrerade),
    )


def _mattillfalle(form, nytt: str, tidigare: str, **andra) -> Falt:
    """On the page the earlier days stand to choose among; on paper the day itself tells which."""
    return ur_formularet(form.base_fields, "mattillfalle", hjalp="", rutor=(Ruta(nytt), Ruta(tidigare)), **andra)


def _situationsdel(delen: Situationsdel, varden: Varden, ingress: str = "") -> Del:
    """Questions 10–13; what is asked only after a Ja stands under its question."""
    falten = delen.falt()

    def falt(fraga: str, *foljd: str) -> Falt:
        foljder = [ur_formularet(falten, delen.namn(ett), varden=varden) for ett in foljd]
        return ur_formularet(falten, delen.namn(fraga), varden=varden, foljd=foljder)

    return Del(
        f"Situationen direkt {delen.ord} insatsen",
        (falt("forsorjning"), falt("af"), falt("arbetar", "arbete", "arbetstyp"), falt("studerar", "studier")),
        ingress=ingress,
        hjalprubrik="Vad räknas som offentlig försörjning?",
        hjalp="deltagare/hjalp_forsorjning.html",
        ny_sida=True,
    )


def _fragedel(fragor, svar: Svaren) -> tuple[Del, ...]:
    falten = {svarsnamn(fraga): svarsfalt(fraga) for fraga in fragor}
    varden = {svarsnamn(fraga): svar.get(fraga.pk, []) for fraga in fragor}
    return (Del("Kompletterande frågor", tuple(ur_formularet(falten, namn, varden=varden) for namn in falten)),) if falten else ()


def _person(identitet) -> Varden:
    return {"personnummer": identitet.personnummer, "namn": identitet.namn} if identitet else {}


def _registrerat_in(deltagande, identitet) -> Varden:
    samtycke = getattr(deltagande, "samtycke", None)
    return {
        **_person(identitet),
        "kommun": deltagande.kommun,
        "stadsdel": deltagande.stadsdel,
        "startdatum": deltagande.startdatum,
        "utbildning": Utbildning(deltagande.utbildning).slug,
        "tid_forsorjning": TidForsorjning(deltagande.tid_forsorjning).slug,
        **FORE.initial(Situation.av(deltagande.mattillfallen.get(typ=IN))),
        **(_samtycket(samtycke) if samtycke else {}),
    }


def _samtycket(samtycke) -> Varden:
    return {
        "samtycke_finns": True,
        "samtycke_datum": samtycke.datum,
        "samtycke_sprak": samtycke.sprak,
        "samtycke_original": samtycke.original_skickat,
        "vardnadshavare": samtycke.vardnadshavare,
    }
