"""Checks of what is known of persons: encrypted values, identities, and what the statistics make of them. Part of `kontrollera`."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import connection

from behorigheter.nyckelbyte import ANDRA_FAKTORER, ANVANDARE, BESTALLNINGAR
from deltagare import identitet
from deltagare.identitet import Identitet
from deltagare.koder import Kon
from deltagare.models import Deltagande
from deltagare.utkast import UTKAST
from sus.core.kryptering import Nyckelfel
from sus.core.nyckelbyte import i_taget

SLAG = [identitet.PERSONER, ANVANDARE, BESTALLNINGAR, ANDRA_FAKTORER, UTKAST]
I_TAGET = 1000

DELTAGANDETS = (
    "insats_id, kommun_id, stadsdel_id, startdatum, slutdatum, avslutningsanledning, kon, alder_vid_start, utbildning, tid_forsorjning,"
    " inregistrerad, utregistrerad"
)
MATTILLFALLETS = ("forsorjning", "arbetssokande", "arbete_procent", "arbetstyp", "studier_procent")
FAKTUMS = f"person_nr, {DELTAGANDETS}, " + ", ".join(
    f"{falt.removesuffix('_procent')}_{nar}" for nar in ("fore", "efter") for falt in MATTILLFALLETS
)
# Put together here once more, and not by the view that the triggers write by: an error in that is found too.
KALLAN = (
    "SELECT d.id, vagg.person_nr(d.person_id), "  # noqa: S608
    + ", ".join(f"d.{falt.strip()}" for falt in DELTAGANDETS.split(","))
    + "".join(f", {typ}.{falt}" for typ in ("fore", "efter") for falt in MATTILLFALLETS)
    + " FROM deltagare_deltagande d LEFT JOIN deltagare_mattillfalle fore ON fore.deltagande_id = d.id AND fore.typ = 'in'"
    " LEFT JOIN deltagare_mattillfalle efter ON efter.deltagande_id = d.id AND efter.typ = 'ut'"
)
JAMFORS = [
    (KALLAN, f"SELECT deltagande_id, {FAKTUMS} FROM deltagare_faktum"),  # noqa: S608
    (f"SELECT {FAKTUMS} FROM deltagare_faktum", f"SELECT {FAKTUMS} FROM vagg.faktum"),  # noqa: S608
]


def fakta_som_inte_ar_kallrader() -> Iterator[str]:
    """The table of facts against what it is taken from, row by row; and the view through which reports read it against the table."""
    for kalla, fakta in JAMFORS:
        skillnad = f"(({kalla}) EXCEPT ALL ({fakta})) UNION ALL (({fakta}) EXCEPT ALL ({kalla}))"
        with connection.cursor() as c:
            c.execute(f"SELECT insats_id, count(*) FROM ({skillnad}) AS skillnad GROUP BY insats_id ORDER BY insats_id")  # noqa: S608
            yield from (f"insatser.Insats {insats}: {antal} rader" for insats, antal in c.fetchall())


def kon_och_alder_som_inte_stammer() -> Iterator[str]:
    """Decrypts every personnummer. The log says so, in one row per thousand deltaganden."""
    for del_ in i_taget(Deltagande.objects.only("pk", "person_id", "startdatum", "kon", "alder_vid_start"), I_TAGET):
        kanda = _lasbara(list({rad.person_id for rad in del_}))
        yield from (
            f"deltagare.Deltagande {rad.pk}"
            for rad in del_
            if rad.person_id in kanda and not _stammer(rad, kanda[rad.person_id].personnummer)
        )


def _lasbara(personer: list[UUID]) -> dict[UUID, Identitet]:
    """Without those that cannot be read, which varden_som_inte_gar_att_lasa names."""
    try:
        return identitet.visa(personer, andamal=identitet.Andamal.KONTROLL, by=None)
    except Nyckelfel:
        mitten = len(personer) // 2
        return _lasbara(personer[:mitten]) | _lasbara(personer[mitten:]) if mitten else {}


def _stammer(deltagande, personnummer):
    return (deltagande.kon, deltagande.alder_vid_start) == (Kon.fran_slug(personnummer.kon), personnummer.alder(deltagande.startdatum))


def varden_som_inte_gar_att_lasa() -> Iterator[str]:
    return (rad for rad, lasligt, _ in _granskade() if not lasligt)


def uppslag_som_inte_stammer() -> Iterator[str]:
    return (rad for rad, lasligt, stammer in _granskade() if lasligt and not stammer)


def _granskade() -> Iterable[tuple[str, bool, bool]]:
    """Of every encrypted row: its name, whether a known key opens it, and whether its look-up value is that of its personnummer."""
    for slag in SLAG:
        for rad in (rad for rader in i_taget(slag.rader, I_TAGET) for rad in rader):
            namn = f"{rad._meta.label} {rad.pk}"
            try:
                yield namn, True, slag.stammer(rad)
            except Nyckelfel:
                yield namn, False, False


def personer_utan_deltagande() -> list[str]:
    return [f"{identitet.PERSONER.rader.model._meta.label} {person_id}" for person_id in identitet.utan_deltagande()]
