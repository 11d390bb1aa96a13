"""Röjandekontroll: what a reader may see, decided once, before any renderer. The rules stand in docs/regler.md, the marks in tabell.py.

1. A protected report is about a tertial, a half-year or whole years, and has at most one filter on persons (`granska_urval`).
2. A table about attributes needs 10 deltagare, 20 with a filter on persons, who may not be nearly all; shares and changes in per cent
   need 20. A distribution among a part of an exact head count needs 4 more in that head count, so that to be shown does not tell that
   nobody is left out.
3. A count is "0–4", or the nearest 5. Sums too, each from its own true count, so that nothing can be subtracted. When all but fewer
   than 5 of an exact head count are counted, it is that of the head count less 2, however many they are, and its parts are hidden.
4. The parts of a count, kvinnor and män, are shown when each of them is at least 5 and the count would not tell them, were it exact;
   never with a filter on persons. In a report about one kön or one status the same is asked of the other part.
5. A distribution is not shown when nearly all are alike, nor when the printed cells and the exact n leave a hidden one little room.
6. What is made of counts is made anew of protected ones; a mean needs 10, and those among a protected count are the nearest 5.
7. Head counts without attributes are exact at organisation level and above, per insats when they are at least 5, else "0–4".
8. A sum of few parts, of insatser, samverkansorganisationer or län, is not shown where it and the printed parts leave the hidden ones
   little room. Shares are hidden with the number that they are of.

Zero is hidden too: that nobody went to work is also a disclosure. Kronor and volym are exact.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from behorigheter.models import Anvandare
from behorigheter.roller import Rattighet, Roll
from insatser.models import Insats
from rapporter.omrakning import DOLT_TAL
from rapporter.rojande import (
    GRANS,
    Tranga,
    Urvalsdel,
    VagdDel,
    antal_bakom,
    far_delas,
    narmaste_fem,
    nastan_alla,
    nastan_alla_utvalda,
    rojande,
    sma_delar,
    tranga,
    utskrivet,
)
from rapporter.tabell import Cell, Kolumn, Rad, Tabell, Typ, heltal
from sus.core.formatering import gemen

VERSION = 9
EXAKT = "exakt"
SKYDDAD = "skyddad"
DOLT = "0–4"
MINST = 10
MINST_FINT = 20  # with a filter on persons, and for per cent
MINST_AV, MINST_AV_FINT = MINST + GRANS - 1, MINST_FINT + GRANS - 1  # the same of the exact head count that they are a part of
SPRIDNING = {EXAKT: "Arbetsmaterial med exakta tal – får inte spridas", SKYDDAD: "Får spridas"}
ROJANDEKONTROLL = {
    EXAKT: f"Inte tillämpad (regler version {VERSION} finns i den skyddade versionen)",
    SKYDDAD: f"Tillämpad, regler version {VERSION}",
}
FOR_LIKA = "Fördelningen visas inte, för att ingen ska kunna kännas igen."
FOR_SMA_DELAR = "Inget tal visas, för att ingen ska kunna kännas igen."
INGA_KVINNOR_OCH_MAN = "Kvinnor och män visas inte när deltagare är utvalda, för att ingen ska kunna kännas igen."


def far_se_exakt(anvandare: Anvandare | None, insatser: Collection[int], andamal: str = "") -> bool:
    """True when the user holds the right to every insats with personuppgifter. None is the system.

    A volyminsats holds no persons, so nobody needs a right to it. A selection without persons gives nobody a right. FK analytiker
    have the whole country, but only for a stated purpose.
    """
    if anvandare is None:
        return True
    if Roll.FK_ANALYTIKER in anvandare.gallande_roller and not andamal:
        return False
    tillatna = Insats.objects.tillatna_for(anvandare, _rattighet(anvandare))
    antal = med_personuppgifter(insatser).aggregate(alla=Count("pk"), tillatna=Count("pk", filter=Q(pk__in=tillatna.values("pk"))))
    return 0 < antal["alla"] == antal["tillatna"]


def _rattighet(anvandare: Anvandare) -> Rattighet:
    """Försäkringskassan may have exact figures be for deltagaransvariga and themselves only."""
    bara_deltagaransvarig = settings.SUS_EXAKT_BARA_DELTAGARANSVARIG and Roll.FK_ANALYTIKER not in anvandare.gallande_roller
    return Rattighet.DELTAGARE_SE if bara_deltagaransvarig else Rattighet.RAPPORT_EXAKT


def med_personuppgifter(insatser: Collection[int]) -> QuerySet[Insats]:
    return Insats.objects.filter(pk__in=insatser).med_personuppgifter()


def handlar_om_egenskaper(tabell: Tabell) -> bool:
    return bool((tabell.skyddad or tabell).underlag)


def har_delar(tabell: Tabell) -> bool:
    """Whether its counts have parts that rule 8 asks about."""
    return any(kolumn.egenskap for kolumn in (tabell.skyddad or tabell).kolumner)


@dataclass(frozen=True)
class _Sammanhang:
    """What a table is weighed with. See `skydda`."""

    med_personfilter: bool = False
    andra_delen: Tabell | None = None
    ofiltrerad: Tabell | None = None
    uppdelningar: Collection[Collection[Urvalsdel]] = ()
    bas: Cell = None

    @property
    def minst(self) -> int:
        return MINST_FINT if self.med_personfilter else MINST

    @property
    def for_fa_i_ord(self) -> str:
        """One text for too few and for nearly all: which of them it is would tell."""
        return f"Färre än {self.minst} deltagare{', eller nästan alla, är utvalda' if self.med_personfilter else ''}"


def skydda(
    tabell: Tabell,
    *,
    med_personfilter: bool = False,
    andra_delen: Tabell | None = None,
    ofiltrerad: Tabell | None = None,
    uppdelningar: Collection[Collection[Urvalsdel]] = (),
    bas: Cell = None,
) -> Tabell:
    """The table as everyone may see it. `andra_delen` is the same table about those whom a filter in two parts leaves out, `ofiltrerad`
    about all, without the filter. Each of the `uppdelningar` is the parts of the selection, when they are few. `bas` is what is printed
    of the base of its shares, where that stands in another table.
    """
    skyddad = _skyddad_tabell(tabell, _Sammanhang(med_personfilter, andra_delen, ofiltrerad, uppdelningar, bas))
    vittnen = {kolumn.nyckel for kolumn in skyddad.kolumner if kolumn.vittne}
    return skyddad.med_kolumner({kolumn.nyckel for kolumn in skyddad.kolumner} - vittnen) if vittnen else skyddad


def _skyddad_tabell(tabell: Tabell, bredvid: _Sammanhang) -> Tabell:
    """Also what is only weighed."""
    tabell = _att_skydda(tabell, bredvid)
    if _ar_av_farre_an(tabell, MINST_AV):
        return _utan_rader(tabell, f"Färre än {MINST_AV} avslutade: visas inte.")
    for_fa = {kolumn.nyckel for kolumn in tabell.kolumner if antal_bakom(tabell, kolumn) < bredvid.minst}
    for_fa |= _nastan_alla(tabell, bredvid)
    dolda = for_fa | _procent_av_fa(tabell) | rojande(tabell)
    raknade = {kolumn.nyckel for kolumn in tabell.kolumner if kolumn.ar_tal and not (kolumn.raknas_om or kolumn.medel_av or kolumn.del_av)}
    if raknade and raknade <= dolda:
        return _utan_rader(tabell, f"{bredvid.for_fa_i_ord}: visas inte." if for_fa else FOR_LIKA)
    sma, trangt = _sma(tabell, bredvid), _trangt(tabell, bredvid)
    dolda |= trangt.avslojade
    basen = _basens_kolumner(tabell, {*sma(tabell.summa), *trangt.i_raden[tabell.summa]} if tabell.summa else set(), bredvid.bas)
    andelar = _andelar_av_basen(tabell) if basen else set()

    @cache
    def i_raden(rad: Rad) -> set[str]:
        return dolda | sma(rad) | trangt.i_raden[rad] | andelar | (basen if rad is tabell.summa else set())

    skrivna = (*tabell.rader, *filter(None, [tabell.summa]))
    if raknade and skrivna and all(raknade <= i_raden(rad) for rad in skrivna):
        return _utan_rader(tabell, FOR_SMA_DELAR)
    noter = (*tabell.noter, *_noter(tabell, bredvid, for_fa, andelar, dolda))
    return replace(tabell.med_rader(lambda rad: _skyddad(tabell, rad, i_raden(rad))), noter=noter, andra_rader=())


def _att_skydda(tabell: Tabell, bredvid: _Sammanhang) -> Tabell:
    tabell = tabell.skyddad or tabell
    return _av_utvalda(tabell) if bredvid.med_personfilter else tabell


def _nastan_alla(tabell: Tabell, bredvid: _Sammanhang) -> set[str]:
    return nastan_alla_utvalda(tabell, bredvid.ofiltrerad and _att_skydda(bredvid.ofiltrerad, bredvid))


def _sma(tabell: Tabell, bredvid: _Sammanhang) -> Callable[[Rad], set[str]]:
    return sma_delar(tabell, bredvid.andra_delen and _att_skydda(bredvid.andra_delen, bredvid))


def _trangt(tabell: Tabell, bredvid: _Sammanhang) -> Tranga:
    uppdelningar = [[_vagd(del_, bredvid) for del_ in delar] for delar in bredvid.uppdelningar]
    n_ar_huvudtal = tabell.alla is None and tabell.bas_i is None and not bredvid.med_personfilter
    return tranga(tabell, uppdelningar, n_ar_huvudtal=n_ar_huvudtal, utvalda=bredvid.med_personfilter)


def _vagd(del_: Urvalsdel, helas: _Sammanhang) -> VagdDel:
    """The part with what is printed of it by itself."""
    delens = _Sammanhang(helas.med_personfilter, del_.andra, del_.ofiltrerad)
    sann = _att_skydda(del_.exakt, delens)
    sma, nastan = _sma(sann, delens), _nastan_alla(sann, delens)
    return VagdDel(del_.exakt, sann, _skyddad_tabell(del_.exakt, delens), lambda rad: sma(rad) | nastan)


def _av_utvalda(tabell: Tabell) -> Tabell:
    """Of those whom a filter picks out no head count is exact, and kvinnor and män, who would be picked out twice, are not known."""
    kon = {nr for nr, kolumn in enumerate(tabell.kolumner) if kolumn.del_av}

    def av(rad: Rad) -> Rad:
        return replace(rad, alla=None, celler=tuple(None if nr in kon else cell for nr, cell in enumerate(rad.celler)))

    return replace(tabell.med_rader(av), alla=None, andra_rader=tuple(map(av, tabell.andra_rader)))


def _utan_rader(tabell: Tabell, text: str) -> Tabell:
    return replace(tabell, rader=(), delsummor=(), summa=None, noter=(), andra_rader=(), visas_inte=text)


def _ar_av_farre_an(tabell: Tabell, minst: int) -> bool:
    """Of those who ended, when they are 10, a table of 10 or more with mätning is a table of them all. Whatever n is, then."""
    return bool(tabell.fordelning) and tabell.alla is not None and tabell.alla < minst


def _procent_av_fa(tabell: Tabell) -> set[str]:
    """The columns of per cent, when they are of too few."""
    av_fa = _ar_av_farre_an(tabell, MINST_AV_FINT)
    return {kolumn.nyckel for kolumn in _i_procent(tabell) if av_fa or antal_bakom(tabell, kolumn) < MINST_FINT}


def _andelar_av_basen(tabell: Tabell) -> set[str]:
    """The columns of shares of the table's base; a change is no share."""
    return {kolumn.nyckel for kolumn in _i_procent(tabell) if kolumn.bas in tabell.underlag and not kolumn.tecken}


def _i_procent(tabell: Tabell) -> list[Kolumn]:
    return [kolumn for kolumn in tabell.kolumner if kolumn.typ == Typ.ANDEL and kolumn.raknas_om]


def skriven_bas(tabell: Tabell, skyddade: Mapping[str, Tabell]) -> Cell:
    """What is printed of the base of its shares in another table, or None when it stands in none that has rows.

    Where these are of too few, for the sake of another row, the base is not hidden for its own.
    """
    if tabell.bas_i is None:
        return None
    nyckel, rad, kolumn = tabell.bas_i
    annan = skyddade[nyckel]
    if annan.visas_inte:
        return DOLT_TAL if annan.visas_inte == FOR_SMA_DELAR else None
    return annan.kolumn(kolumn)[rad]


def _basens_kolumner(tabell: Tabell, dolda_i_summan: Collection[str], bas: Cell) -> set[str]:
    """The columns of the sum row that the shares are of, when they are hidden: there, or where `bas` stands, then with their kvinnor
    and män. Shares would tell them.
    """
    antal = {kolumn.nyckel for kolumn in tabell.kolumner if kolumn.egenskap}
    med_kon = antal | {kolumn.nyckel for kolumn in tabell.kolumner if kolumn.del_av in antal}
    return med_kon if isinstance(bas, str) else antal & set(dolda_i_summan)


def _skyddad(tabell: Tabell, rad: Rad, dolda: Collection[str]) -> Rad:
    """First what is counted, then what is made of it."""
    sanna = dict(zip((kolumn.nyckel for kolumn in tabell.kolumner), rad.celler, strict=True))
    celler = {kolumn.nyckel: _raknad(tabell, kolumn, sanna, rad, dolda) for kolumn in tabell.kolumner}
    for kolumn in tabell.kolumner:
        if kolumn.raknas_om and kolumn.nyckel not in dolda:
            celler[kolumn.nyckel] = kolumn.raknas_om(celler, _jamnat(tabell.underlag.get(kolumn.bas), tabell.alla_i(rad)))
    return replace(rad, celler=tuple(celler.values()))


def _raknad(tabell: Tabell, kolumn: Kolumn, sanna: Mapping[str, Cell], rad: Rad, dolda: Collection[str]) -> Cell:
    """A cell that is not made of others."""
    if kolumn.nyckel in dolda or kolumn.raknas_om:
        return DOLT_TAL
    cell, alla = sanna[kolumn.nyckel], tabell.alla_i(rad)
    if kolumn.personer:
        return _skyddat_antal(cell, rad)
    if kolumn.del_av:
        delar = [sanna[annan.nyckel] for annan in tabell.kolumner if annan.del_av == kolumn.del_av]
        far_visas = far_delas(delar) and not nastan_alla(heltal(sanna[kolumn.del_av]), alla)
        return _jamnat(cell) if far_visas else DOLT_TAL
    if kolumn.medel_av:
        return _skyddat_medel(tabell, kolumn, sanna, dolda)
    return _jamnat(cell, alla) if kolumn.egenskap else cell


def _skyddat_antal(cell: Cell, rad: Rad) -> Cell:
    """Rule 7. A sum over one insats, or over insatser picked out by a filter, is protected like an insats."""
    organisationsniva = rad.hela and rad.insatser > 1
    utan_personer = rad.insatser == 0 and not cell
    if not isinstance(cell, int) or organisationsniva or utan_personer or cell >= GRANS:
        return cell
    return DOLT


def _skyddat_medel(tabell: Tabell, kolumn: Kolumn, sanna: Mapping[str, Cell], dolda: Collection[str]) -> Cell:
    cell, antal = sanna[kolumn.nyckel], heltal(sanna[kolumn.medel_av])
    if not isinstance(cell, int) or antal < MINST or kolumn.medel_av in dolda:
        return DOLT_TAL
    av_huvuden = next(annan.personer for annan in tabell.kolumner if annan.nyckel == kolumn.medel_av)
    return cell if av_huvuden else narmaste_fem(cell)


def _jamnat(cell: Cell, alla: int | None = None) -> Cell:
    return utskrivet(cell, alla) if isinstance(cell, int) and cell >= GRANS else DOLT


def _noter(
    tabell: Tabell, bredvid: _Sammanhang, for_fa: Collection[str], andelar: Collection[str], dolda: Collection[str]
) -> Iterator[str]:
    """Why a part of the table is missing."""
    if bredvid.med_personfilter and any(kolumn.del_av and not kolumn.vittne for kolumn in tabell.kolumner):
        yield INGA_KVINNOR_OCH_MAN
    if for_fa:
        yield f"Där {'' if bredvid.med_personfilter else 'det är '}{gemen(bredvid.for_fa_i_ord)} visas inga tal."
    if _procent_av_fa(tabell) - set(for_fa):
        vilka = f"{MINST_AV_FINT} avslutade" if _ar_av_farre_an(tabell, MINST_AV_FINT) else f"{MINST_FINT} deltagare"
        yield f"Färre än {vilka}: andelar visas inte."
    elif set(andelar) - set(for_fa):
        yield "Andelar visas inte, för att ingen ska kunna kännas igen."
    if set(tabell.fordelning) & set(dolda) - set(for_fa):
        yield "Fördelningar där någon skulle kunna kännas igen visas inte."
