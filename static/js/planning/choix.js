/* Several days of the grid at once, and the bar that asks for all of them. Without this script, the pages
   « Réserver plusieurs jours » and « Déclarer plusieurs absences » do it. */

import { cases, grille, lieu, rectangle } from "./grille.js";

const barre = document.getElementById("barre-choix");
const annonce = document.getElementById("choix-annonce");
const libelles = new Map(cases.map((lien) => [lien, lien.getAttribute("aria-label")]));

let choisies = new Set();
// The rectangle that is being drawn: from where, to where, and whether it adds or takes away.
let trace = null;

/** Whether days are chosen. */
export const enCours = () => Boolean(barre) && !barre.hidden;

export const estChoisie = (lien) => choisies.has(lien);

/** Draw a rectangle of days. What was drawn from elsewhere is settled first. */
export function tracer(de, a, ajoute = true) {
  if (trace && trace.de !== de) poser();
  trace = { de, a, ajoute };
  montrer();
}

/** Go on with the rectangle that is being drawn, or begin one there. */
export function prolonger(de, a) {
  tracer(trace?.de ?? de, a);
}

/** Settle the rectangle that was drawn. */
export function poser() {
  if (!trace) return;
  choisies = avecLeTrace();
  trace = null;
  montrer();
}

export function basculer(lien) {
  poser();
  choisies.has(lien) ? choisies.delete(lien) : choisies.add(lien);
  montrer();
}

export function effacer() {
  choisies.clear();
  trace = null;
  montrer();
}

function avecLeTrace() {
  const toutes = new Set(choisies);
  if (trace) for (const lien of rectangle(trace.de, trace.a)) trace.ajoute ? toutes.add(lien) : toutes.delete(lien);
  return toutes;
}

// --- What one sees and hears -----------------------------------------------------------------------

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
