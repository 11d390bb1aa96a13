"""How many began and ended, month by month."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from rapporter.definitioner.deltagare.delar import GRUND, Rapporttyp, grupperingar, per_kon
from rapporter.diagram import etikett, i_ord
from rapporter.matt import AVSLUTADE_MATT, NYA
from rapporter.motor import Motor
from rapporter.omrakning import DOLT_TAL
from rapporter.tabell import Cell, Diagram, Form, Kolumn, Rad, Serie, Stapelrad, Tabell, Typ, heltal, i_grupp
from rapporter.urval import Urval, flytta
from sus.core.formatering import MANADER, lista_i_ord

KOLUMNER = (
    Kolumn("manad", "Månad"),
    *i_grupp(
        "In",
        Kolumn("in_kvinna", "In, kvinna", Typ.ANTAL, del_av="in", bas="in"),
        Kolumn("in_man", "In, man", Typ.ANTAL, del_av="in", bas="in"),
        Kolumn("in", "In, totalt", Typ.ANTAL, egenskap=True, bas="in"),
    ),
    *i_grupp(
        "Ut",
        Kolumn("ut_kvinna", "Ut, kvinna", Typ.ANTAL, del_av="ut", bas="ut"),
        Kolumn("ut_man", "Ut, man", Typ.ANTAL, del_av="ut", bas="ut"),
        Kolumn("ut", "Ut, totalt", Typ.ANTAL, egenskap=True, bas="ut"),
    ),
)
IN, UT = 3, 6


class InUt(Rapporttyp):
    """Deltaganden that began (nya) and ended (avslutade) in each month of the period. Counts, so nobody is left out."""

    nyckel = "in-ut"
    rubrik = "In- och utregistrering per månad"
    har_andelar = False

    def tabeller(self, motor: Motor, val: Mapping) -> list[Tabell]:
        utfall = motor.rakna([NYA, AVSLUTADE_MATT], [*grupperingar("in_manad"), *grupperingar("ut_manad"), *GRUND])

        def celler(**manad: str) -> tuple[Cell, ...]:
            in_, ut = ({f"{vag}_{namn}": varde for namn, varde in manad.items()} for vag in ("in", "ut"))
            return (*per_kon(utfall, NYA, **in_), *per_kon(utfall, AVSLUTADE_MATT, **ut))

        rader = tuple(Rad((manad, *celler(manad=manad)), kort=_kort(manad)) for manad in manader(motor.urval))
        summa = Rad(("Totalt", *celler()))
        titel = "In- och utregistrerade"
        skyddad = _per_tertial(motor.urval, titel, rader, summa)
        return [Tabell(self.tabell, titel, KOLUMNER, rader, summa, skyddad=skyddad)]

    def diagram(self, tabeller: Mapping[str, Tabell]) -> list[Diagram]:
        tabell = tabeller[self.tabell]
        if not tabell.rader:
            return []
        rader = tuple(Stapelrad(etikett(rad), (rad.celler[IN], rad.celler[UT])) for rad in tabell.rader)
        summor = [(tabell.summa.celler[nr] if tabell.summa else 0, vad) for nr, vad in ((IN, "började"), (UT, "avslutade"))]
        delar = [lista_i_ord([f"{i_ord(summa)} {vad}" for summa, vad in summor if summa != DOLT_TAL])]
        flest = max(tabell.rader, key=lambda rad: heltal(rad.celler[IN]))
        if heltal(flest.celler[IN]):
            delar.append(f"Flest började {flest.celler[0]}: {i_ord(flest.celler[IN])}")
        ingress = f"Antal deltagare per {tabell.kolumner[0].rubrik.lower()}"
        if dolda := sum(any(isinstance(cell, str) for cell in rad.varden) for rad in rader):
            om_dolda = f"Antal är dolda i {dolda} av {len(rader)}"
            ingress, delar = f"{ingress}. {om_dolda}.", [*delar, om_dolda]
        fynd = " ".join(f"{del_}." for del_ in delar if del_)
        return [Diagram(self.tabell, tabell.titel, ingress, fynd, (Serie("In", 1), Serie("Ut", 2)), rader, Form.KOLUMNER)]

    def definitioner(self, val: Mapping) -> list[tuple[str, str]]:
        return [
            ("In", "deltagare med startdag i månaden."),
            ("Ut", "deltagare med avslutningsdatum i månaden, oavsett anledning."),
        ]


def manader(urval: Urval) -> Iterator[str]:
    """The months of the period, as ÅÅÅÅ-MM."""
    manad = urval.fran.replace(day=1)
    while manad <= urval.till:
        yield f"{manad:%Y-%m}"
        manad = flytta(manad, 1)


def _kort(manad: str) -> str:
    return f"{MANADER[int(manad[5:]) - 1][:3]} {manad[2:4]}"


def _per_tertial(urval: Urval, titel: str, rader: tuple[Rad, ...], summa: Rad) -> Tabell:
    """The months put together: what the protected version shows. A half-year is no whole tertial and stands as one row."""
    halvar = (urval.fran.month, urval.till.month) in ((1, 6), (7, 12))

    def del_av_ar(rad: Rad) -> str:
        ar, manad = str(rad.celler[0])[:4], int(str(rad.celler[0])[5:])
        return f"{ar} H{(manad - 1) // 6 + 1}" if halvar else f"{ar} T{(manad - 1) // 4 + 1}"

    grupper = ((namn, list(grupp)) for namn, grupp in groupby(rader, key=del_av_ar))

    def ihop(grupp: list[Rad]) -> list[int]:
        return [sum(heltal(rad.celler[nr]) for rad in grupp) for nr in range(1, len(KOLUMNER))]

    skrivna = tuple(Rad((namn, *ihop(grupp)), huvudtal=True) for namn, grupp in grupper)
    kolumner = (Kolumn("manad", "Halvår" if halvar else "Tertial"), *KOLUMNER[1:])
    noter = (f"Månaderna är hopräknade till {'halvår' if halvar else 'tertial'}, för att ingen ska kunna kännas igen.",)
    underlag = {"in": heltal(summa.celler[IN]), "ut": heltal(summa.celler[UT])}
    return Tabell("in_ut", titel, kolumner, skrivna, summa, noter=noter, underlag=underlag)
