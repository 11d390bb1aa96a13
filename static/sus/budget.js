/* The budget pages while one types: sums, Enter down the column, a pasted column, undo. The server counts the same without it. */
(function () {
  "use strict";

  const formular = document.querySelector("form[data-budget]");
  if (!formular) return;
  const TAL = /^([-\u2010\u2011\u2013\u2212])?[ \u00a0\u2009\u202f]?([0-9]+(?:[ \u00a0\u2009\u202f][0-9]{3})*)$/;
  const KRONOR = /[ \u00a0\u2009\u202f]*(?:kr|kronor|SEK)\.?$/i;
  const FLEST_SIFFROR = 12;
  const BELOPP = "tbody input[data-enhet=kr]";
  const status = document.querySelector("[data-budgetstatus]");
  const angraknapp = document.querySelector("[data-gor=angra]");

  /* Amounts: null is nothing, NaN what cannot be read. As KronorField and formatering.py */

  function tolka(text) {
    const traff = TAL.exec(text.trim());
    if (!traff) return text.trim() ? NaN : null;
    const siffror = traff[2].replace(/[^0-9]/g, "").replace(/^0+(?=[0-9])/, "");
    if (siffror.length > FLEST_SIFFROR) return NaN;
    return traff[1] ? -Number(siffror) || 0 : Number(siffror);
  }

  /* A sum the server has written may have more digits than a field takes */
  function avlas(text) {
    const siffror = text.replace(/[^0-9]/g, "");
    if (!siffror) return null;
    return /^[-\u2212]/.test(text.trim()) ? -Number(siffror) : Number(siffror);
  }

  function kronor(tal) {
    if (tal === null) return "";
    return String(tal).replace(/\B(?=(?:[0-9]{3})+$)/g, "\u202f").replace("-", "\u2212");
  }

  function forandring(tal) {
    return tal > 0 ? `+${kronor(tal)}` : kronor(tal);
  }

  function procent(del, hela) {
    return `${kronor(Number((200n * BigInt(del) + BigInt(hela)) / (2n * BigInt(hela))))}\u00a0%`;
  }

  const kolumn = (falt) => falt.name.slice(falt.name.lastIndexOf("-") + 1);
  const summa = (belopp) => belopp.reduce((hittills, ett) => hittills + (ett || 0), 0);
  const kanda = (belopp) => belopp.filter((ett) => ett !== null && !Number.isNaN(ett));

  function rader(tabell) {
    return [...tabell.querySelectorAll("tbody tr")].filter((rad) => rad.querySelector("input[data-enhet=kr]"));
  }

  function varde(rad, ...kolumner) {
    const falt = [...rad.querySelectorAll("input[data-enhet=kr]")].find((ett) => kolumner.includes(kolumn(ett)));
    return falt ? tolka(falt.value) : null;
  }

  /* What a row or a table says. Utfall is null while none is known; komplett: all of it is known */
  function belopp(allaRader) {
    const utfall = allaRader.map((rad) => varde(rad, "utfall"));
    const paborjade = allaRader.map((rad) => varde(rad, "belopp", "budget"));
    const kant = kanda(utfall);
    return {
      budget: summa(paborjade),
      utfall: kant.length ? summa(kant) : null,
      komplett: utfall.every((ett, nr) => kanda([ett]).length || (ett === null && paborjade[nr] === null)),
      tomt: !kanda(paborjade).length,
    };
  }

  function visa(del, tal, arRad) {
    del.querySelectorAll("[data-rakna]").forEach(function (cell) {
      const klart = tal.komplett && tal.utfall !== null;
      const forra = cell.dataset.forra ? avlas(cell.dataset.forra) : null;
      cell.textContent = {
        budget: () => kronor(tal.budget),
        utfall: () => kronor(tal.utfall),
        kvar: () => kronor(klart ? tal.budget - tal.utfall : null),
        forbrukat: () => (klart && tal.budget > 0 ? procent(tal.utfall, tal.budget) : ""),
        forandring: () => forandring(forra === null || (arRad && tal.tomt) ? null : tal.budget - forra),
      }[cell.dataset.rakna]();
    });
  }

  function rakna() {
    const tabeller = [...formular.querySelectorAll("table")].filter((tabell) => rader(tabell).length || tabell.tFoot);
    tabeller.forEach(function (tabell) {
      rader(tabell).forEach((rad) => visa(rad, belopp([rad]), true));
      if (tabell.tFoot) visa(tabell.tFoot, belopp(rader(tabell)), false);
    });
    raknaPoster();
    raknaTyper();
  }

  /* The five lines of the samverkansorganisation's year */
  function raknaPoster() {
    const tabell = document.querySelector("[data-poster]");
    if (!tabell) return;
    const allt = [...formular.querySelectorAll("tbody tr")];
    const medel = summa(allt.map((rad) => varde(rad, "belopp")));
    const budgeterat = summa(allt.map((rad) => varde(rad, "budget"))) + avlas(tabell.dataset.insatserBudget);
    const forbrukat = summa(allt.map((rad) => varde(rad, "utfall"))) + avlas(tabell.dataset.insatserUtfall);
    [medel, forbrukat, medel - forbrukat, budgeterat, budgeterat - forbrukat].forEach(function (tal, nr) {
      visa(tabell.tBodies[0].rows[nr], { budget: tal, utfall: null, komplett: false, tomt: false }, false);
    });
  }

  /* The sums per budgettyp of an insats's year */
  function raknaTyper() {
    document.querySelectorAll("[data-typ]").forEach(function (del) {
      const typ = del.dataset.typ;
      const valda = [...formular.querySelectorAll("tbody tr")].filter(function (rad) {
        const val = rad.querySelector("select[name$=-budgettyp]");
        return val && (typ === "alla" ? val.value : val.value === typ);
      });
      const tal = belopp(valda);
      visa(del, tal, false);
      const budget = del.querySelector("[data-rakna=budget]");
      if (tal.tomt) budget.textContent = "";
    });
  }

  /* Undo: what each field held before, and rows that were taken away */

  const kant = new Map();
  const andringar = [];
  let pagar = null;

  const alla = () => [...formular.elements].filter((falt) => falt.name && falt.type !== "hidden");
  const minns = () => alla().forEach((falt) => kant.set(falt, falt.value));

  function lagg(andring) {
    andringar.push(andring);
    angraknapp.disabled = false;
  }

  function skrivet(handelse) {
    const falt = handelse.target;
    if (!kant.has(falt)) return;
    if (pagar !== falt) lagg({ fore: [[falt, kant.get(falt)]] });
    pagar = falt;
    kant.set(falt, falt.value);
    rakna();
  }

  function satt(par) {
    lagg({ fore: par.map(([falt]) => [falt, falt.value]) });
    pagar = null;
    par.forEach(([falt, text]) => { falt.value = text; });
    klart();
  }

  function klart() {
    minns();
    rakna();
    formular.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function angra() {
    const andring = andringar.pop();
    if (!andring) return;
    pagar = null;
    if (andring.rad) andring.plats.insertBefore(andring.rad, andring.nasta);
    (andring.fore || []).forEach(([falt, text]) => { falt.value = text; });
    const falt = andring.rad ? andring.rad.querySelector("input[data-enhet=kr]") : andring.fore[0][0];
    klart();
    falt.focus();
    angraknapp.disabled = !andringar.length;
    if (!andringar.length) formular.dispatchEvent(new Event("aterstallt"));
    status.textContent = "Ändringen är ångrad.";
  }

  function taBort(handelse) {
    const knapp = handelse.target.closest("button[name=ta_bort], button[name=ta-bort]");
    if (!knapp) return;
    handelse.preventDefault();
    const rad = knapp.closest("tr");
    const nasta = rad.nextElementSibling || rad.previousElementSibling;
    lagg({ rad: rad, plats: rad.parentNode, nasta: rad.nextSibling });
    pagar = null;
    rad.remove();
    klart();
    const falt = nasta && nasta.querySelector("input[data-enhet=kr]");
    (falt || angraknapp).focus();
    status.textContent = "Raden är borttagen. Den försvinner när du sparar.";
  }

  /* The keyboard and the spreadsheet */

  function iKolumnen(falt) {
    return [...falt.closest("tbody").querySelectorAll(`input[name$="-${kolumn(falt)}"]`)].filter((ett) => ett.type !== "hidden");
  }

  function nedat(handelse) {
    const falt = handelse.target;
    if (handelse.key !== "Enter" || handelse.isComposing || handelse.ctrlKey || handelse.altKey || handelse.metaKey) return;
    if (!falt.matches("tbody input")) return;
    handelse.preventDefault();
    const kolumnen = iKolumnen(falt);
    const nasta = kolumnen[kolumnen.indexOf(falt) + (handelse.shiftKey ? -1 : 1)];
    if (!nasta) return;
    nasta.focus();
    nasta.select();
  }

  /* The first click in an amount takes all of it, as Tab does, and so does a page that opens in one; the next click sets the caret */
  let oppnad = document.activeElement;
  if (oppnad.matches(BELOPP)) oppnad.select();

  function markera(handelse) {
    const falt = handelse.target;
    const forst = falt !== document.activeElement || falt === oppnad;
    oppnad = null;
    if (handelse.button || !forst || !falt.matches(BELOPP)) return;
    handelse.preventDefault();
    falt.focus();
    falt.select();
  }

  /* What was typed is written as the server writes it */
  function skrivUt(handelse) {
    const falt = handelse.target;
    if (!falt.matches(BELOPP)) return;
    const tal = tolka(falt.value);
    if (tal === null || Number.isNaN(tal)) return;
    falt.value = kronor(tal);
    kant.set(falt, falt.value);
  }

  /* The lines and cells of what is pasted, without kr */
  function urklipp(text) {
    return text.replace(/(\r?\n)+$/, "").split(/\r?\n/).map((rad) => rad.split("\t").map((cell) => cell.trim().replace(KRONOR, "")));
  }

  function klistraIn(handelse) {
    const falt = handelse.target;
    if (!falt.matches(BELOPP)) return;
    const text = handelse.clipboardData.getData("text/plain");
    const celler = urklipp(text);
    if (celler.length === 1 && celler[0].length === 1 && celler[0][0] === text.trim()) return;
    handelse.preventDefault();
    const belopprader = rader(falt.closest("table")).filter((rad) => !rad.querySelector("[name^=ny-]"));
    const forsta = belopprader.indexOf(falt.closest("tr"));
    if (celler.length > 1 && forsta < 0) {
      status.textContent = "Klistra in kolumnen i en av raderna ovanför.";
      return;
    }
    const kolumner = [...falt.closest("tr").querySelectorAll("input[data-enhet=kr]")];
    const par = [];
    let over = 0;
    celler.forEach((rad, nr) => rad.forEach(function (cell, steg) {
      const malrad = nr ? belopprader[forsta + nr] : falt.closest("tr");
      const mal = malrad && malrad.querySelectorAll("input[data-enhet=kr]")[kolumner.indexOf(falt) + steg];
      if (mal) par.push([mal, cell]);
      else over += 1;
    }));
    satt(par);
    par[par.length - 1][0].focus();
    const fick = par.length === 1 ? "1 belopp är inklistrat." : `${par.length} belopp är inklistrade.`;
    status.textContent = over ? `${fick} ${over} fick inte plats. Lägg till fler rader och klistra in dem där.` : fick;
    if (over) status.scrollIntoView({ block: "nearest" });
  }

  formular.addEventListener("input", (handelse) => { if (handelse.target !== formular) skrivet(handelse); });
  formular.addEventListener("focusout", () => { pagar = null; });
  formular.addEventListener("change", skrivUt);
  formular.addEventListener("mousedown", markera);
  formular.addEventListener("keydown", () => { oppnad = null; });
  formular.addEventListener("click", taBort);
  formular.addEventListener("keydown", nedat);
  formular.addEventListener("paste", klistraIn);
  angraknapp.addEventListener("click", angra);
  document.querySelectorAll("[data-budgethjalp]").forEach((del) => { del.hidden = false; });
  document.querySelectorAll("[data-rakneregel]").forEach((del) => { del.textContent = del.dataset.rakneregel; });
  /* A page that the browser shows again may have kept what was typed */
  window.addEventListener("pageshow", () => { minns(); rakna(); });
  minns();
  rakna();
})();
