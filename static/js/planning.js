/* The month grid: arrows from cell to cell, one small menu for click, right click, Enter and long press,
   and the month before or after without losing one's place. Without this script, a cell is a link to its day. */

const grille = document.querySelector(".grille-mois");
const menu = document.getElementById("menu-case");
const POSITION = "portail-planning-position";
const APPUI_LONG = 500; // ms

// --- The menu --------------------------------------------------------------------------------------

let appelante;

async function ouvrir(lien) {
  // A long press may be said twice, by the finger and by the browser's own menu.
  if (menu.open || appelante === lien) return;
  appelante = lien;
  const adresse = new URL(lien.href);
  adresse.searchParams.set("prestation", adresse.hash.slice(2));
  adresse.hash = "";
  try {
    const reponse = await fetch(adresse, { credentials: "same-origin" });
    if (!reponse.ok || reponse.redirected) throw new Error(String(reponse.status));
    menu.innerHTML = await reponse.text();
  } catch {
    appelante = undefined;
    location.assign(lien.href); // the day's own page says it too
    return;
  }
  menu.showModal();
}

menu.addEventListener("close", () => {
  appelante?.focus();
  appelante = undefined;
});
menu.addEventListener("click", (evenement) => {
  if (evenement.target === menu) menu.close(); // a click beside it
});

function surCase(nom, faire) {
  document.querySelector(".planning").addEventListener(nom, (evenement) => {
    const lien = evenement.target.closest(".grille-mois td > a, .agenda ul a");
    if (lien) faire(evenement, lien);
  });
}

surCase("click", (evenement, lien) => {
  // A click that asks for a new tab or window gets it.
  if (evenement.ctrlKey || evenement.metaKey || evenement.shiftKey || evenement.button) return;
  evenement.preventDefault();
  ouvrir(lien);
});
surCase("contextmenu", (evenement, lien) => {
  evenement.preventDefault();
  ouvrir(lien);
});

let appui;
surCase("touchstart", (evenement, lien) => {
  appui = setTimeout(() => ouvrir(lien), APPUI_LONG);
});
for (const nom of ["touchend", "touchmove", "touchcancel"]) surCase(nom, () => clearTimeout(appui));
// The end of the long press that opened the menu is no click on what lies under it.
surCase("touchend", (evenement) => {
  if (menu.open) evenement.preventDefault();
});

// --- The keyboard ----------------------------------------------------------------------------------

const rangees = [...document.querySelectorAll(".grille-mois tbody tr")].map((rangee) => [...rangee.querySelectorAll("td > a")]);
const aujourdhui = document.querySelector(".grille-mois thead .auj");

function viser(lien) {
  for (const autre of rangees.flat()) autre.tabIndex = autre === lien ? 0 : -1;
}

// One stop of the Tab key for the whole grid: today's first cell, or the first of all; then the last one visited.
if (rangees.length) viser(rangees[0][aujourdhui ? aujourdhui.cellIndex - 2 : 0]);
grille?.addEventListener("focusin", (evenement) => {
  const lien = evenement.target.closest("td > a");
  if (lien) viser(lien);
});

const PAS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

grille?.addEventListener("keydown", (evenement) => {
  const lien = evenement.target.closest("td > a");
  if (!lien || evenement.altKey || evenement.ctrlKey || evenement.metaKey) return;
  const y = rangees.findIndex((rangee) => rangee.includes(lien));
  const x = rangees[y].indexOf(lien);
  let but;
  if (evenement.key in PAS) but = rangees[y + PAS[evenement.key][0]]?.[x + PAS[evenement.key][1]];
  else if (evenement.key === "Home") but = rangees[y][0];
  else if (evenement.key === "End") but = rangees[y].at(-1);
  else return;
  evenement.preventDefault();
  but?.focus();
});

// Elsewhere on the page, the same arrows turn the months.
document.addEventListener("keydown", (evenement) => {
  if (evenement.altKey || evenement.ctrlKey || evenement.metaKey || evenement.shiftKey || menu.open) return;
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
