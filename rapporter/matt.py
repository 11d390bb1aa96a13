"""The measures, each once (docs/regler.md 10.2): what is counted, and the words that explain it.

Let s be the start, e the end or none and [F, T] the period, both ends included. Felregistreringar and återtagna samtycken have
no row to count. `sql` is a condition or an aggregate over the columns of vagg.faktum with the parameters fran and till.
"""

from dataclasses import dataclass

from deltagare.koder import Arbetstyp, Avslutningsanledning, Forsorjning

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
    "avslutade_med_matning",
    "Avslutade med mätning",
    "avslutade deltagare med svar om situationen efter insatsen. De som avslutats utan mätning räknas inte med.",
    MATTA,
)


def _matta(slug: str, rubrik: str, forklaring: str, villkor: str) -> list[Matt]:
    """The same measure before and after, among those ended with measurement. Denominator of its share: avslutade_med_matning."""
    return [Matt(f"{slug}_{nar}", rubrik, forklaring, f"{MATTA} AND {villkor.format(nar)}") for nar in ("fore", "efter")]


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


def _medel(slug: str, rubrik: str, vad: str, kolumn: str) -> list[Matt]:
    """Mean per cent of full time of those who do it at that measurement; those who do not are left out, not counted as 0."""
    forklaring = f"genomsnittlig omfattning i procent av heltid för dem som {vad} vid mättillfället. Övriga räknas inte med."
    return [
        Matt(f"{slug}_{nar}", rubrik, forklaring, f"round(avg({kolumn}_{nar}) FILTER (WHERE {MATTA}))", aggregat=True)
        for nar in ("fore", "efter")
    ]


MEDELARBETSTID = _medel("medelarbetstid", "Medelarbetstid", "arbetar", "arbete")
MEDELSTUDIETID = _medel("medelstudietid", "Medelstudietid", "studerar", "studier")

# Question 11 alone: also those who work or study.
ARBETSSOKANDE_AF = _matta(
    "arbetssokande_af",
    "Aktivt arbetssökande",
    "svarade Ja på om de är aktivt arbetssökande hos Arbetsförmedlingen, även de som arbetar eller studerar.",
    "arbetssokande_{0}",
)
# Of each who works, the one kind of work that was given.
ARBETSTYPER = {
    kod: _matta(f"arbetstyp_{kod.slug}", str(kod.label), "arbetar, efter typ av arbete.", f"arbetstyp_{{0}} = {kod.value}")
    for kod in Arbetstyp
}


def _forsorjning(slug: str, rubrik: str, forklaring: str, mask: int) -> list[Matt]:
    """Has any of the kinds in the mask: a union per person, so who has two of them counts once."""
    return _matta(slug, rubrik, forklaring, f"(forsorjning_{{0}} & {mask}) <> 0")


FORSORJNING = {
    kod: _forsorjning(f"forsorjning_{kod.slug}", str(kod.label), "har försörjningen, ensam eller tillsammans med andra.", kod.value)
    for kod in Forsorjning
}
# Of everybody in the period, so one who has two kinds counts in both. Denominator of its share: antal.
FORSORJNING_VID_START = {
    kod: Matt(
        f"forsorjning_vid_start_{kod.slug}",
        str(kod.label),
        "hade försörjningen när insatsen började, ensam eller tillsammans med andra.",
        f"{RORDE_PERIODEN} AND (forsorjning_fore & {kod.value}) <> 0",
    )
    for kod in Forsorjning
}
# Who pays (docs/regler.md 10.2): slug, heading, kinds.
FORSORJNINGSGRUPPER = (
    ("af", "Arbetsförmedlingen", (Forsorjning.A_KASSA, Forsorjning.AKTIVITETSSTOD)),
    ("fk", "Försäkringskassan", (Forsorjning.SJUKPENNING, Forsorjning.AKTIVITETSERSATTNING, Forsorjning.SJUKERSATTNING)),
    ("kommun", "Kommun", (Forsorjning.FORSORJNINGSSTOD,)),
    ("studie", "Studiestöd", (Forsorjning.STUDIESTOD,)),
    ("annan", "Annan", (Forsorjning.ANNAN,)),
    ("ingen", "Ingen", (Forsorjning.INGEN,)),
)
FORSORJNINGSGRUPP = {
    slug: _forsorjning(
        f"forsorjningsgrupp_{slug}", rubrik, "har någon av gruppens försörjningar; den som har flera räknas en gång.", sum(koder)
    )
    for slug, rubrik, koder in FORSORJNINGSGRUPPER
}

# Days in the insats of those who ended in the period, from the first day to the last. Those who go on are left out.
TID_MEDEL = Matt(
    "tid_dagar_medel",
    "Medel",
    "genomsnittligt antal dagar från startdag till avslutningsdatum för de avslutade.",
    f"round(avg(slutdatum - startdatum) FILTER (WHERE {AVSLUTADE}))",
    aggregat=True,
)
TID_MEDIAN = Matt(
    "tid_dagar_median",
    "Median",
    "så många dagar var hälften av de avslutade med som mest. Är de ett jämnt antal används medelvärdet av de två i mitten.",
    f"round((percentile_cont(0.5) WITHIN GROUP (ORDER BY slutdatum - startdatum) FILTER (WHERE {AVSLUTADE}))::numeric)",
    aggregat=True,
)

# How soon it is registered (docs/regler.md 10.8), in days of the Swedish calendar.
REGISTRERAD_IN = "(inregistrerad AT TIME ZONE 'Europe/Stockholm')::date - startdatum"
REGISTRERAD_UT = "(utregistrerad AT TIME ZONE 'Europe/Stockholm')::date - slutdatum"


def _dagar_till(slug: str, rubrik: str, forklaring: str, dagar: str, villkor: str) -> Matt:
    """Median; a date that has been moved past the registering counts as 0."""
    varde = f"percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN {dagar} < 0 THEN 0 ELSE {dagar} END) FILTER (WHERE {villkor})"
    return Matt(slug, rubrik, forklaring, f"round(({varde})::numeric)", aggregat=True)


DAGAR_TILL_IN = _dagar_till(
    "dagar_till_in",
    "Dagar till inregistrering",
    "så många dagar efter startdagen var hälften av de nya inregistrerade, som mest.",
    REGISTRERAD_IN,
    NYA.sql,
)
DAGAR_TILL_UT = _dagar_till(
    "dagar_till_ut",
    "Dagar till utregistrering",
    "så många dagar efter avslutningsdatum var hälften av de avslutade utregistrerade, som mest.",
    REGISTRERAD_UT,
    AVSLUTADE,
)
OPPNA_OVER_12_MANADER = Matt(
    "oppna_over_12_manader",
    "Öppna över 12 månader",
    "deltagare som den sista dagen i perioden inte var utregistrerade och hade börjat mer än 12 månader tidigare.",
    f"{PAGAENDE.sql} AND startdatum < %(till)s::date - interval '1 year'",
)
