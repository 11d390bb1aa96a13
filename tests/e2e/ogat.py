"""What the browser is asked about a page that somebody has set to suit the eye. Each answer is a list of what is wrong."""

FOR_BRED = """() => {
  const bredare = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return bredare > 0 ? [`${bredare} px för bred`] : [];
}"""

# Text spacing of WCAG 1.4.12. A stylesheet made by script is not what the Content-Security-Policy forbids.
OKA_AVSTANDEN = """() => {
  const stil = new CSSStyleSheet();
  stil.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, stil];
}"""

# Text that its own box cuts off, or that lies over other text. What only a screen reader reads is left out, and cells
# that lie under the first column of a table that scrolls.
FORLORAT = """() => {
  const borta = ".sr-only, [aria-hidden=true], .sus-tabell--stapla thead, .sus-tabell--fast, dialog:not([open]), option, script";
  const lasare = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texter = [], kapade = [];
  while (lasare.nextNode()) {
    const text = lasare.currentNode, nod = text.parentElement;
    if (!text.data.trim() || nod.closest(borta) || !nod.checkVisibility({visibilityProperty: true})) continue;
    const stil = getComputedStyle(nod), omrade = document.createRange();
    const vidare = /hidden|clip/.test(stil.overflowX) && nod.scrollWidth > nod.clientWidth + 1;
    const hogre = /hidden|clip/.test(stil.overflowY) && nod.scrollHeight > nod.clientHeight + 1;
    if (vidare || hogre) kapade.push(`kapad: ${text.data.trim().slice(0, 60)}`);
    omrade.selectNodeContents(text);
    let lada = nod;
    while (getComputedStyle(lada).display === "inline") lada = lada.parentElement;
    const kant = lada.getBoundingClientRect();
    if ([...omrade.getClientRects()].some(ruta => ruta.right > kant.right + 2)) kapade.push(`utanför: ${text.data.trim().slice(0, 60)}`);
    texter.push(...[...omrade.getClientRects()].map(ruta => ({nod, ruta, text: text.data.trim().slice(0, 60)})));
  }
  const djup = (a, b) => Math.min(
    Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  const over = texter.flatMap((a, nr) => texter.slice(nr + 1).filter(b => a.nod !== b.nod && djup(a.ruta, b.ruta) > 5)
    .map(b => `över varandra: ${a.text} / ${b.text}`));
  return [...kapade, ...over];
}"""

RORELSE = """() => [...document.querySelectorAll("*")].filter(nod => ["", "::before", "::after"].some(del => {
  const stil = getComputedStyle(nod, del);
  return parseFloat(stil.transitionDuration) > 0.01 || stil.animationName !== "none" && parseFloat(stil.animationDuration) > 0.01;
})).map(nod => `rör sig: ${nod.outerHTML.slice(0, 120)}`)"""

# The edge of a field or box, to what lies around it and to what it holds: at least 3:1 to one of them.
KANTER = """() => {
  const ritning = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const farg = text => {
    ritning.clearRect(0, 0, 1, 1);
    ritning.fillStyle = text;
    ritning.fillRect(0, 0, 1, 1);
    return [...ritning.getImageData(0, 0, 1, 1).data];
  };
  const linjar = v => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  const ljus = ([r, g, b]) => 0.2126 * linjar(r) + 0.7152 * linjar(g) + 0.0722 * linjar(b);
  const kontrast = (a, b) => (Math.max(ljus(a), ljus(b)) + 0.05) / (Math.min(ljus(a), ljus(b)) + 0.05);
  const yta = nod => {
    for (let e = nod; e; e = e.parentElement) {
      const f = farg(getComputedStyle(e).backgroundColor);
      if (f[3]) return f;
    }
    return [255, 255, 255];
  };
  const falt = [...document.querySelectorAll(".text-field__input, .select-field__select, .textarea-field__textarea")];
  const rutor = [...document.querySelectorAll(".checkbox__label, .radio-button__label")];
  const delar = [...falt.map(nod => [nod, ""]), ...rutor.map(nod => [nod, "::before"])];
  return delar.filter(([nod]) => nod.checkVisibility()).map(([nod, del]) => {
    const stil = getComputedStyle(nod, del), kant = farg(stil.borderTopColor), inuti = farg(stil.backgroundColor);
    const grannar = [yta(nod.parentElement), inuti[3] ? inuti : yta(nod)];
    const bast = Math.max(...grannar.map(granne => kontrast(kant, granne)), kontrast(inuti[3] ? inuti : grannar[0], grannar[0]));
    return bast < 3 ? `kanten syns för lite, ${bast.toFixed(2)}: ${nod.outerHTML.slice(0, 100)}` : "";
  }).filter(Boolean);
}"""
