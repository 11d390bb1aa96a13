"""A walk with Tab over everything on a page that takes focus: seen, not covered, in the order of the eye, and out again."""

LANGST = 400

# What Tab should reach: of a group of radio buttons one. How each looks without focus is kept.
BORJA = """() => {
  const synlig = nod => nod.checkVisibility({visibilityProperty: true}) && !nod.closest("[inert]") && nod.getClientRects().length > 0;
  const bild = nod => [nod, nod.nextElementSibling].filter(Boolean).flatMap(e => ["", "::before", "::after"].map(del => {
    const s = getComputedStyle(e, del);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor].join();
  })).join(";");
  document.activeElement.blur();
  scrollTo(0, 0);
  const grupper = new Set();
  const alla = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(nod => {
    if (nod.disabled || nod.tabIndex < 0 || nod.type === "hidden" || !synlig(nod)) return false;
    if (nod.type !== "radio") return true;
    const grupp = [...document.querySelectorAll(`input[type=radio][name="${nod.name}"]`)].filter(synlig);
    if (grupp.some(ett => ett.checked)) return nod.checked;
    return !grupper.has(nod.name) && grupper.add(nod.name);
  });
  window.rundtur = {alla, bild, utan: new Map(alla.map(nod => [nod, bild(nod)]))};
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  return alla.length;
}"""

# Where focus is now. A hidden check box or radio button is seen by its label. `tackt`: nothing of it can be seen.
STEG = """() => {
  const nod = document.activeElement, {alla, bild, utan} = window.rundtur;
  if (!nod || nod === document.body) return {nr: -1};
  const etikett = nod.labels && nod.labels.length ? nod.labels[0] : null;
  const yta = etikett && nod.getBoundingClientRect().width < 4 ? etikett : nod;
  const ruta = [...yta.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height)[0] || yta.getBoundingClientRect();
  const [v, h] = [Math.max(ruta.left, 0), Math.min(ruta.right, innerWidth)];
  const [o, u] = [Math.max(ruta.top, 0), Math.min(ruta.bottom, innerHeight)];
  const delar = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]];
  const overst = delar.map(([x, y]) => document.elementFromPoint(v + (h - v) * x, o + (u - o) * y));
  return {
    nr: alla.indexOf(nod),
    namn: (nod.getAttribute("aria-label") || (etikett || nod).textContent).replace(/\\s+/g, " ").trim().slice(0, 60),
    syns: bild(nod) !== utan.get(nod),
    tackt: h <= v || u <= o || !overst.some(del => del && (yta.contains(del) || del.contains(yta))),
    ruta: {v: ruta.left + scrollX, h: ruta.right + scrollX, o: ruta.top + scrollY, u: ruta.bottom + scrollY},
  };
}"""
HTML = "nr => window.rundtur.alla[nr].outerHTML.slice(0, 120)"


def ga_runt(sida):
    """What is wrong on the way, in words; an empty list is a good walk."""
    antal = sida.evaluate(BORJA)
    brister, besokta, forra = [], set(), None
    for _ in range(LANGST):
        sida.keyboard.press("Tab")
        steg = sida.evaluate(STEG)
        if steg["nr"] == -1 or steg["nr"] in besokta:
            break
        besokta.add(steg["nr"])
        brister += _brister(steg, forra)
        forra = steg
    if missade := sorted(set(range(antal)) - besokta):
        brister.append(f"{len(missade)} av {antal} nås inte; den första är {sida.evaluate(HTML, missade[0])}")
    return brister


def _brister(steg, forra):
    if not steg["syns"]:
        yield f"fokus syns inte på {steg['namn']}"
    if steg["tackt"]:
        yield f"{steg['namn']} är dolt när det har fokus"
    if forra and steg["ruta"]["u"] <= forra["ruta"]["o"] and steg["ruta"]["v"] < forra["ruta"]["h"] - 1:
        yield f"{steg['namn']} kommer efter {forra['namn']} men står före"
