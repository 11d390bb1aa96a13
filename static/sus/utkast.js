/* Keeps a draft while one writes: a few seconds after the last change the form is sent to its own page, which encrypts it.
   Nothing is kept in the browser. Without this file there is the button Spara utkast. */
(function () {
  "use strict";

  const VANTA = 2000;
  const FORSOK_IGEN = 10000;
  const status = document.querySelector("[data-utkast]");
  const formular = status && status.closest("form");
  if (!formular) return;
  const samtycke = document.getElementById(status.dataset.samtycke || "");
  const text = status.textContent;
  let klocka;
  let pagar;
  let andrat = false;

  function visa(mening) {
    if (status.textContent !== mening) status.textContent = mening;
  }

  function borja(vanta) {
    clearTimeout(klocka);
    klocka = setTimeout(spara, vanta);
  }

  function avbryt() {
    clearTimeout(klocka);
    if (pagar) pagar.abort();
    pagar = undefined;
  }

  function svarat(svar) {
    status.removeAttribute("role");
    if (svar.utkast) {
      formular.elements.utkast.value = svar.utkast;
      visa(`Utkast sparat kl. ${svar.tid}.`);
    } else if (samtycke && !samtycke.checked) {
      formular.elements.utkast.value = ""; /* the server has thrown it away */
      visa(text);
    } else {
      visa(svar.fel || text);
    }
  }

  function visaFel() {
    status.setAttribute("role", "status"); /* only what is wrong is read aloud */
    visa("Utkastet kunde inte sparas. Det du har skrivit finns kvar på sidan, så stäng den inte.");
  }

  async function spara() {
    if (samtycke && !samtycke.checked && !formular.elements.utkast.value) return;
    avbryt();
    const denna = pagar = new AbortController();
    andrat = false;
    const falt = new FormData(formular);
    falt.append("spara_utkast", "auto");
    try {
      const svar = await fetch(location.href, { method: "POST", body: falt, signal: denna.signal, cache: "no-store", redirect: "error" });
      if (svar.ok) svarat(await svar.json());
      else visaFel();
    } catch {
      if (denna.signal.aborted) return;
      visaFel();
      andrat = true;
      borja(FORSOK_IGEN);
    }
    if (pagar === denna) pagar = undefined;
  }

  formular.addEventListener("input", function () {
    andrat = true;
    borja(VANTA);
  });
  document.addEventListener("submit", function (handelse) {
    if (!handelse.defaultPrevented) avbryt();
  });
  window.addEventListener("online", function () {
    if (andrat) borja(0);
  });
})();
