/* Several days ticked at once, without leaving the page, and how many there are. Without this script, the same buttons
   ask the page again with the days ticked. */

const formulaire = document.querySelector(".choix");
const compte = formulaire?.querySelector(".choix__compte");

formulaire?.addEventListener("click", (evenement) => {
  const bouton = evenement.target.closest("button[data-jours]");
  if (!bouton) return;
  evenement.preventDefault();
  const cases = bouton.dataset.jours.trim().split(" ").map((code) => formulaire.querySelector(`input[value="${code}"]`));
  const toutes = cases.every((une) => une.checked);
  for (const une of cases) une.checked = !toutes;
  compter();
});

formulaire?.addEventListener("change", compter);

function compter() {
  const combien = formulaire.querySelectorAll("input[name=jour]:checked").length;
  compte.textContent = combien > 1 ? `${combien}\u00a0jours choisis` : combien ? "1\u00a0jour choisi" : "Aucun jour choisi";
}
