"""Everything a reader can get out of an answer: headers, page, text of a PDF, the parts of a workbook."""

import html
import io
import re
import zipfile
from urllib.parse import unquote_plus

from pypdf import PdfReader

# What may stand between the digits of one number: plus no line breaks, which part numbers of different rows.
AVSKILJARE = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f-](?=\d)")
# What is new in every answer, and the minutes that are left of the login, which pass during a walk.
EN_GANG = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|nonce="[\w+/=-]+"|name="nyckel" value="[0-9a-f-]+"|403-\w{4}-\d{8}|data-kvar="\d+"'
)


def utan_avskiljare(text: str) -> str:
    return AVSKILJARE.sub("", text)


def lasbart(svar) -> str:
    """Headers, cookies and body as text. The length, which is that of the page, may be a canary by chance."""
    huvuden = "\n".join(f"{namn}: {varde}\n{unquote_plus(varde)}" for namn, varde in svar.headers.items() if namn != "Content-Length")
    kakor = "\n".join(f"{namn}={kaka.value}" for namn, kaka in svar.cookies.items() if namn != "sus")
    return f"{huvuden}\n{kakor}\n{_kropp(svar)}"


def _kropp(svar) -> str:
    typ = svar.headers.get("Content-Type", "")
    if not svar.content:
        return ""  # of HEAD, whatever it would have been
    if "pdf" in typ:
        lasare = PdfReader(io.BytesIO(svar.content))
        return "\n".join([*(sida.extract_text() for sida in lasare.pages), str(lasare.metadata)])
    if "spreadsheet" in typ:
        with zipfile.ZipFile(io.BytesIO(svar.content)) as bok:
            return "\n".join(bok.read(namn).decode(errors="replace") for namn in bok.namelist())
    text = svar.content.decode()
    if "html" in typ:
        return f"{text}\n{html.unescape(text)}"
    if "json" in typ:
        return text.encode().decode("unicode_escape", errors="ignore") + text
    return text


def utan_engangstecken(svar, id_: str) -> tuple:
    """Status, headers and body without what is new in every answer and without the row's own id where it stands in an address."""
    plats = re.compile(rf"(?<=/){re.escape(id_)}(?=/)|(?<=[?&]insats=){re.escape(id_)}(?![\w-])")
    huvuden = {namn: plats.sub("X", varde) for namn, varde in svar.headers.items() if namn not in {"Content-Length", "Expires"}}
    return svar.status_code, tuple(sorted(huvuden.items())), plats.sub("X", EN_GANG.sub("", svar.content.decode()))
