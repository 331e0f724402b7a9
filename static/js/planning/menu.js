/* The small menu of a day: what it is, what one may ask. It opens at once and is filled when the answer comes; closed,
   it gives the focus back where it was. */

const menu = document.getElementById("menu-case");
const ATTENTE = '<p class="menu-case__attente" role="status">Chargement…</p>';
let appelante;

export const estOuvert = () => menu.open;

/** Open the menu of a cell; without an answer, the day's own page says it too. */
export async function ouvrir(lien) {
  // A long press may be said twice, by the finger and by the browser's own menu.
  if (menu.open || appelante === lien) return;
  appelante = lien;
  menu.innerHTML = ATTENTE;
  menu.showModal();
  try {
    const texte = await lire(lien);
    if (appelante === lien) remplir(texte); // not closed meanwhile
  } catch {
    if (appelante === lien) location.assign(lien.href);
  }
}

async function lire(lien) {
  const adresse = new URL(lien.href);
  adresse.searchParams.set("prestation", adresse.hash.slice(2));
  adresse.hash = "";
  const reponse = await fetch(adresse, { credentials: "same-origin" });
  if (!reponse.ok || reponse.redirected) throw new Error(String(reponse.status));
  return reponse.text();
}

function remplir(texte) {
  menu.innerHTML = texte;
  menu.querySelector("a, button").focus();
}

menu.addEventListener("close", () => {
  appelante?.focus();
  appelante = undefined;
});
menu.addEventListener("click", (evenement) => {
  if (evenement.target === menu) menu.close(); // a click beside it
});
// A page that comes back from the browser's memory does not wait for a day any more.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) menu.close();
});
