/* On every page of an agent: what was tapped on a roll, on this device, and has not left. The roll sends it once opened. */

import { File } from "./file.js";

const bandeau = document.querySelector("[data-pointages]");

// The roll says it better itself.
if (bandeau && !document.querySelector("[data-appel]")) rappeler(new File({ compte: bandeau.dataset.pointages }));

function rappeler(file) {
  const [adresse] = file.appels;
  if (!adresse) return;
  const n = file.nombre;
  const lien = document.createElement("a");
  lien.href = adresse;
  lien.textContent = n > 1 ? "ouvrez l’appel pour les envoyer" : "ouvrez l’appel pour l’envoyer";
  const attendent = n > 1 ? "pointages attendent" : "pointage attend";
  bandeau.replaceChildren(`${n}\u00a0${attendent} sur cet appareil\u00a0: `, lien, ".");
  bandeau.hidden = false;
}
