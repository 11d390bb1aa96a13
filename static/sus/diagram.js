/* Rapporter: beside "Spara som SVG" a button that saves the same picture as PNG, at twice its size. */
(function () {
  "use strict";

  function spara(lank) {
    const bild = new Image();
    bild.addEventListener("error", function () {
      location.assign(lank.href); // the answer was no picture: let the page say why
    });
    bild.addEventListener("load", function () {
      const duk = document.createElement("canvas");
      duk.width = bild.naturalWidth * 2;
      duk.height = bild.naturalHeight * 2;
      duk.getContext("2d").drawImage(bild, 0, 0, duk.width, duk.height);
      duk.toBlob(function (innehall) {
        const fil = document.createElement("a");
        fil.href = URL.createObjectURL(innehall);
        fil.download = lank.dataset.bild + ".png";
        fil.click();
        setTimeout(function () { URL.revokeObjectURL(fil.href); }, 60000);
      });
    });
    bild.src = lank.href;
  }

  for (const lank of document.querySelectorAll("a[data-bild]")) {
    const knapp = document.createElement("button");
    knapp.type = "button";
    knapp.className = lank.className;
    knapp.innerHTML = lank.innerHTML.replace("SVG", "PNG");
    knapp.addEventListener("click", function () { spara(lank); });
    lank.after(knapp);
  }
})();
