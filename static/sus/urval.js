/* Rapporter: a filter that has no meaning for what is chosen is disabled. Without this the server puts it aside, and says so. */
(function () {
  "use strict";

  function uppdatera(falt) {
    const styr = document.querySelector(`[name="${falt.dataset.styrsAv}"]`);
    if (styr) falt.disabled = falt.dataset.utanBetydelse.split(" ").includes(styr.value);
  }

  for (const falt of document.querySelectorAll("[data-styrs-av]")) {
    uppdatera(falt);
    document.addEventListener("change", function (handelse) {
      if (handelse.target.name === falt.dataset.styrsAv) uppdatera(falt);
    });
  }
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("[data-styrs-av]").forEach(uppdatera); // the browser may lay back what was chosen
  });
})();
