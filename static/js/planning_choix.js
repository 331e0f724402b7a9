/* Several days of the grid at once: by dragging, with Shift, with the space bar; then one request for all of them.
   Without this script, the pages « Réserver plusieurs jours » and « Déclarer plusieurs absences » do it. */

const grille = document.querySelector(".grille-mois");
const barre = document.getElementById("barre-choix");
const annonce = document.getElementById("choix-annonce");
const rangees = grille ? [...grille.querySelectorAll("tbody tr")].map((rangee) => [...rangee.querySelectorAll("td > a")]) : [];
const cases = rangees.flat();
const libelles = new Map(cases.map((lien) => [lien, lien.getAttribute("aria-label")]));

// --- What is chosen --------------------------------------------------------------------------------

let choisies = new Set();
// The rectangle that is being drawn: from where, to where, and whether it adds or takes away.
let trace = null;

function lieu(lien) {
  const y = rangees.findIndex((rangee) => rangee.includes(lien));
  return [rangees[y].indexOf(lien), y];
}

function rectangle(de, a) {
  const [[x1, y1], [x2, y2]] = [lieu(de), lieu(a)];
  const dedans = rangees.slice(Math.min(y1, y2), Math.max(y1, y2) + 1);
  return dedans.flatMap((rangee) => rangee.slice(Math.min(x1, x2), Math.max(x1, x2) + 1));
}

function avecLeTrace() {
  const toutes = new Set(choisies);
  if (trace) for (const lien of rectangle(trace.de, trace.a)) trace.ajoute ? toutes.add(lien) : toutes.delete(lien);
  return toutes;
}

function tracer(de, a, ajoute = true) {
  trace = { de, a, ajoute };
  montrer();
}

function poser() {
  choisies = avecLeTrace();
  trace = null;
  montrer();
}

function basculer(lien) {
  poser();
  choisies.has(lien) ? choisies.delete(lien) : choisies.add(lien);
  montrer();
}

function effacer() {
  choisies.clear();
  trace = null;
  montrer();
}

// --- What one sees ---------------------------------------------------------------------------------

function montrer() {
  const toutes = avecLeTrace();
  for (const lien of cases) {
    const choisie = toutes.has(lien);
    lien.parentElement.classList.toggle("choisie", choisie);
    lien.setAttribute("aria-label", libelles.get(lien) + (choisie ? ", choisi" : ""));
  }
  barre.hidden = !toutes.size;
  annonce.textContent = dire(toutes);
  barre.querySelector("strong").textContent = dire(toutes);
}

function dire(toutes) {
  const jours = new Set([...toutes].map((lien) => lieu(lien)[0])).size;
  const lignes = new Set([...toutes].map((lien) => lieu(lien)[1])).size;
  if (!jours) return "Aucun jour choisi";
  return (jours > 1 ? `${jours}\u00a0jours choisis` : "1\u00a0jour choisi") + (lignes > 1 ? `, sur ${lignes}\u00a0lignes` : "");
}

// --- The mouse -------------------------------------------------------------------------------------

const caseSous = (evenement) => evenement.target.closest?.(".grille-mois td > a");
let depart = null;
// The click that ends a drag, or chooses with Shift, opens no menu.
let clicFait = false;

grille?.addEventListener("dragstart", (evenement) => evenement.preventDefault());

grille?.addEventListener("pointerdown", (evenement) => {
  clicFait = false;
  const lien = caseSous(evenement);
  const ancre = document.activeElement.closest(".grille-mois td > a") ?? lien;
  const prolonge = lien && evenement.shiftKey && !evenement.button;
  if (trace && !(prolonge && trace.de === ancre)) poser();
  if (!lien || evenement.button || evenement.pointerType === "touch" || evenement.ctrlKey || evenement.metaKey) return;
  if (prolonge) {
    tracer(ancre, lien);
    clicFait = true;
    evenement.preventDefault(); // the anchor keeps the focus
  } else depart = lien;
});

grille?.addEventListener("pointerover", (evenement) => {
  const lien = caseSous(evenement);
  if (!depart || !lien || (lien === depart && !clicFait)) return;
  clicFait = true;
  tracer(depart, lien, !choisies.has(depart));
});

document.addEventListener("pointerup", () => {
  if (depart && clicFait) poser();
  depart = null;
});

// Before the menu's own listener: once days are being chosen, a click adds or takes away.
grille?.addEventListener(
  "click",
  (evenement) => {
    const lien = caseSous(evenement);
    if (!lien || evenement.ctrlKey || evenement.metaKey) return;
    if (!clicFait && barre.hidden) return;
    evenement.preventDefault();
    evenement.stopPropagation();
    if (!clicFait) basculer(lien);
    clicFait = false;
  },
  { capture: true },
);

// --- The keyboard ----------------------------------------------------------------------------------

grille?.addEventListener("keydown", (evenement) => {
  if (evenement.key !== " " || !caseSous(evenement)) return;
  evenement.preventDefault();
  basculer(caseSous(evenement));
});

// Shift and an arrow: from where one was to where the focus goes. Seen before the arrow moves it.
grille?.addEventListener(
  "keydown",
  (evenement) => {
    const lien = caseSous(evenement);
    if (!lien || !evenement.key.startsWith("Arrow")) return;
    if (!evenement.shiftKey) poser();
    else trace ??= { de: lien, a: lien, ajoute: true };
  },
  { capture: true },
);
grille?.addEventListener("focusin", (evenement) => {
  if (trace && !depart && caseSous(evenement)) tracer(trace.de, evenement.target);
});

document.addEventListener("keydown", (evenement) => {
  if (evenement.key === "Escape" && !barre?.hidden && !document.querySelector("dialog[open]")) effacer();
});

// --- The request -----------------------------------------------------------------------------------

barre?.addEventListener("reset", () => {
  effacer();
  grille.querySelector('td > a[tabindex="0"]').focus();
});

/** The days, an address as short as can be: ?inscription=12&jours=2015-04-08,2015-04-09&inscription=… */
barre?.addEventListener("formdata", ({ formData }) => {
  const [toutes, jours] = [avecLeTrace(), new Map()];
  for (const lien of cases.filter((une) => toutes.has(une))) {
    const inscription = lien.closest("[data-i]").dataset.i;
    const jour = `${grille.dataset.mois}-${lien.getAttribute("href").split("/")[0].padStart(2, "0")}`;
    jours.set(inscription, [...(jours.get(inscription) ?? []), jour]);
  }
  for (const [inscription, dates] of jours) {
    formData.append("inscription", inscription);
    formData.append("jours", dates.join(","));
  }
});
