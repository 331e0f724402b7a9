/* The month grid: arrows from cell to cell, one small menu for click, right click, Enter and long press,
   and the month before or after without losing one's place. Without this script, a cell is a link to its day. */

const grille = document.querySelector(".grille-mois");
const menu = document.getElementById("menu-case");
const POSITION = "portail-planning-position";
const APPUI_LONG = 500; // ms

// --- The menu --------------------------------------------------------------------------------------

let appelante;

async function ouvrir(lien) {
  const adresse = new URL(lien.href);
  const prestation = adresse.hash.slice(2);
  if (!prestation) {
    location.assign(lien.href);
    return;
  }
  adresse.hash = "";
  adresse.searchParams.set("prestation", prestation);
  try {
    const reponse = await fetch(adresse, { credentials: "same-origin" });
    if (!reponse.ok || reponse.redirected) throw new Error(String(reponse.status));
    menu.innerHTML = await reponse.text();
  } catch {
    location.assign(lien.href); // the day's own page says it too
    return;
  }
  appelante = lien;
  if (!menu.open) menu.showModal();
}

menu?.addEventListener("close", () => appelante?.focus());
menu?.addEventListener("click", (evenement) => {
  if (evenement.target === menu) menu.close(); // a click beside it
});

const caseDe = (evenement) => evenement.target.closest(".grille-mois td > a, .agenda__case");

function surCase(nom, faire) {
  document.querySelector(".planning")?.addEventListener(nom, (evenement) => {
    const lien = caseDe(evenement);
    if (lien && menu) faire(evenement, lien);
  });
}

surCase("click", (evenement, lien) => {
  // A click that asks for a new tab gets it.
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

// --- The keyboard ----------------------------------------------------------------------------------

const rangees = grille ? [...grille.querySelectorAll("tbody tr")].map((rangee) => [...rangee.querySelectorAll("td > a")]) : [];

function viser(lien, prendre = true) {
  for (const autre of rangees.flat()) autre.tabIndex = autre === lien ? 0 : -1;
  if (prendre) lien.focus();
}

// One stop of the Tab key for the whole grid: today's first cell, or the first of all.
if (rangees.length) {
  const aujourdhui = grille.querySelector("thead .auj");
  const rang = aujourdhui ? aujourdhui.cellIndex - 2 : 0;
  viser(rangees[0][rang], false);
}

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
  evenement.stopPropagation();
  if (but) viser(but);
});

// Elsewhere on the page, the same arrows turn the months.
document.addEventListener("keydown", (evenement) => {
  if (evenement.altKey || evenement.ctrlKey || evenement.metaKey || evenement.shiftKey || menu?.open) return;
  if (evenement.target.closest("input, select, textarea, [contenteditable], .grille-mois")) return;
  const sens = { ArrowLeft: "prev", ArrowRight: "next" }[evenement.key];
  if (sens) document.querySelector(`.planning__fleche[rel="${sens}"]`)?.click();
});

// --- One's place -----------------------------------------------------------------------------------

document.querySelectorAll(".planning__fleche").forEach((fleche) => {
  fleche.addEventListener("click", () => {
    const place = { page: scrollY, grille: grille?.scrollLeft ?? 0, fleche: fleche.rel };
    sessionStorage.setItem(POSITION, JSON.stringify(place));
  });
});

const place = JSON.parse(sessionStorage.getItem(POSITION) ?? "null");
if (place) {
  sessionStorage.removeItem(POSITION);
  document.querySelector(`.planning__fleche[rel="${place.fleche}"]`)?.focus({ preventScroll: true });
  scrollTo({ top: place.page, behavior: "instant" });
  if (grille) grille.scrollLeft = place.grille;
}
