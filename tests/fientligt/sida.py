"""What a browser would see of a form page: the controls and what they would send, the buttons, and the error summary."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

FORMULAR = "formular"
SKICKAR_INTE = {"submit", "button", "reset", "image", "file"}


@dataclass
class Kontroll:
    namn: str
    typ: str
    varden: list[str] = field(default_factory=list)  # what it would send
    val: list[str] = field(default_factory=list)  # what it could send
    idn: set[str] = field(default_factory=set)


@dataclass
class Formularsida:
    kontroller: dict[str, Kontroll] = field(default_factory=dict)
    knappar: list[tuple[str, str]] = field(default_factory=list)
    fel: list[tuple[str, str]] = field(default_factory=list)  # (id that the error leads to, its text)
    idn: set[str] = field(default_factory=set)
    har_formular: bool = False
    har_sammanfattning: bool = False

    @property
    def ifylld(self) -> dict[str, list[str]]:
        return {namn: kontroll.varden for namn, kontroll in self.kontroller.items() if kontroll.varden}

    @property
    def varnar(self) -> bool:
        return any(namn == "bekraftade" for namn, _ in self.knappar)


def las_sida(html: str) -> Formularsida:
    lasare = _Lasare()
    lasare.feed(html)
    return lasare.sida


class _Lasare(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.sida = Formularsida()
        self.i_formular = False
        self.textruta: Kontroll | None = None
        self.lista: Kontroll | None = None
        self.djup = 0  # open elements within the error summary
        self.lank: str | None = None

    def handle_starttag(self, tag, attrs):
        egna = {namn: varde or "" for namn, varde in attrs}
        if "id" in egna:
            self.sida.idn.add(egna["id"])
        self._i_sammanfattningen(tag, egna)
        if tag == "form":
            self.i_formular = egna.get("id") == FORMULAR
            self.sida.har_formular |= self.i_formular
        elif (self.i_formular and "form" not in egna) or egna.get("form") == FORMULAR or (self.lista and tag == "option"):
            self._i_formularet(tag, egna)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def _i_formularet(self, tag, egna):
        if tag == "option" and self.lista:
            varde = egna.get("value", "")
            self.lista.val.append(varde)
            if "selected" in egna:
                self.lista.varden = [*(self.lista.varden if self.lista.typ == "flerval" else []), varde]
            return
        if "disabled" in egna or not egna.get("name"):
            return
        if tag == "button":
            self.sida.knappar.append((egna["name"], egna.get("value", "")))
        elif tag == "select":
            self.lista = self._kontroll(egna, "flerval" if "multiple" in egna else "lista")
        elif tag == "textarea":
            self.textruta = self._kontroll(egna, "textruta")
            self.textruta.varden = [""]
        elif tag == "input" and egna.get("type", "text") not in SKICKAR_INTE:
            self._inmatning(egna)

    def _inmatning(self, egna):
        typ = egna.get("type", "text")
        kontroll = self._kontroll(egna, typ)
        if typ in {"radio", "checkbox"}:
            varde = egna.get("value", "on")
            kontroll.val.append(varde)
            kontroll.varden += [varde] if "checked" in egna else []
        else:
            kontroll.varden.append(egna.get("value", ""))

    def _kontroll(self, egna, typ):
        kontroll = self.sida.kontroller.setdefault(egna["name"], Kontroll(egna["name"], typ))
        kontroll.idn.add(egna.get("id", ""))
        return kontroll

    def _i_sammanfattningen(self, tag, egna):
        if egna.get("aria-labelledby") == "felrubrik":
            self.sida.har_sammanfattning, self.djup = True, 1
        elif self.djup:
            self.djup += tag == "div"
            if tag == "li":
                self.sida.fel.append(("", ""))
            elif tag == "a" and self.sida.fel:
                self.sida.fel[-1] = (egna.get("href", "").removeprefix("#"), "")

    def handle_endtag(self, tag):
        if self.djup:
            self.djup -= tag == "div"
        if tag == "form":
            self.i_formular = False
        elif tag == "select":
            self._forsta_valt()
            self.lista = None
        elif tag == "textarea":
            self.textruta = None

    def _forsta_valt(self):
        """A list in which nothing is chosen sends its first option."""
        if self.lista and self.lista.typ == "lista" and not self.lista.varden:
            self.lista.varden = self.lista.val[:1]

    def handle_data(self, data):
        if self.textruta:
            text = self.textruta.varden[0] + data
            self.textruta.varden = [text.removeprefix("\n") if self.textruta.varden[0] == "" else text]
        if self.djup and self.sida.fel:
            id_, text = self.sida.fel[-1]
            self.sida.fel[-1] = (id_, f"{text} {data}".strip())
