/* The total of the days that are ticked: the server reckons, this page shows. Without script, a button asks for it. */

const formulaire = document.querySelector("form[data-total-des-jours]");
const total = formulaire?.querySelector("[data-total]");
let derniere;

async function recalculer() {
  const coches = [...formulaire.querySelectorAll("[name=jours]:checked")];
  const cette_fois = (derniere = Symbol("recalcul"));
  if (!coches.length) {
    total.textContent = total.dataset.aucun;
    return;
  }
  total.setAttribute("aria-busy", "true");
  const jours = new URLSearchParams(coches.map((case_) => ["jour", case_.value]));
  const reponse = await fetch(`${location.pathname}?${jours}`, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  const page = reponse?.ok ? new DOMParser().parseFromString(await reponse.text(), "text/html") : null;
  // An answer that comes late says nothing of what is ticked now.
  if (cette_fois !== derniere) return;
  total.removeAttribute("aria-busy");
  const dit = page?.querySelector("[data-total]")?.textContent;
  total.textContent = dit ?? total.dataset.indisponible;
}

if (total) {
  formulaire.querySelector("[data-calculer]")?.closest("p").remove();
  formulaire.addEventListener("change", (evenement) => {
    if (evenement.target.name === "jours") recalculer();
  });
}
