"""A print template as a tagged PDF (PDF/UA-1), through WeasyPrint. What a PDF says is its app's matter."""

import mimetypes
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pydyf
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify
from fontTools.ttLib import woff2
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from sus.core.pdftabell import peka_ut_rubriker

BAS = "https://sus.invalid"
VARIANT = "pdf/ua-1"


def lagg_ut(mall: str, innehall: dict[str, Any], stil: str = "") -> Any:
    """The template laid out on pages, which `pages` of the answer holds. `stil` is CSS that goes for this document only."""
    html = HTML(string=render_to_string(mall, innehall), base_url=f"{BAS}/", url_fetcher=Statisk())
    return html.render(stylesheets=[CSS(string=stil)], pdf_variant=VARIANT)


def skriv_ut(dokument: Any) -> bytes:
    """What has been laid out, as a file."""
    return dokument.write_pdf(finisher=fardigstall, pdf_variant=VARIANT)


def pdfsvar(fil: bytes, namn: str) -> HttpResponse:
    """The file for the browser to save; `namn` is without its ending."""
    svar = HttpResponse(fil, content_type="application/pdf")
    svar["Content-Disposition"] = f'attachment; filename="{slugify(namn)}.pdf"'
    return svar


class Statisk(URLFetcher):
    """Refuses everything but the application's own static files."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        rot = f"{BAS}{settings.STATIC_URL}"
        if not url.startswith(rot):
            raise ValueError(f"Adressen är inte tillåten i en PDF: {url}")
        namn = url.removeprefix(rot)
        return URLFetcherResponse(url, statisk_fil(namn), {"Content-Type": mimetypes.guess_type(namn)[0] or "application/octet-stream"})


@lru_cache(maxsize=20)
def statisk_fil(namn: str) -> bytes:
    """A static file by its name; nothing outside the folders of static files. A font unpacked, which takes longer than five pages."""
    fil = _pa_disk(namn).read_bytes()
    if not namn.endswith(".woff2"):
        return fil
    typsnitt = BytesIO()
    woff2.decompress(BytesIO(fil), typsnitt)
    return typsnitt.getvalue()


def _pa_disk(namn: str) -> Path:
    try:
        samlad = Path(staticfiles_storage.path(namn))
        if samlad.is_file():
            return samlad
    except NotImplementedError:
        pass
    traff = finders.find(namn)
    if traff is None:
        raise FileNotFoundError(namn)
    return Path(traff)


def fardigstall(dokument: Any, pdf: Any) -> None:
    """What WeasyPrint leaves out of PDF/UA: the headings and scope of cells, other languages, and running headers as artifacts."""
    _ange_sprak(dokument, pdf)
    objekt = {obj.reference: obj for obj in pdf.objects if obj.number is not None}
    rot = objekt[pdf.catalog["StructTreeRoot"]]
    natt: set[bytes] = set()
    for barn in rot["K"]:
        _marka(barn, objekt, natt, i_huvud=False)
    nummer = objekt[rot["ParentTree"]]["Nums"]
    for sida, referenser in zip(nummer[::2], nummer[1::2], strict=True):
        if isinstance(referenser, list):
            _gom_sidhuvuden(objekt[objekt[pdf.page_references[sida]]["Contents"]], referenser, natt)


def _ange_sprak(dokument: Any, pdf: Any) -> None:
    """What is in another language than the document stands in an <article lang>, of which each page has its part."""
    artiklar = [objekt for objekt in pdf.objects if isinstance(objekt, pydyf.Dictionary) and objekt.get("S") == "/Art"]
    rutor = [ruta for sida in dokument.pages for ruta in sida._page_box.descendants() if ruta.element_tag == "article"]
    for artikel, ruta in zip(artiklar, rutor, strict=True):
        if sprak := ruta.element.get("lang"):
            artikel["Lang"] = pydyf.String(sprak)


def _marka(referens: Any, objekt: dict[bytes, Any], natt: set[bytes], i_huvud: bool) -> None:
    """Note every element of the tree, and tell each header cell whether it heads a column or a row."""
    if not isinstance(referens, bytes) or referens in natt or referens not in objekt:
        return
    natt.add(referens)
    element = objekt[referens]
    if element.get("S") == "/Table":
        peka_ut_rubriker(element, objekt)
    if element.get("S") == "/TH":
        element.setdefault("A", pydyf.Dictionary({"O": "/Table"}))["Scope"] = "/Column" if i_huvud else "/Row"
    for barn in element.get("K", []):
        _marka(barn, objekt, natt, i_huvud or element.get("S") == "/THead")


def _gom_sidhuvuden(strom: Any, referenser: list[Any], natt: set[bytes]) -> None:
    """Marked content that no element of the tree owns is decoration: the running headers and footers of the page."""
    utanfor = {mcid for mcid, referens in enumerate(referenser) if referens not in natt}
    rensad: list[Any] = []
    for del_ in strom.stream:
        if del_ == b"BDC" and isinstance(rensad[-1], pydyf.Dictionary) and rensad[-1].get("MCID") in utanfor:
            rensad[-2:] = ["/Artifact", b"BMC"]
        else:
            rensad.append(del_)
    strom.stream[:] = rensad
    for mcid in utanfor:
        referenser[mcid] = "null"
