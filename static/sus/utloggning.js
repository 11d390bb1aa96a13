/* Warns two minutes before the login ends, and lets the user stay. Tabs tell each other: use in one of them counts for all. */
(function () {
  "use strict";

  const dialog = document.getElementById("utloggning");
  if (!dialog || !dialog.showModal) return;
  const VARNA = 120;
  const NYCKEL = "sus-utloggas";
  const del = (namn) => dialog.querySelector(`[data-nar=${namn}]`);
  const knapp = (namn) => dialog.querySelector(`[data-gor=${namn}]`);
  const nedrakning = dialog.querySelector("[data-nedrakning]");
  const upplasning = dialog.querySelector("[data-upplasning]");
  let slut = 0;
  let uppsagd = "";

  function minne(varde) {
    try {
      if (varde !== undefined) localStorage.setItem(NYCKEL, String(varde));
      return Number(localStorage.getItem(NYCKEL)) || 0;
    } catch {
      return 0; /* storage may be forbidden: then each tab counts for itself */
    }
  }

  function borja(kvar) {
    slut = Date.now() + kvar * 1000;
    minne(slut);
  }

  function kvar() {
    return Math.max(0, Math.ceil((Math.max(slut, minne()) - Date.now()) / 1000));
  }

  function visa(namn) {
    ["snart", "slut", "langst"].forEach((ett) => { del(ett).hidden = ett !== namn; });
    knapp("fortsatt").hidden = namn !== "snart";
    knapp("stang").hidden = namn === "snart";
    dialog.querySelector("h2").textContent = namn === "slut" ? "Du är utloggad" : "Du loggas snart ut";
    if (!dialog.open) dialog.showModal();
    (namn === "snart" ? knapp("fortsatt") : knapp("stang")).focus();
    if (namn !== "snart") las(del(namn).textContent);
  }

  /* A screen reader is told at the minutes, not every second */
  function las(text) {
    if (text === uppsagd) return;
    uppsagd = text;
    upplasning.textContent = text;
  }

  function iOrd(sekunder) {
    return sekunder > 60 ? `${Math.ceil(sekunder / 60)} minuter` : `${sekunder} sekunder`;
  }

  let lage = "";
  function tick() {
    const sekunder = kvar();
    if (sekunder > VARNA) {
      if (lage && lage !== "langst") dialog.close();
      lage = "";
    } else if (sekunder > 0) {
      if (!lage) visa(lage = "snart");
      nedrakning.textContent = iOrd(sekunder);
      if (lage === "snart" && sekunder % 60 === 0) las(`Du loggas ut om ${iOrd(sekunder)}.`);
    } else if (lage !== "slut") {
      visa(lage = "slut");
    }
  }

  async function fortsatt() {
    try {
      const svar = await fetch(dialog.dataset.adress, { headers: { Accept: "application/json" }, cache: "no-store" });
      borja((await svar.json()).kvar);
    } catch {
      return; /* no answer: the warning stays */
    }
    if (kvar() > VARNA) {
      dialog.close();
      lage = "";
    } else {
      visa(lage = kvar() > 0 ? "langst" : "slut");
    }
  }

  knapp("fortsatt").addEventListener("click", fortsatt);
  knapp("stang").addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", function (handelse) {
    if (lage !== "snart") return;
    handelse.preventDefault();
    fortsatt();
  });

  borja(Number(dialog.dataset.kvar));
  setInterval(tick, 1000);
})();
