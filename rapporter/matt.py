"""The measures, each once (docs/regler.md 10.2): what is counted, and the words that explain it.

Let s be the start, e the end or none and [F, T] the period, both ends included. Felregistreringar and återtagna samtycken have
no row to count. `sql` is a condition or an aggregate over the columns of vagg.faktum with the parameters fran and till.
"""

from dataclasses import dataclass

from deltagare.koder import Avslutningsanledning

RORDE_PERIODEN = "startdatum <= %(till)s AND (slutdatum IS NULL OR slutdatum >= %(fran)s)"
AVSLUTADE = "slutdatum BETWEEN %(fran)s AND %(till)s"
MATTA = f"{AVSLUTADE} AND avslutningsanledning <> {Avslutningsanledning.UTAN_MATNING.value}"
ARBETAR_ELLER_STUDERAR = "(arbete_{0} IS NOT NULL OR studier_{0} IS NOT NULL)"


@dataclass(frozen=True)
class Matt:
    """One measure. `sql` is a condition whose rows are counted, unless `aggregat` is True: then it is the whole expression."""

    slug: str
    rubrik: str
    forklaring: str
    sql: str
    aggregat: bool = False

    @property
    def uttryck(self) -> str:
        return self.sql if self.aggregat else f"count(*) FILTER (WHERE {self.sql})"


# Counts: deltaganden, not persons, unless the measure says otherwise.
ANTAL = Matt(
    "antal",
    "Antal",
    "deltagare med personuppgifter som någon dag under perioden var med i insatsen. Den som är med i två insatser räknas i båda.",
    RORDE_PERIODEN,
)
INGAENDE = Matt(
    "ingaende",
    "Ingående",
    "deltagare som var med redan när perioden började.",
    "startdatum < %(fran)s AND (slutdatum IS NULL OR slutdatum >= %(fran)s)",
)
NYA = Matt("nya", "Nya", "deltagare med startdag under perioden.", "startdatum BETWEEN %(fran)s AND %(till)s")
AVSLUTADE_MATT = Matt("avslutade", "Avslutade", "deltagare med avslutningsdatum under perioden, oavsett anledning.", AVSLUTADE)
PAGAENDE = Matt(
    "pagaende",
    "Pågående",
    "deltagare som inte är utregistrerade den sista dagen i perioden.",
    "startdatum <= %(till)s AND (slutdatum IS NULL OR slutdatum > %(till)s)",
)
UNIKA = Matt(
    "unika",
    "Unika personer",
    "olika personer bland deltagarna. Den som är med i flera insatser räknas en gång.",
    f"count(DISTINCT person_nr) FILTER (WHERE {RORDE_PERIODEN})",
    aggregat=True,
)

# Base of every comparison before and after: ended with a second measurement. Reason 7 (utan mätning) is left out.
AVSLUTADE_MED_MATNING = Matt(
    "avslutade_med_matning", "Avslutade med mätning", "avslutade deltagare med svar om situationen efter insatsen.", MATTA
)


def _matta(slug: str, rubrik: str, forklaring: str, villkor: str) -> list[Matt]:
    """The same measure before and after, among those ended with measurement. Denominator of its share: avslutade_med_matning."""
    return [Matt(f"{slug}_{nar}", f"{rubrik} {nar}", forklaring, f"{MATTA} AND {villkor.format(nar)}") for nar in ("fore", "efter")]


ARBETAR = _matta("arbetar", "Arbetar", "svarade Ja på om de arbetar.", "arbete_{0} IS NOT NULL")
STUDERAR = _matta("studerar", "Studerar", "svarade Ja på om de studerar.", "studier_{0} IS NOT NULL")
ARBETE_ELLER_STUDIER = _matta(
    "arbete_eller_studier", "Arbete och/eller studier", "arbetar, studerar eller gör båda; räknas en gång.", ARBETAR_ELLER_STUDERAR
)
AKTIVT_ARBETSSOKANDE_EJ = _matta(
    "aktivt_arbetssokande_ej",
    "Aktivt arbetssökande som varken arbetar eller studerar",
    "är aktivt arbetssökande och varken arbetar eller studerar.",
    f"arbetssokande_{{0}} AND NOT {ARBETAR_ELLER_STUDERAR}",
)
OVRIGA = _matta(
    "ovriga",
    "Övriga",
    "varken arbetar, studerar eller är aktivt arbetssökande.",
    f"NOT arbetssokande_{{0}} AND NOT {ARBETAR_ELLER_STUDERAR}",
)
# Numerator: works or studies after, and more of either than before (Nej = 0 %). Denominator: arbete_eller_studier_efter.
BORJAT_ELLER_OKAT = Matt(
    "borjat_eller_okat",
    "Börjat eller ökat",
    "arbetar eller studerar efter insatsen, och i större omfattning än före.",
    f"{MATTA} AND (coalesce(arbete_efter, 0) > coalesce(arbete_fore, 0) OR coalesce(studier_efter, 0) > coalesce(studier_fore, 0))",
)
# Mean per cent of full time of those who work at that measurement; those who do not are left out, not counted as 0.
MEDELARBETSTID = [
    Matt(
        f"medelarbetstid_{nar}",
        f"Medelarbetstid {nar}",
        "genomsnittlig omfattning i procent av heltid för dem som arbetar.",
        f"round(avg(arbete_{nar}) FILTER (WHERE {MATTA}))",
        aggregat=True,
    )
    for nar in ("fore", "efter")
]

MATT = {
    matt.slug: matt
    for matt in [
        ANTAL,
        INGAENDE,
        NYA,
        AVSLUTADE_MATT,
        PAGAENDE,
        UNIKA,
        AVSLUTADE_MED_MATNING,
        *ARBETAR,
        *STUDERAR,
        *ARBETE_ELLER_STUDIER,
        *AKTIVT_ARBETSSOKANDE_EJ,
        *OVRIGA,
        BORJAT_ELLER_OKAT,
        *MEDELARBETSTID,
    ]
}
