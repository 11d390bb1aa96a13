/* Security keys: the browser asks for the key when the button is pressed, and the form carries its answer.
   The button shows only where there is script and the browser knows security keys. */
(function () {
  "use strict";

  const knappar = document.querySelectorAll("button[data-sakerhetsnyckel]");
  if (!window.PublicKeyCredential || !window.webauthnJSON) return;

  knappar.forEach(function (knapp) {
    const formular = knapp.form;
    const fel = document.getElementById(knapp.dataset.fel);
    knapp.hidden = false;
    knapp.addEventListener("click", async function () {
      const fraga = JSON.parse(document.getElementById("webauthn").textContent);
      fel.hidden = true;
      knapp.disabled = true;
      try {
        const svar = await window.webauthnJSON[knapp.dataset.sakerhetsnyckel](fraga);
        formular.elements.credential.value = JSON.stringify(svar);
        formular.submit();
      } catch {
        fel.hidden = false;
        knapp.disabled = false;
        knapp.focus();
      }
    });
  });
})();
