"""Files for import: UTF-8 with or without BOM, semicolon, a header of exactly the columns agreed on; a last one may be optional."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sus.core.regelbrott import Regelbrott

MAX_STORLEK = 50 * 1024 * 1024
FELKOLUMN = "fel"


class OlasbarFil(Exception):
    """The file as a whole cannot be used. The text is a sentence for the user."""


class Radfel(Exception):
    """A row is refused: {column: [sentences]}, with "" as column for what concerns the whole row."""

    def __init__(self, fel: dict[str, list[str]]) -> None:
        super().__init__(fel)
        self.fel = fel

    def __str__(self) -> str:
        return " ".join(f"{kolumn}: {text}" if kolumn else text for kolumn, texter in self.fel.items() for text in texter)


@dataclass(frozen=True)
class Rad:
    """A row as it stands in the file; `nummer` is the line where it begins, so the first one after the header is 2."""

    nummer: int
    kolumner: tuple[str, ...]
    celler: list[str]

    def varden(self) -> dict[str, str]:
        """{column: cell without surrounding spaces}. Raises Radfel when the number of cells is wrong."""
        if len(self.celler) != len(self.kolumner):
            raise Radfel({"": [f"Raden har {len(self.celler)} celler men ska ha {len(self.kolumner)}."]})
        return dict(zip(self.kolumner, (cell.strip() for cell in self.celler), strict=True))


def las(path: Path, kolumner: Sequence[str], frivillig: str = "") -> list[Rad]:
    """All rows with something in them. A last column `fel`, from an error file, is left out. Raises OlasbarFil.

    The column `frivillig` stands in the rows if the file has it.
    """
    lasare = csv.reader(io.StringIO(_text(path), newline=""), delimiter=";", strict=True)
    try:
        rubriker = [rubrik.strip() for rubrik in next(lasare, [])]
        har_felkolumn = rubriker[-1:] == [FELKOLUMN]
        egna = rubriker[:-1] if har_felkolumn else rubriker
        filens = (*kolumner, frivillig) if frivillig and egna[-1:] == [frivillig] else tuple(kolumner)
        _granska_rubriker(egna, filens)
        rader = list(_rader(lasare, filens, har_felkolumn))
    except csv.Error:
        raise OlasbarFil(f"Filen kan inte läsas vid rad {lasare.line_num}. Kontrollera citattecknen.") from None
    return rader


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_STORLEK:
            raise OlasbarFil(f"Filen är större än {MAX_STORLEK // 1024**2} MB. Dela upp den.")
        innehall = path.read_bytes()
    except OSError:
        raise OlasbarFil(f"Filen {path} finns inte eller kan inte öppnas.") from None
    if innehall.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise OlasbarFil("Filen är sparad som UTF-16. Spara den som CSV UTF-8.")
    if b"\x00" in innehall:
        raise OlasbarFil("Filen innehåller NUL-tecken och är ingen textfil.")
    try:
        text = innehall.decode("utf-8-sig")
    except UnicodeDecodeError as fel:
        rad = innehall.count(b"\n", 0, fel.start) + 1
        raise OlasbarFil(f"Filen är inte i UTF-8 (rad {rad}). Spara den som CSV UTF-8.") from None
    if not text.strip():
        raise OlasbarFil("Filen är tom.")
    return text


def _granska_rubriker(rubriker: list[str], kolumner: Sequence[str]) -> None:
    if rubriker == list(kolumner):
        return
    brister = {
        "Kolumner som saknas": [kolumn for kolumn in kolumner if kolumn not in rubriker],
        "Okända kolumner": [rubrik for rubrik in dict.fromkeys(rubriker) if rubrik not in kolumner],
        "Kolumner som finns flera gånger": [rubrik for rubrik, antal in Counter(rubriker).items() if antal > 1],
    }
    texter = [f"{brist}: {', '.join(namn or '(utan namn)' for namn in namnen)}." for brist, namnen in brister.items() if namnen]
    raise OlasbarFil(" ".join(texter or ["Kolumnerna står i fel ordning."]) + f" Första raden ska vara {';'.join(kolumner)}")


def _rader(lasare: Any, kolumner: tuple[str, ...], har_felkolumn: bool) -> Iterable[Rad]:
    borjar_pa = lasare.line_num + 1
    for celler in lasare:
        # A row that lost its last cell has lost a cell, not the text about its error.
        egna = celler[:-1] if har_felkolumn and len(celler) > len(kolumner) else celler
        if any(cell.strip() for cell in egna):
            yield Rad(borjar_pa, kolumner, egna)
        borjar_pa = lasare.line_num + 1


def skriv_felfil(path: Path, kolumner: Sequence[str], rader_med_fel: Iterable[tuple[Rad, str]]) -> Path:
    """Write every row of the file, in its own words, and what is wrong with it in a last column.

    All rows, since nothing was loaded: the mended file can be loaded as it is. Rows with too few
    cells are filled up so that the error stands in its column.
    """
    felfil = path.with_name(f"{path.name}.fel.csv")
    with felfil.open("w", encoding="utf-8-sig", newline="") as fil:
        skrivare = csv.writer(fil, delimiter=";")
        skrivare.writerow([*kolumner, FELKOLUMN])
        for rad, fel in rader_med_fel:
            skrivare.writerow([*rad.celler, *[""] * (len(kolumner) - len(rad.celler)), fel])
    return felfil


def las_ja_nej(text: str) -> bool | None:
    if text not in {"ja", "nej", ""}:
        raise Regelbrott("Skriv ja eller nej.")
    return {"ja": True, "nej": False}.get(text)


def las_heltal(text: str) -> int | None:
    if not re.fullmatch("(-?[0-9]{1,12})?", text):
        raise Regelbrott("Skriv ett helt tal med högst 12 siffror, utan mellanrum och decimaler.")
    return int(text) if text else None


def las_datum(text: str) -> date | None:
    """ÅÅÅÅ-MM-DD only; date.fromisoformat also reads weeks and dates without hyphens."""
    if not text:
        return None
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise Regelbrott("Skriv datumet som ÅÅÅÅ-MM-DD.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Regelbrott("Datumet finns inte. Kontrollera månad och dag.") from None


def las_kommalista(text: str) -> list[str]:
    """ "a, b" as ["a", "b"]; each once, in the order of the cell."""
    return list(dict.fromkeys(filter(None, (del_.strip() for del_ in text.split(",")))))
