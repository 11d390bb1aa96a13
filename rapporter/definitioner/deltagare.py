"""Deltagarrapport: who the participants are and why they ended (docs/regler.md 10.5). Exact right only: tables about attributes."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from deltagare.koder import Avslutningsanledning, Forsorjning, Kon, TidForsorjning, Utbildning
from organisations.models import Kommun
from rapporter.definition import Definition
from rapporter.diagram import kortad
from rapporter.falt import BRED, SMAL, KodField
from rapporter.forms import ALLA, PeriodForm
from rapporter.matt import ANTAL, AVSLUTADE_MATT, UNIKA, Matt
from rapporter.motor import Motor, Resultat
from rapporter.tabell import Cell, Diagram, Kolumn, Rad, Serie, Stapelrad, Tabell, Tackning, Typ
from rapporter.urval import Aldersband, Urval
from sus.core.formatering import andel, antal, lista_i_ord, procent
from sus.core.sortering import sortnyckel

AVSLUTNING = "avslutningsanledning"
UTBILDNING = (("grundskola", "Grundskola"), ("gymnasium", "Gymnasium"), ("eftergymnasial", "Eftergymnasial"), ("okand", "Saknas/okänd"))
TID = (("1", "Upp till 1 år"), ("1-5", "1–5 år"), ("6-9", "6–9 år"), ("10-", "10 år eller mer"), ("ej", "Ej tillämpligt"))
ALDER = tuple((str(band), band.rubrik) for band in Aldersband)
KON = (Kolumn("kvinna", "Kvinna", Typ.ANTAL), Kolumn("man", "Man", Typ.ANTAL), Kolumn("totalt", "Totalt", Typ.ANTAL))
# Avslutningsanledningar as a diagram has room for them.
KORTA = {
    Avslutningsanledning.TILL_ARBETE: "Till arbete, studier, arbetssökande",
    Avslutningsanledning.FORTSATT_REHABILITERING: "Fortsatt rehabilitering",
    Avslutningsanledning.SJUKDOM: "Sjukdom",
    Avslutningsanledning.FORALDRALEDIGHET: "Föräldraledighet",
    Avslutningsanledning.FLYTT: "Flytt",
    Avslutningsanledning.UTAN_MATNING: "Utan mätning",
}
TYPER = {AVSLUTNING: "Avslutningsanledning", "bakgrund": "Bakgrund"}


def _val(kodklass, med_slug: bool = True) -> list[tuple[str, str]]:
    return [*ALLA, *((kod.slug if med_slug else str(kod.value), kod.label) for kod in kodklass)]


class DeltagareForm(PeriodForm):
    huvudfalt: ClassVar[list[str]] = ["typ", "fran", "till", "niva", "organisation"]

    typ = forms.ChoiceField(
        label="Rapporttyp",
        widget=forms.Select(attrs=BRED),
        choices=[("avslutningsanledning", "Avslutningsanledning"), ("bakgrund", "Bakgrund")],
    )
    kommun = KodField(label="Kommun", queryset=Kommun.objects.none(), empty_label="Alla")
    kon = forms.ChoiceField(label="Kön", required=False, widget=forms.Select(attrs=SMAL), choices=_val(Kon))
    alder = forms.ChoiceField(
        label="Ålder vid start",
        required=False,
        widget=forms.Select(attrs=SMAL),
        choices=[*ALLA, *((band, band.rubrik) for band in Aldersband)],
    )
    utbildning = forms.ChoiceField(label="Utbildning", required=False, widget=forms.Select(attrs=BRED), choices=_val(Utbildning))
    tid_forsorjning = forms.ChoiceField(
        label="Tid i offentlig försörjning", required=False, widget=forms.Select(attrs=SMAL), choices=_val(TidForsorjning)
    )
    forsorjning_fore = forms.ChoiceField(
        label="Försörjning före", required=False, widget=forms.Select(attrs=BRED), choices=_val(Forsorjning)
    )
    avslutningsanledning = forms.ChoiceField(
        label="Avslutningsanledning",
        required=False,
        widget=forms.Select(attrs=BRED),
        choices=[*ALLA, *((str(kod.value), kod.label) for kod in Avslutningsanledning if kod.value not in (6, 8))],
    )
    status = forms.ChoiceField(
        label="Deltagarstatus",
        required=False,
        initial="alla",
        widget=forms.Select(attrs=SMAL),
        choices=[("alla", "Alla"), ("pagaende", "Pågående vid periodens slut"), ("avslutade", "Avslutade under perioden")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kommun: Any = self.fields["kommun"]
        kommun.queryset = Kommun.objects.all()

    def personfilter(self) -> dict[str, object]:
        """The filters on persons as the codes that facts hold."""
        data = self.cleaned_data
        koder: dict[str, Any] = {"kon": Kon, "utbildning": Utbildning, "tid_forsorjning": TidForsorjning, "forsorjning_fore": Forsorjning}
        filter_ = {namn: klass.fran_slug(data[namn]).value for namn, klass in koder.items() if data.get(namn)}
        if data.get("alder"):
            filter_["alder"] = data["alder"]
        if data.get("avslutningsanledning"):
            filter_["avslutningsanledning"] = int(data["avslutningsanledning"])
        if data.get("kommun"):
            filter_["kommun"] = data["kommun"].pk
        if data.get("status") not in ("", None, "alla"):
            filter_["status"] = data["status"]
        return filter_


class Deltagarrapport(Definition):
    """Deltaganden with personuppgifter. Avslutningsanledning: base avslutade. Bakgrund: base antal; shares of all of them."""

    nyckel = "deltagare"
    meny = "Deltagare"
    titel = "Deltagarrapport"
    ingress = "Vilka deltagarna är och varför de har avslutats. Bygger på deltagare som är registrerade med personuppgifter."
    form_class = DeltagareForm
    kraver_exakt = True

    def slag(self, val: Mapping) -> str:
        return f"Deltagarrapport, {TYPER[val['typ']].lower()}"

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        tackning = _tackningstabell(motor)
        if val["typ"] == AVSLUTNING:
            return [tackning, _avslutningsanledning(motor, tackning)]
        return [tackning, *_bakgrund(motor)]

    def diagram(self, tabeller: Mapping[str, Tabell], urval: Urval) -> list[Diagram]:
        return [_kondiagram(tabell) for nyckel, tabell in tabeller.items() if nyckel not in ("tackning", "kommun") and tabell.rader]

    def tackning(self, tabeller: Mapping[str, Tabell], urval: Urval) -> Tackning | None:
        personuppgifter, anonyma, aterkallade, volym, del_, _ = tabeller["tackning"].rader[0].celler
        alla = sum(varde for varde in (personuppgifter, anonyma, aterkallade) if isinstance(varde, int))
        if not isinstance(del_, int):
            return None
        text = (
            f"{antal(_heltal(personuppgifter))} av {antal(alla)} deltagare ({procent(del_)}) är registrerade med personuppgifter, "
            f"{antal(_heltal(anonyma))} är anonyma och {antal(_heltal(aterkallade))} har återtagit samtycket."
        )
        return Tackning(f"{text} I volyminsatser räknades {antal(_heltal(volym))}." if volym else text, del_)

    def definitioner(self, val: Mapping, urval: Urval) -> list[tuple[str, str]]:
        allmant = [
            (
                "Täckning",
                "deltagare med personuppgifter av alla, med anonyma och återtagna samtycken. Volyminsatser ingår inte.",
            ),
            ("Anonyma och återtagna samtycken", f"räknas per kalenderår och gäller hela {lista_i_ord([str(ar) for ar in urval.ar])}."),
            (UNIKA.rubrik, UNIKA.forklaring),
        ]
        if val["typ"] == AVSLUTNING:
            return [(AVSLUTADE_MATT.rubrik, AVSLUTADE_MATT.forklaring), *allmant]
        return [
            (ANTAL.rubrik, ANTAL.forklaring),
            (
                "Andel",
                "antalet delat med alla i tabellen, avrundat till hela procent. Summan av andelarna behöver inte bli 100.",
            ),
            ("Ålder", "ålder den dag deltagaren började i insatsen."),
            ("Utbildning och tid i offentlig försörjning", "så som det var när deltagaren började i insatsen."),
            *allmant,
        ]


def _heltal(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _tackningstabell(motor: Motor) -> Tabell:
    """How much of all participation the report rests on."""
    matt, ar = motor.rakna([ANTAL, UNIKA], [()]).rad(), motor.arsvarden().rad()
    deltaganden, anonyma, aterkallade, volym, unika = map(
        _heltal, (matt["antal"], ar["anonyma"], ar["aterkallade"], ar["antal_volym"], matt["unika"])
    )
    kolumner = (
        Kolumn("personuppgifter", "Med personuppgifter", Typ.ANTAL),
        Kolumn("anonyma", "Anonyma", Typ.ANTAL),
        Kolumn("aterkallade", "Återtagna samtycken", Typ.ANTAL),
        Kolumn("antal_volym", "I volyminsatser", Typ.ANTAL),
        Kolumn("andel", "Täckning", Typ.ANDEL),
        Kolumn("unika", "Unika personer", Typ.ANTAL),
    )
    celler = (deltaganden, anonyma, aterkallade, volym, andel(deltaganden, deltaganden + anonyma + aterkallade), unika)
    return Tabell("tackning", "Täckning", kolumner, (Rad(celler),))


def _avslutningsanledning(motor: Motor, tackning: Tabell) -> Tabell:
    """Only reasons in use. Återtagna samtycken stand below, outside the total: no row is left of them."""
    utfall = motor.rakna([AVSLUTADE_MATT], _grupperingar(AVSLUTNING))
    koder = sorted(grupp[AVSLUTNING] for grupp in utfall.grupper(AVSLUTNING) if grupp[AVSLUTNING] is not None)
    rader = [
        Rad((str(Avslutningsanledning(kod).label), *_per_kon(utfall, AVSLUTADE_MATT, **{AVSLUTNING: kod})), kort=KORTA.get(kod, ""))
        for kod in koder
        if utfall.rad(**{AVSLUTNING: kod})["avslutade"]
    ]
    aterkallade = _heltal(tackning.kolumn("aterkallade")[0])
    return Tabell(
        AVSLUTNING,
        "Avslutningsanledning",
        (Kolumn("anledning", "Avslutningsanledning"), *KON),
        tuple(rader),
        Rad(("Totalt", *_per_kon(utfall, AVSLUTADE_MATT))),
        noter=(f"Återtagna samtycken {lista_i_ord([str(ar) for ar in motor.urval.ar])}: {antal(aterkallade)}. De ingår inte i totalt.",),
    )


def _bakgrund(motor: Motor) -> list[Tabell]:
    delar = [gruppering for namn in ("utbildning", "alder", "tid_forsorjning") for gruppering in _grupperingar(namn, grund=False)]
    utfall = motor.rakna([ANTAL], [*delar, *_grund()])
    tabeller = [
        _fordelning(utfall, "utbildning", "Utbildning", "Utbildningsnivå", UTBILDNING),
        _fordelning(utfall, "alder", "Ålder vid start", "Ålder", ALDER, per_kon=True),
        _fordelning(utfall, "tid_forsorjning", "Tid i offentlig försörjning", "Tid", TID),
    ]
    return [*tabeller, _kommuntabell(motor)]


def _fordelning(utfall: Resultat, nyckel: str, titel: str, rubrik: str, rader: Iterable[tuple[str, str]], per_kon: bool = False) -> Tabell:
    """Every category, in use or not, with its share of all."""
    alla = utfall.rad()["antal"]
    kolumner: tuple[Kolumn, ...] = (Kolumn("kategori", rubrik), *KON, Kolumn("andel", "Andel", Typ.ANDEL))
    if per_kon:
        kolumner += (Kolumn("andel_kvinna", "Andel kvinnor av alla", Typ.ANDEL), Kolumn("andel_man", "Andel män av alla", Typ.ANDEL))

    def celler(text: str, **grupp: Any) -> Rad:
        kvinna, man, totalt = _per_kon(utfall, ANTAL, **grupp)
        delar = [totalt, kvinna, man] if per_kon else [totalt]
        return Rad((text, kvinna, man, totalt, *(andel(del_, alla) for del_ in delar)))

    return Tabell(nyckel, titel, kolumner, tuple(celler(text, **{nyckel: kod}) for kod, text in rader), celler("Totalt"))


def _kommuntabell(motor: Motor) -> Tabell:
    """Where the participants live: kommun, or stadsdel where there are such. Only places in use."""
    utfall = motor.rakna([ANTAL], [*_grupperingar("kommun", "stadsdel", grund=False), *_grund()])
    namn = motor.platser()
    platser = [(grupp["kommun"], grupp["stadsdel"]) for grupp in utfall.grupper("kommun", "stadsdel")]
    texter = {plats: _platsnamn(namn, *plats) for plats in platser}
    rader = [
        Rad((texter[plats], *_per_kon(utfall, ANTAL, kommun=plats[0], stadsdel=plats[1])))
        for plats in sorted(platser, key=lambda plats: sortnyckel(texter[plats]))
    ]
    return Tabell("kommun", "Kommun", (Kolumn("kommun", "Kommun"), *KON), tuple(rader), Rad(("Totalt", *_per_kon(utfall, ANTAL))))


def _platsnamn(namn: Mapping[tuple[str, int | None], str], kommun: str, stadsdel: int | None) -> str:
    return f"{namn[kommun, None]}, {namn[kommun, stadsdel]}" if stadsdel else namn[kommun, None]


def _grund() -> list[tuple[str, ...]]:
    return [("kon",), ()]


def _grupperingar(*dimensioner: str, grund: bool = True) -> list[tuple[str, ...]]:
    """The dimensions, and the same split by kön; with `grund` also all together."""
    return [(*dimensioner, "kon"), dimensioner, *(_grund() if grund else [])]


def _per_kon(utfall: Resultat, matt: Matt, **grupp: Any) -> tuple[int, int, int]:
    """Kvinna, man, totalt; each its own count."""
    kvinna, man = (utfall.rad(kon=kon.value, **grupp)[matt.slug] for kon in (Kon.KVINNA, Kon.MAN))
    return kvinna, man, utfall.rad(**grupp)[matt.slug]


def _totalt(rad: Rad) -> int:
    return _heltal(rad.celler[3])


def _kondiagram(tabell: Tabell) -> Diagram:
    rader = tuple(Stapelrad(rad.kort or kortad(str(rad.celler[0])), rad.celler[1:3]) for rad in tabell.rader)
    flest = max(tabell.rader, key=_totalt)
    totalt = _totalt(tabell.summa) if tabell.summa else 0
    fynd = f"Flest finns i {flest.celler[0]}: {antal(_totalt(flest))} av {antal(totalt)}."
    return Diagram(
        tabell.nyckel,
        tabell.titel,
        f"Antal kvinnor och män, {antal(totalt)} tillsammans",
        fynd,
        (Serie("Kvinna", 1), Serie("Man", 2)),
        rader,
    )
