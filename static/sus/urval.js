/* Rapporter: a filter that has no meaning for what is chosen is disabled, and a list that follows the samverkansorganisation is fetched
   anew when that changes. Without this the server puts the filter aside, or tells the fault and shows the right list. */
(function () {
  "use strict";

  const formular = document.querySelector("form[data-urval]");
  let hamtning;

  function uppdatera() {
    for (const falt of formular.querySelectorAll("[data-styrs-av]")) {
      const styr = formular.elements[falt.dataset.styrsAv];
      if (styr) falt.disabled = falt.dataset.utanBetydelse.split(" ").includes(styr.value);
    }
  }

  const runtomkring = (falt) => falt.closest(".select-field, .checkbox-group");

  async function hamtaListor(styr) {
    if (hamtning) hamtning.abort();
    hamtning = new AbortController();
    const val = new URLSearchParams(new FormData(formular));
    val.set("osand", "1");
    const svar = await fetch(`${formular.action}?${val}`, { signal: hamtning.signal });
    const ny = new DOMParser().parseFromString(await svar.text(), "text/html");
    for (const falt of formular.querySelectorAll(`[data-foljer="${styr}"]`)) {
      const nytt = ny.getElementById(falt.id);
      if (nytt) runtomkring(falt).replaceWith(runtomkring(nytt));
    }
    uppdatera();
  }

  formular.addEventListener("change", function (handelse) {
    uppdatera();
    const styr = handelse.target.name;
    if (formular.querySelector(`[data-foljer="${styr}"]`)) hamtaListor(styr).catch(() => {}); // the server tells what does not fit
  });
  window.addEventListener("pageshow", uppdatera); // the browser may lay back what was chosen
  uppdatera();
})();
