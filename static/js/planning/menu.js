/* The small menu of a day: what it is, what one may ask. Shown on the page, it gives the focus back where it was. */

const menu = document.getElementById("menu-case");
let appelante;

export const estOuvert = () => menu.open;

/** Open the menu of a cell; without an answer, the day's own page says it too. */
export async function ouvrir(lien) {
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
    location.assign(lien.href);
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
