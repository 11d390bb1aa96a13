"""Spelling: every word that a person can read stands in hunspell's Swedish dictionary or in tests/ord.txt.

Read are the templates, the letters, the texts in the code, the scripts and the handbook. A finding names file, line and word.
"""

import ast
import re
import subprocess
from collections import defaultdict
from pathlib import Path

ROT = Path(__file__).resolve().parent.parent
APPAR = ["sus", "behorigheter", "organisations", "insatser", "deltagare", "rapporter"]
EGNA_ORD = ROT / "tests" / "ord.txt"
# Settings, what is said to the database, tags of PDF, stems to search for, made-up people: nothing that a user reads.
INTE_TEXT = [
    "behorigheter/handelselogg.py",
    "behorigheter/vaggar",
    "organisations/kansliga_ord.py",
    "rapporter/dimensioner.py",
    "rapporter/matt.py",
    "rapporter/motor.py",
    "rapporter/svar.py",
    "sus/core/kryptering.py",
    "sus/core/loggning.py",
    "sus/core/pdf.py",
    "sus/core/pdftabell.py",
    "sus/core/sortering.py",
    "sus/lokalpg.py",
    "sus/settings",
    "sus/start/demo/exempelforbund.py",
    "sus/start/demo/nationell",
    "sus/start/personkontroller.py",
    "sus/wsgi.py",
]
# A key, an address, a class, a format: no blank and no Swedish letter, unless it is one word with a capital.
NYCKEL = re.compile(r"(?![A-Z][a-z]+$)[^\såäöÅÄÖé]*|[\W\d_]*")
SQL = re.compile(
    r"\b(?:SELECT|FROM|WHERE|INSERT|EXISTS|GRANT|COLLATE|CONSTRAINTS|NULLS|DISTINCT|EXCEPT)\b"
    r"|coalesce\(|::\w|^ANALYZE|^Bearer|^Authorization|\| None$"
)
ADRESS = re.compile(r"</?\w[^>]*>|https?://\S+|\S+@\S+|\S*/\w+/\S*|\S*\w\.\w\S*|\S*[=_]\S*|\bsus-\S+|\./run\b")
PLATSHALLARE = re.compile(r"%\(\w+\)[a-z]|%[a-z]\b|\{[\w.]*\}|&\w+;")
ORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-:](?=[^\W\d_]))*")
LASTA_ATTRIBUT = r"""(?:aria-label|title|alt|placeholder|data-rubrik|data-vantar)="([^"]*)\""""


def utan(monster, text):
    """The text without what is not read; the line feeds stay, so that the lines keep their numbers."""
    return re.sub(monster, lambda traff: "\n" * traff[0].count("\n"), text, flags=re.S)


def malltext(fil):
    """What a template prints: its text, the attributes that are read out, and the words that its tags are given."""
    text = utan(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", fil.read_text())
    text = re.sub(r"&shy;|\u00ad", "", text)
    text = re.sub(r"\{\{.*?\}\}", "0", text)
    text = re.sub(r"\{%.*?%\}", lambda tagg: " ".join(["", *citat(tagg[0]), ""]), text)
    text = re.sub(r"<[^>]*>", lambda tagg: " ".join(["", *re.findall(LASTA_ATTRIBUT, tagg[0]), ""]) + "\n" * tagg[0].count("\n"), text)
    yield from enumerate(text.splitlines(), 1)


def citat(kod):
    return [text for text in re.findall(r'"([^"]*)"', kod) if not NYCKEL.fullmatch(text)]


def kodtext(fil, namn):
    """The strings of a module that are not docstrings, keys or names in the code."""
    trad = ast.parse(fil.read_text())
    inte = {id(nod.value) for nod in ast.walk(trad) if isinstance(nod, ast.Expr)}
    for nod in ast.walk(trad):
        if isinstance(nod, ast.JoinedStr):
            delar = [del_ for del_ in nod.values if isinstance(del_, ast.Constant)]
            inte |= {id(del_) for del_ in delar}
            text = "0".join(del_.value for del_ in delar)
        elif isinstance(nod, ast.Constant) and isinstance(nod.value, str) and id(nod) not in inte:
            text = nod.value
        else:
            continue
        if not NYCKEL.fullmatch(text.strip()) and text not in namn:
            yield nod.lineno, text


def klassnamn(filer):
    return {nod.name for fil in filer for nod in ast.walk(ast.parse(fil.read_text())) if isinstance(nod, ast.ClassDef)}


def skripttext(fil):
    text = utan(r"/\*.*?\*/", fil.read_text())
    for rad, kod in enumerate(text.splitlines(), 1):
        for text in re.findall(r'"([^"]*)"|`([^`]*)`', kod):
            mening = re.sub(r"\$\{[^}]*\}", "0", "".join(text))
            if re.match(r"[A-ZÅÄÖ\d][^>=#]* ", mening):
                yield rad, mening


def dokumenttext(fil):
    text = utan(r"```.*?```|`[^`]*`|\]\([^)]*\)", fil.read_text())
    yield from enumerate(text.splitlines(), 1)


def texter():
    """Every text with the file and line where it stands."""
    for fil in sorted((ROT / "templates").rglob("*.*")):
        for rad, text in malltext(fil):
            yield f"{fil.relative_to(ROT)}:{rad}", text
    moduler = {
        str(fil.relative_to(ROT)): fil for app in APPAR for fil in sorted((ROT / app).rglob("*.py")) if "migrations" not in fil.parts
    }
    namn = klassnamn(moduler.values())
    for plats, fil in moduler.items():
        if not plats.startswith(tuple(INTE_TEXT)):
            for rad, text in kodtext(fil, namn):
                yield f"{plats}:{rad}", text
    for fil in sorted((ROT / "static" / "sus").glob("*.js")):
        for rad, text in skripttext(fil):
            yield f"{fil.relative_to(ROT)}:{rad}", text
    for fil in sorted((ROT / "docs").rglob("handbok*/**/*.md")):
        for rad, text in dokumenttext(fil):
            yield f"{fil.relative_to(ROT)}:{rad}", text


def lasta_ord(text):
    return [] if SQL.search(text) else ORD.findall(PLATSHALLARE.sub(" ", ADRESS.sub(" ", text)))


def okanda(ord_):
    svar = subprocess.run(
        ["hunspell", "-d", "sv_SE", "-i", "utf-8", "-l"], input="\n".join(ord_), capture_output=True, text=True, check=True
    )
    return set(svar.stdout.split()) & set(ord_)


def egna_ord():
    return EGNA_ORD.read_text().split()


def test_every_word_that_is_read_is_spelt_right():
    platser = defaultdict(list)
    for plats, text in texter():
        for ord_ in lasta_ord(text):
            platser[ord_].append(plats)
    egna = {ett.lower() for ett in egna_ord()}

    fel = sorted(f"{plats}: {ord_}" for ord_ in okanda(platser) if ord_.lower() not in egna for plats in platser[ord_][:3])

    assert len(platser) > 2500
    assert fel == []


def test_a_word_without_its_dots_or_with_a_letter_too_few_is_found():
    assert okanda(["fran", "förtstå", "insats", "årsredogörelse", "samverkansorganisation"]) == {"fran", "förtstå"}


def test_the_list_of_words_is_in_order_and_holds_only_what_the_dictionary_lacks():
    egna = egna_ord()

    assert egna == sorted(set(egna), key=str.lower)
    assert set(egna) - okanda(egna) == set()
