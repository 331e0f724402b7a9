/* The cells of the month: where each one is, and at which one the Tab key stops. */

export const grille = document.querySelector(".grille-mois");
export const aujourdhui = grille?.querySelector("thead .auj");
const rangees = grille ? [...grille.querySelectorAll("tbody tr")].map((rangee) => [...rangee.querySelectorAll("td > a")]) : [];
export const cases = rangees.flat();

/** The cell that an event happens in, if any. */
export const caseDe = (evenement) => evenement.target.closest?.(".grille-mois td > a");

/** The column and the row of a cell. */
export function lieu(lien) {
  const y = rangees.findIndex((rangee) => rangee.includes(lien));
  return [rangees[y].indexOf(lien), y];
}

/** All the cells between two corners. */
export function rectangle(de, a) {
  const [[x1, y1], [x2, y2]] = [lieu(de), lieu(a)];
  const dedans = rangees.slice(Math.min(y1, y2), Math.max(y1, y2) + 1);
  return dedans.flatMap((rangee) => rangee.slice(Math.min(x1, x2), Math.max(x1, x2) + 1));
}

const DEPLACEMENTS = {
  ArrowLeft: (x, y) => rangees[y][x - 1],
  ArrowRight: (x, y) => rangees[y][x + 1],
  ArrowUp: (x, y) => rangees[y - 1]?.[x],
  ArrowDown: (x, y) => rangees[y + 1]?.[x],
  Home: (x, y) => rangees[y][0],
  End: (x, y) => rangees[y].at(-1),
};

export const deplace = (touche) => touche in DEPLACEMENTS;

/** The cell that a key leads to from another one: none, at the edge. */
export const voisine = (lien, touche) => DEPLACEMENTS[touche](...lieu(lien));

function viser(lien) {
  for (const autre of cases) autre.tabIndex = autre === lien ? 0 : -1;
}

// One stop for the whole grid: today's first cell, or the first of all; then the last one visited.
if (cases.length) viser(rangees[0][aujourdhui ? aujourdhui.cellIndex - 2 : 0]);
grille?.addEventListener("focusin", (evenement) => {
  const lien = caseDe(evenement);
  if (lien) viser(lien);
});
