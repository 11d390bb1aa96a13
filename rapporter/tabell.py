"""Plain values between the engine and the renderers: no HTML, no database."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

Cell = str | int | date | None
Namn = tuple[Cell, ...]  # what a row is known by: its cells that are no numbers

# The protected cells of a row by column, and the protected base of its shares, into one more cell.
Omrakning = Callable[[Mapping[str, Cell], Cell], Cell]


def heltal(cell: Cell) -> int:
    """A count; what is hidden or unknown adds nothing."""
    return cell if isinstance(cell, int) else 0


class Typ(StrEnum):
    """What a column holds. Every renderer maps it to its own format; JSON prints the value."""

    TEXT = "text"
    ANTAL = "antal"
    KRONOR = "kronor"
    ANDEL = "andel"
    DATUM = "datum"
    DAGAR = "dagar"


@dataclass(frozen=True)
class Kolumn:
    """A column. `tom_nolla`: people see zero as nothing. `tecken`: a change, which people read with its sign.

    `grupper` are the headings that people see above it and its neighbours, outermost first, and `kort` its own heading under them;
    CSV and JSON have `rubrik`, which says it all.

    The rest are marks for the röjandekontroll (skydd.py); a column without any is printed as it is, so every figure about deltagare
    has exactly one of the first five. `personer`: a head count without attributes, rule 7. `egenskap`: a count of those who have
    something in common, rule 3. `del_av`: such a count of one kön, a part of the column named here, rule 4. `raknas_om`: a share or
    a change, made anew of protected cells (omrakning.py), rule 6. `medel_av`: a mean or median, of as many as the column named here
    counts, rule 6. `bas`: which of the table's bases the column rests on, where there are several. `vittne`: only weighed, never printed:
    the kvinnor and män of a count that are printed in another table, rule 8. `rest_av`: the head count of which those who are not
    counted are weighed too, rule 8.
    """

    nyckel: str
    rubrik: str
    typ: Typ = Typ.TEXT
    personer: bool = False
    tom_nolla: bool = False
    tecken: bool = False
    egenskap: bool = False
    del_av: str = ""
    raknas_om: Omrakning | None = None
    medel_av: str = ""
    bas: str = ""
    vittne: bool = False
    rest_av: str = ""
    grupper: tuple[str, ...] = ()
    kort: str = ""

    @property
    def om_deltagare(self) -> bool:
        return bool(self.personer or self.egenskap or self.del_av or self.raknas_om or self.medel_av)

    @property
    def ar_tal(self) -> bool:
        return self.typ in (Typ.ANTAL, Typ.KRONOR, Typ.ANDEL, Typ.DAGAR)


def i_grupp(rubrik: str, *kolumner: Kolumn) -> tuple[Kolumn, ...]:
    """The columns under a heading that they have in common and their own begin with: "Före, kvinna" is Kvinna under Före."""

    def under(kolumn: Kolumn) -> Kolumn:
        egen = kolumn.kort or kolumn.rubrik.removeprefix(f"{rubrik}, ")
        return replace(kolumn, grupper=(rubrik, *kolumn.grupper), kort=egen[:1].upper() + egen[1:])

    return tuple(under(kolumn) for kolumn in kolumner)


@dataclass(frozen=True)
class Rad:
    """A row's cells, and how many insatser with personuppgifter stand behind its head counts.

    `hela` is True when the row sums whole samverkansorganisationer: what rule 7 calls organisation level. `inom` is True when those
    whom it counts all stand in another row of the table too, rule 5. `alla` is the table's `alla` for one row, where they differ.
    `huvudtal` is True when the row counts everybody in the selection, or in a part of its period, and is no sum row.
    `lank` is the address of the page about what the row shows, `kort` a shorter heading for diagrams.
    """

    celler: tuple[Cell, ...]
    insatser: int = 1
    hela: bool = False
    inom: bool = False
    alla: int | None = None
    huvudtal: bool = False
    lank: str = ""
    kort: str = ""


FORDELAS = "fordelas"
JAMFORS_MED = "Jämförs med"  # names the units beside the own in the selection as it is printed


@dataclass(frozen=True)
class Tabell:
    """One table. `delsummor` are (index of the row they follow, row). `noter` are sentences printed under it.

    `rubrik` heads the page of a wide table on paper. `visade` are the columns that people see, empty for all; `ar_valda` is True
    when the user picked them. `kapitel` is the chapter of a long report where the table stands.
    `sorteras`: its headings are links that put its rows in another order; `sortering` is the column of the order, "-" before it for the
    largest first.

    For the röjandekontroll: `underlag` makes it a table about attributes; it holds how many deltagare the table is about, the true
    n of rule 2, by the columns' `bas` (several where units are compared, {"": n} else). `alla` is the exact head count that n and the
    counts are parts of, where there is one, rule 3. `fordelning` are the columns whose rows are each a part of that n, rule 5, or of a
    larger number that stands in `underlag` as FORDELAS; `andra_rader` are those of its rows that stand in other tables only: one that
    tells them must not be shown when this one is hidden.
    `bas_i` is where the base of its shares is printed, when that is another table: its key, the number of the row, and the column.
    `skyddad` is the table to protect instead of this one, with marks of its own, where the very rows would tell: only reasons in use,
    single months. `visas_inte` is the sentence that stands in place of the rows.
    """

    nyckel: str
    titel: str
    kolumner: tuple[Kolumn, ...]
    rader: tuple[Rad, ...]
    summa: Rad | None = None
    delsummor: tuple[tuple[int, Rad], ...] = ()
    noter: tuple[str, ...] = ()
    bred: bool = False
    rubrik: str = ""
    visade: tuple[str, ...] = ()
    ar_valda: bool = False
    underlag: Mapping[str, int] = field(default_factory=dict)
    alla: int | None = None
    fordelning: tuple[str, ...] = ()
    andra_rader: tuple[Rad, ...] = ()
    bas_i: tuple[str, int, str] | None = None
    skyddad: "Tabell | None" = None
    kapitel: str = ""
    sorteras: bool = False
    sortering: str = ""
    visas_inte: str = ""

    def i_kapitel(self, rubrik: str) -> "Tabell":
        return replace(self, kapitel=rubrik, skyddad=self.skyddad and self.skyddad.i_kapitel(rubrik))

    def med_delsummor(self) -> Iterator[tuple[Rad, bool]]:
        """(row, is a subtotal) in printed order."""
        efter: dict[int, list[Rad]] = {}
        for index, rad in self.delsummor:
            efter.setdefault(index, []).append(rad)
        for index, rad in enumerate(self.rader):
            yield rad, False
            for delsumma in efter.get(index, []):
                yield delsumma, True

    def visad(self) -> "Tabell":
        """The table with only the columns that people see."""
        visade = [kolumn.nyckel for kolumn in self.kolumner if not self.visade or kolumn.nyckel in self.visade]
        return self if len(visade) == len(self.kolumner) else replace(self.med_kolumner(visade), visade=())

    def med_kolumner(self, nycklar: Collection[str]) -> "Tabell":
        """The table with only these columns."""
        platser = [nr for nr, kolumn in enumerate(self.kolumner) if kolumn.nyckel in nycklar]

        def smal(rad: Rad) -> Rad:
            return replace(rad, celler=tuple(rad.celler[nr] for nr in platser))

        return replace(self.med_rader(smal), kolumner=tuple(self.kolumner[nr] for nr in platser))

    def med_rader(self, ny: Callable[[Rad], Rad]) -> "Tabell":
        """The table with another row in the place of each, sums among them."""
        return replace(
            self,
            rader=tuple(map(ny, self.rader)),
            delsummor=tuple((index, ny(rad)) for index, rad in self.delsummor),
            summa=self.summa and ny(self.summa),
        )

    @property
    def om_deltagare(self) -> bool:
        return any(kolumn.om_deltagare for kolumn in self.kolumner)

    def namn(self, rad: Rad) -> Namn:
        return tuple(cell for kolumn, cell in zip(self.kolumner, rad.celler, strict=True) if not kolumn.ar_tal)

    def alla_i(self, rad: Rad) -> int | None:
        """The exact head count that the row's counts are parts of."""
        return self.alla if rad.alla is None else rad.alla

    def efter_namn(self) -> dict[Namn, Rad]:
        """Every row, sums among them, to be found in the same table of other deltagare."""
        return {self.namn(rad): rad for rad in (*self.rader, *(rad for _, rad in self.delsummor), *filter(None, [self.summa]))}

    def kolumn(self, nyckel: str) -> list[Cell]:
        """The cells of one column, row by row, without sums."""
        plats = [kolumn.nyckel for kolumn in self.kolumner].index(nyckel)
        return [rad.celler[plats] for rad in self.rader]

    @property
    def visar_kon(self) -> bool:
        """Whether any row tells how many of its count are kvinnor or män."""
        return any(isinstance(cell, int) for kolumn in self.kolumner if kolumn.del_av for cell in self.kolumn(kolumn.nyckel))


@dataclass(frozen=True)
class Serie:
    """A series of bars: `stil` 1 is dark, 2 is light with an outline."""

    namn: str
    stil: int = 1


@dataclass(frozen=True)
class Stapelrad:
    """A label and one cell per series. `stil` overrides the series' own look, `texter` is written instead of the cells."""

    etikett: str
    varden: tuple[Cell, ...]
    stil: int | None = None
    texter: tuple[str, ...] = ()


class Form(StrEnum):
    """Horizontal bars for categories, upright columns for a course of time; to compare, dots for shares and parts of a whole."""

    STAPLAR = "staplar"
    KOLUMNER = "kolumner"
    PUNKTER = "punkter"
    DELAR = "delar"


@dataclass(frozen=True)
class Diagram:
    """A drawing of cells that are taken from protected tables only. `fynd` says in words what it shows.

    `storst` is what the scale of dots reaches at least, so that diagrams that stand together can be compared.
    """

    nyckel: str
    titel: str
    ingress: str
    fynd: str
    serier: tuple[Serie, ...]
    rader: tuple[Stapelrad, ...]
    form: Form = Form.STAPLAR
    storst: int = 0

    @property
    def tal(self) -> list[int]:
        """The values that are shown."""
        return [varde for rad in self.rader for varde in rad.varden if isinstance(varde, int)]

    @property
    def visar_nagot(self) -> bool:
        """False when no cell is above zero, or none that is shown: then there is nothing to draw."""
        return any(tal > 0 for tal in self.tal)


@dataclass(frozen=True)
class Tackning:
    """How complete the figures are: a percentage of the whole, or None when there is none, and the sentence about it.

    `rubrik` is what the percentage is called: "Underlag" for those measured among those who ended.
    """

    text: str
    andel: int | None = None
    rubrik: str = "Täckning"


@dataclass(frozen=True)
class Stycke:
    """A paragraph of a text, or a heading in it."""

    text: str
    ar_rubrik: bool = False


@dataclass(frozen=True)
class Redogorelse:
    """A text that somebody has written, open to all: what it is about, its own heading, and the figures that stand above it."""

    om: str
    rubrik: str
    fakta: tuple[tuple[str, str], ...]
    stycken: tuple[Stycke, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(stycke.text for stycke in self.stycken)


@dataclass(frozen=True)
class Rapport:
    """A whole report, protected and ready to print."""

    nyckel: str
    titel: str
    omslag: str
    plats: str
    urval: tuple[tuple[str, str], ...]
    tabeller: tuple[Tabell, ...]
    definitioner: tuple[tuple[str, str], ...]
    skydd: str
    spridning: str
    spridning_mer: str
    rojandekontroll: str
    hamtad: datetime
    framtagen_av: str
    diagram: tuple[Diagram, ...] = ()
    notiser: tuple[str, ...] = ()
    tackning: Tackning | None = None
    redogorelser: tuple[Redogorelse, ...] = ()
    filnamn: str = "rapport"

    @property
    def ar_exakt(self) -> bool:
        return self.skydd == "exakt"

    def med_diagram(self, nyckel: str) -> "Rapport":
        """The report with that diagram only, as a file of its own."""
        return replace(
            self, diagram=tuple(diagram for diagram in self.diagram if diagram.nyckel == nyckel), filnamn=f"{self.filnamn}-{nyckel}"
        )

    @property
    def visa_tackning(self) -> bool:
        """A coverage that a notice already tells is not told twice on the page."""
        return self.tackning is not None and (self.tackning.andel is not None or not self.notiser)

    @property
    def spridningstext(self) -> str:
        """Who may spread it, as the page says it."""
        return f"{self.spridning}. {self.spridning_mer}".strip()

    @property
    def skyddstext(self) -> str:
        """What the page says first of a protected report."""
        return f"{self.spridning}.{' Små tal om deltagare är dolda eller avrundade.' if self.om_deltagare else ''}"

    @property
    def om_deltagare(self) -> bool:
        return any(tabell.om_deltagare for tabell in self.tabeller)
