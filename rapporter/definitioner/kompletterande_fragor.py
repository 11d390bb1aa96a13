"""Kompletterande frågor: what the deltagare of a samverkansorganisation answered to its own questions (docs/regler.md 8 and 10.7)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from deltagare.koder import Kon
from deltagare.models import Mattillfalle
from organisations.models import KompletterandeFraga
from rapporter.definition import Definition
from rapporter.definitioner.deltagare.delar import ANDEL, KON, antal_kvinnor_och_man, kondiagram, vittnen
from rapporter.definitioner.deltagare.rapport import om_tackningen
from rapporter.definitioner.deltagare.tackning import tackning, tackningstabell
from rapporter.diagram import ritas
from rapporter.falt import SMAL, Lista, NamnField, radnummer
from rapporter.forms import ALLA, NIVAER, PeriodForm
from rapporter.forsiktighet import forsiktighet, rad_for_rad
from rapporter.matt import AVSLUTADE_MATT
from rapporter.motor import Motor, Resultat
from rapporter.omrakning import andel_av
from rapporter.svar import Fraga, fragor, svar
from rapporter.tabell import Diagram, Kolumn, Rad, Tabell, Tackning, Typ, heltal
from rapporter.urval import Niva, Urval
from sus.core.formatering import andel

SVARSFREKVENS = "svarsfrekvens"
FRAGA = "fraga"
SVARSKOLUMNER = (
    Kolumn("fraga", "Fråga"),
    Kolumn("mattillfalle", "Mättillfälle"),
    Kolumn("stallda", "Fick frågan", Typ.ANTAL, egenskap=True),
    Kolumn("svarade", "Har svarat", Typ.ANTAL, egenskap=True),
    Kolumn("andel", "Andel", Typ.ANDEL, raknas_om=andel_av("svarade", "stallda")),
)
MATTILLFALLE = {typ.value: f"Vid {typ.label.lower()}" for typ in Mattillfalle.Typ}
FLERA = "Flera alternativ kunde väljas, så andelarna kan tillsammans bli mer än 100 procent."
INGA = "Ingen kompletterande fråga ställdes i urvalet under perioden."


class FragorForm(PeriodForm):
    """A samverkansorganisation or one of its insatser: questions are a förbund's own, so there is no larger level."""

    huvudfalt: ClassVar[list[str]] = ["fran", "till", "niva", "organisation", "fraga"]
    nivaer: ClassVar = [niva for niva in NIVAER if niva[0] in (Niva.ORGANISATION, Niva.INSATS)]

    fraga = NamnField(
        label="Fråga",
        queryset=KompletterandeFraga.objects.none(),
        empty_label="Alla frågor",
        error_messages={"invalid_choice": "Frågan finns inte i vald samverkansorganisation. Välj i listan."},
    )
    mattillfalle = forms.ChoiceField(
        label="Mättillfälle", required=False, widget=Lista(attrs=SMAL), choices=[("", "Båda"), *MATTILLFALLE.items()]
    )
    kon = forms.ChoiceField(label="Kön", required=False, widget=Lista(attrs=SMAL), choices=[*ALLA, *((kod.slug, kod.label) for kod in Kon)])

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(_med_organisation(data) if data is not None else None, **kwargs)
        del self.fields["lan"]
        fraga: Any = self.fields["fraga"]
        fraga.queryset = self._fragor()

    def _fragor(self):
        """Published questions of the chosen organisation or insats."""
        rader = KompletterandeFraga.objects.publicerade()
        if self._ifylld_organisation:
            return rader.filter(samverkansorganisation=self._ifylld_organisation)
        insats = self._ifylld_insats()
        return rader.filter(samverkansorganisation__insatser=insats) if insats else rader.none()

    @staticmethod
    def forslag(anvandare) -> dict[str, Any]:
        return {**PeriodForm.forslag(anvandare), "niva": Niva.ORGANISATION}

    def personfilter(self) -> dict[str, object]:
        kon = self.cleaned_data.get("kon")
        return {"kon": Kon.fran_slug(kon).value} if kon else {}


def _med_organisation(data: QueryDict) -> QueryDict:
    """A question tells its samverkansorganisation, where the address says neither that nor an insats."""
    data = data.copy()
    if data.get("fraga") and not data.get("organisation") and not data.get("insats"):
        fraga = KompletterandeFraga.objects.publicerade().filter(pk=radnummer(data["fraga"])).first()
        data["organisation"] = str(fraga.samverkansorganisation_id) if fraga else ""
    if not data.get("niva"):
        data["niva"] = str(Niva.INSATS if data.get("insats") else Niva.ORGANISATION)
    return data


class KompletterandeFragor(Definition):
    """Deltaganden that chose each alternative ÷ those that answered the question at that mättillfälle. Who has not answered is left out."""

    nyckel = "kompletterande-fragor"
    meny = "Kompletterande frågor"
    titel = "Kompletterande frågor"
    ingress = "Vad deltagarna har svarat på samverkansorganisationens egna frågor."
    form_class = FragorForm

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        fraga = val.get("fraga")
        stallda = _tillfallen(fragor(motor, fraga.pk if fraga else None), val)
        utfall = svar(motor, [fraga for fraga, _ in stallda])
        alla = _huvudtal(motor)
        svarstabeller = [
            replace(_fragetabell(utfall, *par), alla=alla.get(par[1]), bas_i=(SVARSFREKVENS, nr, "svarade"))
            for nr, par in enumerate(stallda)
        ]
        if len(stallda) == 1:
            svarstabeller = [replace(svarstabeller[0], nyckel=FRAGA)]
        return [tackningstabell(motor), _svarsfrekvens(utfall, stallda, alla), *svarstabeller]

    def diagram(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> list[Diagram]:
        visade = [tabell for nyckel, tabell in tabeller.items() if nyckel.startswith(FRAGA) and tabell.rader]
        return [kondiagram(tabell, antal_kvinnor_och_man(tabell, "har svarat"), "Flest valde") for tabell in visade if ritas(tabell.rader)]

    def noter(self, tabeller: Mapping[str, Tabell], urval: Urval, val: Mapping) -> Mapping[str, tuple[str, ...]]:
        fa = {nyckel: forsiktighet(tabell, None) for nyckel, tabell in tabeller.items()}
        return {**fa, SVARSFREKVENS: rad_for_rad(tabeller[SVARSFREKVENS], "Andelar", av=("stallda",))}

    def notiser(self, tabeller: Mapping[str, Tabell], urval: Urval) -> list[str]:
        return [] if any(nyckel.startswith(FRAGA) for nyckel in tabeller) else [INGA]

    def tackning(self, tabeller: Mapping[str, Tabell], urval: Urval) -> Tackning | None:
        return tackning(tabeller, urval)

    def definitioner(self, val: Mapping, urval: Urval) -> list[tuple[str, str]]:
        fick = "deltagare som under perioden började i insatsen (vid inregistrering) eller slutade och mättes (vid utregistrering)"
        return [
            ("Fick frågan", f"{fick}, medan frågan ställdes."),
            ("Har svarat", "deltagare som har valt minst ett alternativ. Den som är med i två insatser räknas i båda."),
            ("Andel", "de som har valt alternativet delat med alla som har svarat på frågan, avrundat till hela procent."),
            ("Andel (svarsfrekvens)", "de som har svarat delat med dem som fick frågan, avrundat till hela procent."),
            ("Frågorna", "är samverkansorganisationens egna och ställs i alla dess insatser. Svaren är alltid fasta alternativ."),
            *om_tackningen(urval),
        ]


def _tillfallen(stallda: list[Fraga], val: Mapping) -> list[tuple[Fraga, str]]:
    """Each question at each mättillfälle where it is put, or only at the chosen one."""
    return [(fraga, typ) for fraga in stallda for typ in fraga.mattillfallen if val.get("mattillfalle") in ("", None, typ)]


def _huvudtal(motor: Motor) -> dict[str, int]:
    """The exact head counts that those who got a question are a part of, by mättillfälle: who ended without mätning got none then.

    At the start everybody gets it; who has not answered tells something about the registration, and nothing about the person.
    """
    return {Mattillfalle.Typ.UT.value: motor.rakna([AVSLUTADE_MATT], [()]).rad()[AVSLUTADE_MATT.slug]}


def _svarsfrekvens(utfall: Resultat, stallda: list[tuple[Fraga, str]], alla: Mapping[str, int]) -> Tabell:
    """How many of those who got each question have answered it. The question that fewest got decides whether it is shown protected."""

    def rad(fraga: Fraga, typ: str) -> Rad:
        antal = utfall.rad(fraga=fraga.id, typ=typ)
        celler = (fraga.namn, MATTILLFALLE[typ], antal["stallda"], antal["svarade"], andel(antal["svarade"], antal["stallda"]))
        return Rad(celler, alla=alla.get(typ))

    def med_kon(rad: Rad, fraga: Fraga, typ: str) -> Rad:
        return replace(rad, celler=(*rad.celler, *_svarade_per_kon(utfall, fraga, typ)))

    rader = tuple(rad(*par) for par in stallda)
    underlag = {"": min(heltal(rad.celler[2]) for rad in rader)} if rader else {}
    exakt = Tabell(SVARSFREKVENS, "Svarsfrekvens", SVARSKOLUMNER, rader, underlag=underlag)
    skyddade = tuple(med_kon(rad, *par) for rad, par in zip(rader, stallda, strict=True))
    return replace(exakt, skyddad=replace(exakt, kolumner=(*SVARSKOLUMNER, *vittnen("svarade")), rader=skyddade))


def _svarade_per_kon(utfall: Resultat, fraga: Fraga, typ: str, **grupp: int) -> list[int]:
    return [utfall.rad(fraga=fraga.id, typ=typ, kon=kon.value, **grupp)["svarade"] for kon in (Kon.KVINNA, Kon.MAN)]


def _fragetabell(utfall: Resultat, fraga: Fraga, typ: str) -> Tabell:
    """Every alternative, chosen or not, and last those who answered."""
    svarade = utfall.rad(fraga=fraga.id, typ=typ)["svarade"]

    def rad(text: str, **grupp: int) -> Rad:
        totalt = utfall.rad(fraga=fraga.id, typ=typ, **grupp)["svarade"]
        return Rad((text, *_svarade_per_kon(utfall, fraga, typ, **grupp), totalt, andel(totalt, svarade)))

    flera = fraga.slag == KompletterandeFraga.Slag.FLERA
    return Tabell(
        f"{FRAGA}-{fraga.id}-{typ}",
        f"{fraga.namn} ({MATTILLFALLE[typ].lower()})",
        (Kolumn("alternativ", "Svar"), *KON, ANDEL),
        tuple(rad(alternativ.text, alternativ=alternativ.id) for alternativ in fraga.alternativ),
        rad("Har svarat"),
        noter=(f"Frågan: {fraga.text}", *((FLERA,) if flera else ())),
        underlag={"": svarade},
        fordelning=("totalt",),
    )
