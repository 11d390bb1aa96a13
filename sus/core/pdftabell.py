"""Which header cells head each cell of a table in a tagged PDF. WeasyPrint misses a heading that stands above several columns."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pydyf


def peka_ut_rubriker(tabell: Any, objekt: dict[bytes, Any]) -> None:
    """Give every data cell below the head the ids of all the header cells above it and beside it. No cell spans several rows."""
    ovanfor: dict[int, list[Any]] = defaultdict(list)
    for rad, i_huvud in list(_rader(tabell, objekt, i_huvud=False)):
        vid_sidan: list[Any] = []
        for kolumner, cell in _celler(rad, objekt):
            if cell["S"] == "/TH" and i_huvud:
                for kolumn in kolumner:
                    ovanfor[kolumn].append(cell["ID"])
            elif cell["S"] == "/TH":
                vid_sidan.append(cell["ID"])
            elif not i_huvud:
                cell["A"]["Headers"] = pydyf.Array([*vid_sidan, *(id_ for kolumn in kolumner for id_ in ovanfor[kolumn])])


def _rader(element: Any, objekt: dict[bytes, Any], i_huvud: bool) -> Iterator[tuple[Any, bool]]:
    """The rows in order, and whether they are in the table's head."""
    for barn in _barn(element, objekt):
        if barn["S"] == "/TR":
            yield barn, i_huvud
        else:
            yield from _rader(barn, objekt, i_huvud or barn["S"] == "/THead")


def _celler(rad: Any, objekt: dict[bytes, Any]) -> Iterator[tuple[range, Any]]:
    """The cells of a row, with the columns that each takes."""
    kolumn = 0
    for cell in _barn(rad, objekt):
        bredd = cell.get("A", {}).get("ColSpan", 1)
        yield range(kolumn, kolumn + bredd), cell
        kolumn += bredd


def _barn(element: Any, objekt: dict[bytes, Any]) -> list[Any]:
    return [objekt[referens] for referens in element.get("K", []) if isinstance(referens, bytes) and referens in objekt]
