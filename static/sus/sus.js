/* Everything works without this file. It adds: Ctrl+S saves, a pressed button says so and is not pressed twice,
   the browser asks before it leaves changes that are not saved, a short date is written in full, and without a network nothing is sent. */
(function () {
  "use strict";

  const huvudformular = document.querySelector("form[data-huvudformular]");
  let osparat = Boolean(huvudformular && "osparat" in huvudformular.dataset);

  /* autofocus on a message box: not every browser does it for what is not a field */
  const fokus = document.querySelector("[autofocus]");
  if (fokus && document.activeElement === document.body) fokus.focus();

  document.addEventListener("keydown", function (handelse) {
    const sparar = (handelse.ctrlKey || handelse.metaKey) && !handelse.altKey && !handelse.shiftKey && handelse.key.toLowerCase() === "s";
    if (!sparar || !huvudformular) return;
    handelse.preventDefault();
    if (!handelse.repeat) huvudformular.requestSubmit(huvudformular.querySelector("button[name=spara]") || undefined);
  });

  function synligKnapp(formular, knapp) {
    return knapp && !knapp.matches(".sus-tyst-sand") ? knapp : formular.querySelector("button[data-vantar]");
  }

  /* The page stays as it is until the network is back. Sent twice, a form is saved once. */
  let natruta;
  function sagOmNatet(text) {
    if (!natruta) {
      natruta = document.createElement("div");
      natruta.className = "message-box message-box--warning";
      natruta.setAttribute("role", "alert");
      natruta.append(document.createElement("p"));
      huvudformular.append(natruta);
    }
    natruta.firstChild.textContent = text;
    natruta.scrollIntoView({ block: "nearest" });
  }
  window.addEventListener("online", function () {
    if (natruta) sagOmNatet("Nätet är tillbaka. Spara igen.");
  });

  document.addEventListener("submit", function (handelse) {
    const formular = handelse.target;
    if (handelse.defaultPrevented || formular.method !== "post") return;
    if (formular === huvudformular && !navigator.onLine) {
      handelse.preventDefault();
      sagOmNatet("Datorn har ingen kontakt med nätet. Det du har skrivit är inte sparat, men det finns kvar på sidan. Spara igen när nätet är tillbaka.");
      return;
    }
    if ("sands" in formular.dataset) {
      handelse.preventDefault();
      return;
    }
    formular.dataset.sands = "";
    osparat = false;
    const knapp = synligKnapp(formular, handelse.submitter);
    if (!knapp) return;
    knapp.setAttribute("aria-disabled", "true");
    if (knapp.dataset.vantar) {
      knapp.dataset.text = knapp.textContent;
      knapp.textContent = knapp.dataset.vantar;
    }
  });

  /* The browser's back button shows the page as it was left */
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sands]").forEach((formular) => delete formular.dataset.sands);
    document.querySelectorAll("button[aria-disabled=true]").forEach(function (knapp) {
      knapp.removeAttribute("aria-disabled");
      if ("text" in knapp.dataset) knapp.textContent = knapp.dataset.text;
      delete knapp.dataset.text;
    });
  });

  if (huvudformular) {
    huvudformular.addEventListener("input", () => { osparat = true; });
    huvudformular.addEventListener("aterstallt", () => { osparat = "osparat" in huvudformular.dataset; });
    window.addEventListener("beforeunload", function (handelse) {
      if (osparat) handelse.preventDefault();
    });
  }

  /* A day written short is shown in full, read as DatumField does: two digits are the latest such year that is at most a year ahead.
     What has no such month or day stays as it was written: 31012011 is the day first. */
  document.addEventListener("change", function (handelse) {
    if (!handelse.target.matches("input[data-datum]")) return;
    const traff = /^\s*([0-9]{2})?([0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])\s*$/.exec(handelse.target.value);
    if (!traff) return;
    const [, sekel, ar, manad, dag] = traff;
    const grans = new Date();
    grans.setFullYear(grans.getFullYear() + 1);
    const senast = [grans.getFullYear(), grans.getMonth() + 1, grans.getDate()].map((tal) => String(tal).padStart(2, "0")).join("");
    const nu = senast.slice(0, 2);
    handelse.target.value = `${sekel || (nu + ar + manad + dag <= senast ? nu : nu - 1)}${ar}-${manad}-${dag}`;
  });

  /* How much is left of a long text. The eye sees every stroke; a screen reader is told when the hand has rested. */
  document.querySelectorAll("textarea[data-hogst]").forEach(function (ruta) {
    const hogst = Number(ruta.dataset.hogst);
    const [synlig, upplast] = [document.createElement("p"), document.createElement("p")];
    let vantar;
    function text() {
      const antal = [...ruta.value.normalize("NFC").trim()].length;
      const siffror = Math.abs(hogst - antal).toLocaleString("sv-SE");
      return antal > hogst ? `${siffror} tecken för mycket` : `${siffror} tecken kvar`;
    }
    function visa() {
      synlig.textContent = text();
      clearTimeout(vantar);
      vantar = setTimeout(() => { upplast.textContent = text(); }, 1000);
    }
    synlig.className = "sus-raknare sus-liten sus-dampad";
    synlig.setAttribute("aria-hidden", "true");
    upplast.className = "sr-only";
    upplast.setAttribute("role", "status");
    ruta.after(synlig, upplast);
    synlig.textContent = text();
    ruta.addEventListener("input", visa);
  });
})();
