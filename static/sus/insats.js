/* Registrera insats: Endast antal is preselected for a strukturövergripande insats, as long as nobody has chosen. The server does the same. */
(function () {
  "use strict";

  const formular = document.getElementById("formular");
  const val = (namn, varde) => formular.querySelector(`input[name=${namn}][value=${varde}]`);
  const volym = formular && val("deltagarregistrering", "volym");
  if (!volym) return;
  let forvalt = false;

  function forvalj() {
    const struktur = val("inriktning", "strukturovergripande").checked;
    if (struktur && !formular.querySelector("input[name=deltagarregistrering]:checked")) {
      volym.checked = true;
      forvalt = true;
    } else if (!struktur && forvalt) {
      volym.checked = false;
      forvalt = false;
    }
  }

  formular.addEventListener("change", function (handelse) {
    if (handelse.target.name === "deltagarregistrering") forvalt = false;
    if (handelse.target.name === "inriktning") forvalj();
  });
  forvalj();
})();
