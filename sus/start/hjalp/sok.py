"""What the help page shows: the texts in the reader's own order, and what a search finds."""

import re
from dataclasses import dataclass

from behorigheter.roller import Roll
from sus.start.hjalp.handbok import Avsnitt, Kapitel, sok_i_handboken
from sus.start.models import Hjalptext

Slag = Hjalptext.Slag


@dataclass(frozen=True)
class OrdnadHjalp:
    """`andras`: questions that are first of all for other roles."""

    i_gang: list[Hjalptext]
    fragor: list[Hjalptext]
    andras: list[Hjalptext]
    kontakter: list[Hjalptext]
    andras_kontakter: list[Hjalptext]


@dataclass(frozen=True)
class Traffar:
    texter: list[Hjalptext]
    avsnitt: list[tuple[Kapitel, Avsnitt]]

    @property
    def antal(self) -> int:
        return len(self.texter) + len(self.avsnitt)


def ordnad_hjalp(roller: set[Roll], arbetsgivartyp: str) -> OrdnadHjalp:
    """What is written for one's own roles or kind of employer stands before what is for everybody."""
    texter = list(Hjalptext.objects.synliga().exclude(slag=Slag.NYHET).order_by("ordning", "pk"))
    fragor = [text for text in texter if text.slag == Slag.FRAGA]
    kontakter = [text for text in texter if text.slag == Slag.KONTAKT]
    egna, andras = _egna_forst(fragor, "roller", {roll.value for roll in roller})
    mina_kontakter, andras_kontakter = _egna_forst(kontakter, "arbetsgivartyper", {arbetsgivartyp})
    return OrdnadHjalp([text for text in texter if text.slag == Slag.I_GANG], egna, andras, mina_kontakter, andras_kontakter)


def traffar(sokt: str) -> Traffar:
    ord_ = sokord(sokt)
    texter = Hjalptext.objects.synliga().som_sager(ord_).order_by("slag", "ordning", "pk") if ord_ else []
    return Traffar(list(texter), sok_i_handboken(ord_))


def sokord(sokt: str) -> list[str]:
    """The words without signs, and without the -t of their definite form, which PostgreSQL's Swedish keeps: samtycket, beloppet."""
    return [re.sub(r"(?<=\w{3}e)t$", "", ett) for ett in re.findall(r"[^\W_]+", sokt.casefold())]


def olasta_nyheter(anvandare) -> list[Hjalptext]:
    return list(Hjalptext.objects.synliga().olasta_av(anvandare))


def _egna_forst(texter: list[Hjalptext], falt: str, mina: set[str]) -> tuple[list[Hjalptext], list[Hjalptext]]:
    """(mine, then everybody's; the others')."""
    riktade = [text for text in texter if mina & set(getattr(text, falt))]
    allas = [text for text in texter if not getattr(text, falt)]
    return riktade + allas, [text for text in texter if text not in riktade and text not in allas]
