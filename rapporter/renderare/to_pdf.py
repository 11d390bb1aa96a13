"""The report as a PDF: the page's tables and diagrams in a print template.

A report of more than five pages begins with its contents. One of more than sixty is refused: estimated before the layout, which
would take minutes, and counted after it.
"""

from dataclasses import dataclass
from typing import Any

from rapporter.diagram import Bild
from rapporter.renderare.kapitel import Kapitel, i_kapitel
from rapporter.renderare.kolumnbredd import kolumnstil, textbredd
from rapporter.renderare.sidantal import minsta_antal_sidor, troligt_antal_sidor
from rapporter.renderare.utskrift import UtskrivenTabell
from rapporter.tabell import JAMFORS_MED, Rapport
from sus.core.formatering import gemen
from sus.core.pdf import lagg_ut, skriv_ut
from sus.core.regelbrott import Regelbrott

FLEST_SIDOR = 60
FLEST_UTAN_INNEHALL = 5
FOR_LANG = f"Rapporten skulle bli längre än {FLEST_SIDOR} sidor. Hämta den som Excel i stället, eller välj ett smalare urval."
SIDHUVUD = 170 * 72 / 25.4 / 8.5  # the line of the running header, as in pdf.css, in letters one point high; a little between its two texts
KORTAST_URVAL = SIDHUVUD / 4


class ForLang(Regelbrott):
    """The report has no room on paper."""


@dataclass(frozen=True)
class Avsnitt:
    """A run of pages of one kind. `kapitel` is the number of the chapter that begins here, or 0 inside one.

    `delar` are tables, each with the diagram that stands before it; `bilder` are diagrams that stand last.
    """

    rubrik: str
    kapitel: int
    delar: tuple[tuple[UtskrivenTabell, Bild | None], ...]
    bilder: tuple[Bild, ...] = ()
    ligger: bool = False

    @property
    def niva(self) -> int:
        return 2 if self.kapitel else 3


def to_pdf(rapport: Rapport) -> bytes:
    """Raises ForLang when the report is too long for paper."""
    kapitel = i_kapitel(rapport, papper=True)
    if 1 + minsta_antal_sidor(kapitel) > FLEST_SIDOR:  # with the front page
        raise ForLang(FOR_LANG)
    dokument = _utlagd(rapport, kapitel)
    if len(dokument.pages) > FLEST_SIDOR:
        raise ForLang(FOR_LANG)
    return skriv_ut(dokument)


def _utlagd(rapport: Rapport, kapitel: list[Kapitel]) -> Any:
    """Laid out again where the pages turn out to be more or fewer than what the contents were put there or left out for."""
    avsnitt = [ett for del_ in kapitel for ett in _avsnitt(rapport, del_)]
    raknas_sist = len(kapitel) > 1 or avsnitt[-1].ligger
    stil = "".join(kolumnstil(tabell) for ett in kapitel for tabell in ett.tabeller)
    innehall = {"rapport": rapport, **_sidhuvud(rapport), "avsnitt": avsnitt, "raknas_sist": raknas_sist}

    def lagg(med_innehall: bool) -> Any:
        return lagg_ut("pdf/rapport.html", innehall | {"kapitel": kapitel if med_innehall else []}, stil)

    if len(kapitel) > 1:
        return lagg(True)
    gissning = 1 + troligt_antal_sidor(kapitel) + raknas_sist > FLEST_UTAN_INNEHALL
    dokument = lagg(gissning)
    behovs = _sidor_utan_innehall(dokument) > FLEST_UTAN_INNEHALL
    return dokument if behovs == gissning else lagg(behovs)


def _sidor_utan_innehall(dokument: Any) -> int:
    """All but those between the front page and the first chapter."""
    forsta = next(nr for nr, sida in enumerate(dokument.pages) if "kapitel-1" in sida.anchors)
    return 1 + len(dokument.pages) - forsta


def _avsnitt(rapport: Rapport, kapitel: Kapitel) -> list[Avsnitt]:
    """A table's own diagram stands before it, the others last; a wide table gets pages of its own on the side."""
    bilder = {bild.diagram.nyckel: bild for bild in kapitel.bilder}
    smala = tuple((tabell, bilder.pop(tabell.nyckel, None)) for tabell in kapitel.tabeller if not tabell.bred)
    breda = [tabell for tabell in kapitel.tabeller if tabell.bred]
    avsnitt = []
    rubrik = kapitel.rubrik or rapport.titel
    if smala or bilder or not kapitel.tabeller:
        avsnitt.append(Avsnitt(rubrik, kapitel.nummer, smala, tuple(bilder.values())))
    for tabell in breda:
        forst = not avsnitt
        avsnitt.append(Avsnitt(rubrik if forst else tabell.rubrik, kapitel.nummer if forst else 0, ((tabell, None),), ligger=True))
    return avsnitt


def _sidhuvud(rapport: Rapport) -> dict[str, str]:
    """What the report is, and in what is left of the line: where, when and the filters. The front page has all."""
    titel = _som_ryms(f"SUS · {rapport.titel}", SIDHUVUD - KORTAST_URVAL)
    (_, period), _, *ovrigt = rapport.urval
    filter_ = [f"{rubrik}: {text}" for rubrik, text in ovrigt if rubrik != JAMFORS_MED]
    delar = [rapport.plats, gemen(period), *filter_]
    return {"huvud": titel, "urval": _som_ryms(" · ".join(delar), SIDHUVUD - textbredd(titel))}


def _som_ryms(text: str, bredd: float) -> str:
    """The text, or as much of its beginning as there is room for."""
    if textbredd(text) <= bredd:
        return text
    langd = max(langd for langd in range(len(text)) if textbredd(text[:langd]) + textbredd("…") <= bredd)
    return f"{text[:langd].rstrip(' ·,')}…"
