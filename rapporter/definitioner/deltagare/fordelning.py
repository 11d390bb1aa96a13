"""Who the deltagare are, why they ended and how long they were there: categories by kön."""

from collections.abc import Iterable, Mapping
from typing import Any

from deltagare.koder import TAR_BORT, Avslutningsanledning
from rapporter.definitioner.deltagare.delar import ANDEL, GRUND, KON, Rapporttyp, antal_kvinnor_och_man, grupperingar, kondiagram, per_kon
from rapporter.definitioner.deltagare.tackning import TACKNING
from rapporter.diagram import i_ord
from rapporter.matt import ANTAL, AVSLUTADE_MATT, TID_MEDEL, TID_MEDIAN, Matt
from rapporter.motor import Motor, Resultat
from rapporter.omrakning import andel_av_alla
from rapporter.rojande import GRANS
from rapporter.tabell import Cell, Diagram, Kolumn, Rad, Tabell, Typ, heltal
from rapporter.urval import Aldersband, Tidsband, Urval
from sus.core.formatering import andel
from sus.core.sortering import sortnyckel

UTBILDNING = (("grundskola", "Grundskola"), ("gymnasium", "Gymnasium"), ("eftergymnasial", "Eftergymnasial"), ("okand", "Saknas/okänd"))
TID_FORSORJNING = (
    ("1", "Upp till 1 år"),
    ("1-5", "1–5 år"),
    ("6-9", "6–9 år"),
    ("10-", "10 år eller mer"),
    ("ej", "Ej tillämpligt"),
)
# Avslutningsanledningar as a diagram has room for them.
KORTA = {
    Avslutningsanledning.TILL_ARBETE: "Till arbete, studier, arbetssökande",
    Avslutningsanledning.FORTSATT_REHABILITERING: "Fortsatt rehabilitering",
    Avslutningsanledning.SJUKDOM: "Sjukdom",
    Avslutningsanledning.FORALDRALEDIGHET: "Föräldraledighet",
    Avslutningsanledning.FLYTT: "Flytt",
    Avslutningsanledning.UTAN_MATNING: "Utan mätning",
}
FORDELNING = ("totalt",)
HALVOR = "antalet delat med alla i tabellen, avrundat till hela procent. Summan av andelarna behöver inte bli 100."


def fordelning(
    utfall: Resultat, matt: Matt, nyckel: str, titel: str, rubrik: str, rader: Iterable[tuple[Any, str]], *, per_kon_av_alla: bool = False
) -> Tabell:
    """Every category, in use or not, with its share of all."""
    alla = utfall.rad()[matt.slug]
    kolumner: tuple[Kolumn, ...] = (Kolumn("kategori", rubrik), *KON, ANDEL)
    if per_kon_av_alla:
        kolumner += (
            Kolumn("andel_kvinna", "Andel kvinnor av alla", Typ.ANDEL, raknas_om=andel_av_alla("kvinna")),
            Kolumn("andel_man", "Andel män av alla", Typ.ANDEL, raknas_om=andel_av_alla("man")),
        )

    def rad(text: str, **grupp: Any) -> Rad:
        kvinna, man, totalt = per_kon(utfall, matt, **grupp)
        delar = [totalt, kvinna, man] if per_kon_av_alla else [totalt]
        return Rad((text, kvinna, man, totalt, *(andel(del_, alla) for del_ in delar)))

    skrivna = tuple(rad(text, **{nyckel: kod}) for kod, text in rader)
    return Tabell(nyckel, titel, kolumner, skrivna, rad("Totalt"), underlag={"": alla}, fordelning=FORDELNING)


class Bakgrund(Rapporttyp):
    """Education, age at start, time with offentlig försörjning and kommun: deltagare of each ÷ antal. Nobody is left out."""

    nyckel = "bakgrund"
    rubrik = "Bakgrund"

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        delar = [gruppering for namn in ("utbildning", "alder", "tid_forsorjning") for gruppering in grupperingar(namn)]
        utfall = motor.rakna([ANTAL], [*delar, *GRUND])
        alder = [(str(band), band.rubrik) for band in Aldersband]
        return [
            fordelning(utfall, ANTAL, "utbildning", "Utbildning", "Utbildningsnivå", UTBILDNING),
            fordelning(utfall, ANTAL, "alder", "Ålder vid start", "Ålder", alder, per_kon_av_alla=True),
            fordelning(utfall, ANTAL, "tid_forsorjning", "Tid i offentlig försörjning", "Tid", TID_FORSORJNING),
            _kommuntabell(motor),
        ]

    def diagram(self, tabeller: Mapping[str, Tabell]) -> list[Diagram]:
        visade = [tabeller[namn] for namn in ("utbildning", "alder", "tid_forsorjning") if tabeller[namn].rader]
        return [kondiagram(tabell, antal_kvinnor_och_man(tabell, "deltagare")) for tabell in visade]

    def definitioner(self, val: Mapping) -> list[tuple[str, str]]:
        return [
            (ANTAL.rubrik, ANTAL.forklaring),
            ("Andel", HALVOR),
            ("Ålder", "ålder den dag deltagaren började i insatsen."),
            ("Utbildning och tid i offentlig försörjning", "så som det var när deltagaren började i insatsen."),
        ]


def _kommuntabell(motor: Motor) -> Tabell:
    """Where the deltagare live: kommun, or stadsdel where there are such. Only places in use; protected, the small ones are one row."""
    utfall = motor.rakna([ANTAL], [*grupperingar("kommun", "stadsdel"), *GRUND])
    namn = motor.platser()
    texter = {
        (grupp["kommun"], grupp["stadsdel"]): _platsnamn(namn, grupp["kommun"], grupp["stadsdel"])
        for grupp in utfall.grupper("kommun", "stadsdel")
    }
    rader = [
        Rad((text, *per_kon(utfall, ANTAL, kommun=plats[0], stadsdel=plats[1])))
        for plats, text in sorted(texter.items(), key=lambda par: sortnyckel(par[1]))
    ]
    summa = Rad(("Totalt", *per_kon(utfall, ANTAL)))
    kolumner = (Kolumn("kommun", "Kommun"), *KON)
    skyddad = Tabell("kommun", "Kommun", kolumner, _utan_sma(rader), summa, underlag={"": heltal(summa.celler[3])}, fordelning=FORDELNING)
    return Tabell("kommun", "Kommun", kolumner, tuple(rader), summa, skyddad=skyddad)


def _utan_sma(rader: list[Rad]) -> tuple[Rad, ...]:
    """A row of its own would tell that somebody lives there."""
    stora = [rad for rad in rader if heltal(rad.celler[3]) >= GRANS]
    sma = [rad for rad in rader if heltal(rad.celler[3]) < GRANS]
    return (*stora, Rad(("Övriga kommuner", *(sum(heltal(rad.celler[nr]) for rad in sma) for nr in (1, 2, 3)))))


def _platsnamn(namn: Mapping[tuple[str, int | None], str], kommun: str, stadsdel: int | None) -> str:
    return f"{namn[kommun, None]}, {namn[kommun, stadsdel]}" if stadsdel else namn[kommun, None]


class AvslutningsanledningTyp(Rapporttyp):
    """Deltagare who ended, by reason ÷ avslutade. Återtagna samtycken and felregistreringar have left no row to count."""

    nyckel = "avslutningsanledning"
    rubrik = "Avslutningsanledning"
    bara_avslutade = True

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        """Only reasons in use; protected, all of them: which are in use would tell that somebody ended so."""
        utfall = motor.rakna([AVSLUTADE_MATT], [*grupperingar(self.nyckel), *GRUND])
        alla = utfall.rad()[AVSLUTADE_MATT.slug]

        def rad(text: str, kort: str = "", **grupp: Any) -> Rad:
            celler: tuple[Cell, ...] = per_kon(utfall, AVSLUTADE_MATT, **grupp)
            return Rad((text, *celler, *((andel(heltal(celler[2]), alla),) if val.get("jamfor") else ())), kort=kort)

        rader = tuple(
            rad(str(kod.label), KORTA.get(kod, ""), avslutningsanledning=kod.value) for kod in Avslutningsanledning if kod not in TAR_BORT
        )
        kolumner = (Kolumn("anledning", "Avslutningsanledning"), *KON, *((ANDEL,) if val.get("jamfor") else ()))
        skyddad = Tabell(self.nyckel, self.rubrik, kolumner, rader, rad("Totalt"), underlag={"": alla}, fordelning=FORDELNING)
        anvanda = tuple(rad for rad in rader if rad.celler[3])
        return [Tabell(self.nyckel, self.rubrik, kolumner, anvanda, skyddad.summa, skyddad=skyddad)]

    def diagram(self, tabeller: Mapping[str, Tabell]) -> list[Diagram]:
        tabell = tabeller[self.nyckel]
        return [kondiagram(tabell, antal_kvinnor_och_man(tabell, "avslutade"))] if tabell.rader else []

    def noter(self, tabeller: Mapping[str, Tabell], urval: Urval) -> dict[str, tuple[str, ...]]:
        aterkallade = tabeller[TACKNING].kolumn("aterkallade")[0]
        return {self.nyckel: (f"Återtagna samtycken {urval.ar_i_ord}: {i_ord(aterkallade)}. De ingår inte i totalt.",)}

    def definitioner(self, val: Mapping) -> list[tuple[str, str]]:
        return [(AVSLUTADE_MATT.rubrik, AVSLUTADE_MATT.forklaring), *((("Andel", HALVOR),) if val.get("jamfor") else ())]


class TidIInsats(Rapporttyp):
    """Time from first to last day of those who ended, by length ÷ avslutade. Those who go on are left out."""

    nyckel = "tid"
    rubrik = "Tid i insats"
    bara_avslutade = True

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        utfall = motor.rakna([AVSLUTADE_MATT, TID_MEDEL, TID_MEDIAN], [*grupperingar("tid"), *GRUND])
        alla = utfall.rad()
        band = [(str(band), band.rubrik) for band in Tidsband]
        tabell = fordelning(utfall, AVSLUTADE_MATT, self.nyckel, "Tid i insatsen", "Tid", band)
        kolumner = (
            Kolumn("antal", AVSLUTADE_MATT.rubrik, Typ.ANTAL, egenskap=True),
            Kolumn("medel", "Medel, dagar", Typ.DAGAR, medel_av="antal"),
            Kolumn("median", "Median, dagar", Typ.DAGAR, medel_av="antal"),
        )
        celler = (alla[AVSLUTADE_MATT.slug], alla[TID_MEDEL.slug], alla[TID_MEDIAN.slug])
        return [tabell, Tabell("matt", "Medel och median", kolumner, (Rad(celler, huvudtal=True),), underlag={"": celler[0]})]

    def diagram(self, tabeller: Mapping[str, Tabell]) -> list[Diagram]:
        tabell = tabeller[self.nyckel]
        return [kondiagram(tabell, antal_kvinnor_och_man(tabell, "avslutade"))] if tabell.rader else []

    def definitioner(self, val: Mapping) -> list[tuple[str, str]]:
        return [
            (AVSLUTADE_MATT.rubrik, AVSLUTADE_MATT.forklaring),
            (
                "Tid i insatsen",
                "från startdag till avslutningsdatum. Pågående räknas inte. Den som var med i precis 6 månader räknas i 6–12.",
            ),
            ("Andel", HALVOR),
            (TID_MEDEL.rubrik, TID_MEDEL.forklaring),
            (TID_MEDIAN.rubrik, TID_MEDIAN.forklaring),
        ]
