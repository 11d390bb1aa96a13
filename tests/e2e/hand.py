"""A person at the keyboard: Tab until the right thing has focus, then type, Space, an arrow or Enter. Never the mouse."""

FLEST_TABBAR = 150

# What has focus: its name as a screen reader says it, the question it belongs to, and what it holds.
FOKUS = """() => {
  const e = document.activeElement;
  if (!e.matches("a, button, summary, input, select, textarea")) return {namn: "", grupp: ""};
  const text = nod => nod ? nod.textContent.replaceAll("\\u00ad", "").replace(/\\s+/g, " ").trim() : "";
  const grupp = e.closest("fieldset.checkbox-group, fieldset.radio-button-group");
  return {
    namn: e.getAttribute("aria-label") || (e.labels && e.labels.length ? text(e.labels[0]) : text(e)),
    grupp: grupp ? text(grupp.querySelector(":scope > legend")) : "",
    vald: Boolean(e.checked),
    varde: e.value ?? "",
    arFalt: e.matches("input, select, textarea"),
    nyss: e === window.nyssRord,
  };
}"""
MARKERA = "() => { window.nyssRord = document.activeElement; }"
VAL = "() => [...document.activeElement.options].map(val => val.text.trim())"
VALT = "() => document.activeElement.selectedIndex"


class Hand:
    """`antal` counts every key except the letters of what is written."""

    def __init__(self, sida):
        self.sida = sida
        self.antal = 0

    def tryck_ned(self, *tangenter):
        for tangent in tangenter:
            self.sida.keyboard.press(tangent)
            self.antal += 1

    def fokus(self):
        return self.sida.evaluate(FOKUS)

    def till(self, namn, egenskap="namn", falt=False):
        """Tab forward to the link, button or field that begins with the name; what was just used is passed by."""
        passerade = []
        for _ in range(FLEST_TABBAR):
            fokus = self.fokus()
            if fokus[egenskap].startswith(namn) and fokus.get("arFalt") == falt and not fokus["nyss"]:
                self.sida.evaluate(MARKERA)
                return fokus
            passerade.append(fokus[egenskap])
            self.tryck_ned("Tab")
        raise AssertionError(f"{namn} nås inte med Tab: {passerade[:40]}")

    def fyll(self, namn, text):
        if self.till(namn, falt=True)["varde"]:
            self.tryck_ned("Control+a")
        self.sida.keyboard.type(text)
        assert self.fokus()["varde"] == text, namn

    def valj(self, namn, alternativ):
        """The arrows walk to the choice that begins so."""
        self.till(namn, falt=True)
        val = self.sida.evaluate(VAL)
        mal = next(nr for nr, text in enumerate(val) if text.startswith(alternativ))
        steg = mal - self.sida.evaluate(VALT)
        self.tryck_ned(*["ArrowDown" if steg > 0 else "ArrowUp"] * abs(steg))
        assert self.sida.evaluate(VALT) == mal, alternativ

    def kryssa(self, *namn):
        for ett in namn:
            self.till(ett, falt=True)
            self.tryck_ned("Space")

    def svara(self, fraga, svar):
        """A radio button of the question: Space on the first, or the arrows to the others."""
        fokus = self.till(fraga, egenskap="grupp", falt=True)
        steg = 0
        while not fokus["namn"].startswith(svar):
            self.tryck_ned("ArrowDown")
            fokus = self.fokus()
            steg += 1
            assert steg < 20, f"{svar} finns inte i {fraga}"
        if not fokus["vald"]:
            self.tryck_ned("Space")
        assert self.fokus()["vald"], svar
        self.sida.evaluate(MARKERA)

    def tryck(self, namn):
        """Enter on a button or a link, and wait for the next page."""
        self.till(namn)
        self.enter()

    def enter(self):
        with self.sida.expect_navigation():
            self.tryck_ned("Enter")
