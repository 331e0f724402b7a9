/* The month under the hands: what each gesture does, said in one place. planning/grille.js knows where the cells are,
   planning/choix.js which days are chosen, planning/menu.js shows a day. Without this script, a cell is a link to its day. */

import * as choix from "./planning/choix.js";
import { aujourdhui, caseDe, deplace, grille, voisine } from "./planning/grille.js";
import * as menu from "./planning/menu.js";

const planning = document.querySelector(".planning");
const POSITION = "portail-planning-position";
const APPUI_LONG = 500; // ms

const avecTouche = ({ altKey, ctrlKey, metaKey }) => altKey || ctrlKey || metaKey;

// --- Clicks ----------------------------------------------------------------------------------------

// The cell that a drag starts from; whether the press of the mouse, drag or Shift, has chosen days.
const glisse = { depart: null, choisit: false };

/** The cell or the line of the agenda that an event happens in, if any. */
const jourDe = (evenement) => evenement.target.closest(".grille-mois td > a, .agenda ul a");

planning.addEventListener("click", (evenement) => {
  const lien = jourDe(evenement);
  if (lien) cliquer(evenement, lien);
  glisse.choisit = false;
});

function cliquer(evenement, lien) {
  // A click that asks for a new tab gets it; one that asks for a new window too, where Shift chooses nothing.
  if (evenement.ctrlKey || evenement.metaKey || evenement.button) return;
  const choisit = caseDe(evenement) && (glisse.choisit || choix.enCours());
  if (evenement.shiftKey && !choisit) return;
  evenement.preventDefault();
  if (!choisit) menu.ouvrir(lien);
  // Once days are being chosen, a click adds or takes away; the one that ends a drag has done it.
  else if (!glisse.choisit) choix.basculer(lien);
}

// Of the mouse, or of the keyboard (Menu, Shift+F10), which some browsers say of the cell around the link.
planning.addEventListener("contextmenu", (evenement) => {
  const lien = jourDe(evenement) ?? evenement.target.closest(".grille-mois td")?.querySelector("a");
  if (!lien) return;
  evenement.preventDefault();
  menu.ouvrir(lien);
});

// --- The finger ------------------------------------------------------------------------------------

let appui;
planning.addEventListener("touchstart", (evenement) => {
  const lien = jourDe(evenement);
  if (lien) appui = setTimeout(() => menu.ouvrir(lien), APPUI_LONG);
});
for (const nom of ["touchend", "touchmove", "touchcancel"]) planning.addEventListener(nom, () => clearTimeout(appui));
// The end of the long press that opened the menu is no click on what lies under it.
planning.addEventListener("touchend", (evenement) => {
  if (menu.estOuvert() && jourDe(evenement)) evenement.preventDefault();
});

// --- The mouse -------------------------------------------------------------------------------------

grille?.addEventListener("dragstart", (evenement) => evenement.preventDefault());

grille?.addEventListener("pointerdown", (evenement) => {
  glisse.choisit = false;
  const lien = caseDe(evenement);
  const prolonge = lien && evenement.shiftKey && !evenement.button;
  if (!prolonge) choix.poser();
  if (!lien || evenement.button || evenement.pointerType === "touch" || evenement.ctrlKey || evenement.metaKey) return;
  if (prolonge) {
    choix.tracer(document.activeElement.closest(".grille-mois td > a") ?? lien, lien);
    glisse.choisit = true;
    evenement.preventDefault(); // where one was keeps the focus
  } else glisse.depart = lien;
});

grille?.addEventListener("pointerover", (evenement) => {
  const lien = caseDe(evenement);
  if (!glisse.depart || !lien || (lien === glisse.depart && !glisse.choisit)) return;
  glisse.choisit = true;
  choix.tracer(glisse.depart, lien, !choix.estChoisie(glisse.depart));
});

document.addEventListener("pointerup", () => {
  if (glisse.depart && glisse.choisit) choix.poser();
  glisse.depart = null;
});

// --- The keyboard ----------------------------------------------------------------------------------

grille?.addEventListener("keydown", (evenement) => {
  const lien = caseDe(evenement);
  if (!lien || avecTouche(evenement)) return;
  if (evenement.key === " ") choix.basculer(lien);
  else if (deplace(evenement.key)) aller(lien, voisine(lien, evenement.key), evenement.shiftKey);
  else return;
  evenement.preventDefault();
});

/** Go from a cell to another; with Shift, the days in between are chosen. */
function aller(lien, but, enChoisissant) {
  if (!enChoisissant) choix.poser();
  else if (but) choix.prolonger(lien, but);
  but?.focus();
}

document.addEventListener("keydown", (evenement) => {
  if (evenement.key === "Escape" && choix.enCours() && !document.querySelector("dialog[open]")) choix.effacer();
});

// Elsewhere on the page, the same arrows turn the months.
document.addEventListener("keydown", (evenement) => {
  if (avecTouche(evenement) || evenement.shiftKey || menu.estOuvert()) return;
  if (evenement.target.closest("input, select, textarea, [contenteditable], .grille-mois")) return;
  const sens = { ArrowLeft: "prev", ArrowRight: "next" }[evenement.key];
  if (sens) document.querySelector(`.planning__fleche[rel="${sens}"]`).click();
});

// --- One's place -----------------------------------------------------------------------------------

for (const fleche of document.querySelectorAll(".planning__fleche")) {
  fleche.hash = ""; // it would move the page and the focus
  fleche.addEventListener("click", () => {
    const place = { page: scrollY, grille: grille?.scrollLeft ?? 0, fleche: fleche.rel };
    sessionStorage.setItem(POSITION, JSON.stringify(place));
  });
}

const place = JSON.parse(sessionStorage.getItem(POSITION) ?? "null");
if (place) {
  sessionStorage.removeItem(POSITION);
  document.querySelector(`.planning__fleche[rel="${place.fleche}"]`).focus({ preventScroll: true });
  scrollTo({ top: place.page, behavior: "instant" });
  if (grille) grille.scrollLeft = place.grille;
} else if (aujourdhui) {
  // On a sheet too narrow for the month, today in the middle.
  grille.scrollLeft = aujourdhui.offsetLeft - grille.clientWidth / 2;
}
// In the agenda, today on top, unless the address or the browser's memory says another place.
const [arrivee] = performance.getEntriesByType("navigation");
if (!place && !location.hash && arrivee.type === "navigate") {
  document.querySelector(".agenda [aria-current]")?.scrollIntoView({ block: "start", behavior: "instant" });
}
