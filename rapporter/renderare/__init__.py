"""The file formats of a report: each knows the protected tables only."""

from collections.abc import Callable
from dataclasses import dataclass

from rapporter.renderare.to_csv import to_csv
from rapporter.renderare.to_json import to_json
from rapporter.renderare.to_pdf import to_pdf
from rapporter.renderare.to_svg import to_svg
from rapporter.renderare.to_xlsx import to_xlsx
from rapporter.tabell import Rapport


@dataclass(frozen=True)
class Format:
    rendera: Callable[[Rapport], bytes]
    innehallstyp: str
    andelse: str
    visas_i_lasaren: bool = False


FORMAT = {
    "pdf": Format(to_pdf, "application/pdf", "pdf"),
    "xlsx": Format(to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": Format(to_csv, "text/csv; charset=utf-8", "csv"),
    "json": Format(to_json, "application/json", "json", visas_i_lasaren=True),
    "svg": Format(to_svg, "image/svg+xml", "svg"),
}
