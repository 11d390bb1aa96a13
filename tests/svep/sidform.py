"""The form of a page as a screen reader meets it: title, headings, landmarks, names and labels."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

UTAN_SLUT = {"input", "meta", "link", "br", "img", "hr", "use", "path", "rect", "line", "circle", "wbr", "source", "col"}
MED_ETIKETT = {"select", "textarea"}
UTAN_ETIKETT = {"hidden", "submit", "button"}


@dataclass
class Sidform(HTMLParser):
    """What the page declares.

    `rubriker` are (level, text), `landmarken` (element, label or the id of one), `syften` what autocomplete says of a field.
    """

    sprak: str = ""
    titel: str = ""
    rubriker: list = field(default_factory=list)
    landmarken: list = field(default_factory=list)
    id_: list = field(default_factory=list)
    etiketter: set = field(default_factory=set)
    falt: list = field(default_factory=list)
    syften: dict = field(default_factory=dict)
    hanvisningar: list = field(default_factory=list)
    fotlankar: list = field(default_factory=list)
    positiva_tabbar: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self._oppna = []
        self._text = None

    def handle_starttag(self, tag, attrs):
        attribut = dict(attrs)
        if tag not in UTAN_SLUT:
            self._oppna.append(tag)
        if "id" in attribut:
            self.id_.append(attribut["id"])
        for namn in ("aria-labelledby", "aria-describedby", "aria-controls"):
            self.hanvisningar += (attribut.get(namn) or "").split()
        if int(attribut.get("tabindex") or 0) > 0:
            self.positiva_tabbar.append(tag)
        self._elementet(tag, attribut)

    def _elementet(self, tag, attribut):
        if tag == "html":
            self.sprak = attribut.get("lang", "")
        elif tag in {"main", "nav", "header", "footer", "aside"}:
            self.landmarken.append((tag, attribut.get("aria-label") or attribut.get("aria-labelledby") or ""))
        elif tag == "label":
            self.etiketter.add(attribut.get("for", ""))
        elif tag in MED_ETIKETT or (tag == "input" and attribut.get("type", "text") not in UTAN_ETIKETT):
            self.syften[attribut.get("name")] = attribut.get("autocomplete", "")
            self.falt.append((attribut.get("id", ""), bool(attribut.get("aria-label") or attribut.get("aria-labelledby"))))
        elif tag == "a" and "footer" in self._oppna:
            self.fotlankar.append(attribut.get("href"))
        elif re.fullmatch("h[1-6]|title", tag) and "svg" not in self._oppna:
            self._text = []

    def handle_data(self, data):
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag):
        while self._oppna and tag not in UTAN_SLUT and self._oppna.pop() != tag:
            pass
        if self._text is None or not re.fullmatch("h[1-6]|title", tag):
            return
        text = " ".join("".join(self._text).replace("\u00ad", "").split())
        self._text = None
        if tag == "title":
            self.titel = text
        else:
            self.rubriker.append((int(tag[1]), text))

    def brister(self):
        """What is wrong, in words."""
        yield from self._ram()
        yield from self._rubriker()
        yield from (f"samma id två gånger: {ett}" for ett in sorted({ett for ett in self.id_ if self.id_.count(ett) > 1}))
        yield from (f"hänvisar till ett id som inte finns: {ett}" for ett in self.hanvisningar if ett not in self.id_)
        yield from (f"fältet {id_ or '?'} saknar etikett" for id_, eget_namn in self.falt if not eget_namn and id_ not in self.etiketter)
        yield from (f"{tag} står före sin tur (tabindex)" for tag in self.positiva_tabbar)

    def _ram(self):
        if self.sprak != "sv":
            yield f"språket är {self.sprak!r}"
        if not re.fullmatch(r"[A-ZÅÄÖ\d].+ – SUS", self.titel):
            yield f"titeln är {self.titel!r}"
        for element in ("main", "header", "footer"):
            antal = [tag for tag, _ in self.landmarken].count(element)
            if antal != 1:
                yield f"{antal} {element}"
        namn = [namn for tag, namn in self.landmarken if tag == "nav"]
        if "" in namn or len(set(namn)) != len(namn):
            yield f"navigeringar utan eget namn: {namn}"

    def _rubriker(self):
        nivaer = [niva for niva, _ in self.rubriker]
        if nivaer.count(1) != 1 or nivaer[0] != 1:
            yield f"rubrikerna är {nivaer}"
        for (fore, _), (efter, text) in zip(self.rubriker, self.rubriker[1:], strict=False):
            if efter > fore + 1:
                yield f"hoppar från h{fore} till h{efter}: {text}"
        yield from (f"tom rubrik h{niva}" for niva, text in self.rubriker if not text)


def las(html: str) -> Sidform:
    form = Sidform()
    form.feed(html)
    return form
