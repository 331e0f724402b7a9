/* The unexpected child, found without leaving the list: a name is typed, children are proposed, one tap adds one. */

import { coupe, dehors, poster, tirer } from "./file.js";

const PAUSE = 250; // ms

export function suggerer({ adresse, compte, jeton, estLa, montrer, ajouter }) {
  const champ = document.getElementById("q");
  const boite = document.querySelector("[data-suggestions]");
  const [etat, liste] = [boite.querySelector("[data-suggere]"), boite.querySelector("ul")];
  let minuterie, derniere;

  document.querySelector("[name=chercher]").hidden = true;
  boite.hidden = false;
  champ.addEventListener("input", () => {
    clearTimeout(minuterie);
    minuterie = setTimeout(chercher, PAUSE);
  });
  champ.addEventListener("keydown", (evenement) => {
    if (evenement.key !== "Enter") return;
    evenement.preventDefault();
    clearTimeout(minuterie);
    chercher();
  });

  async function chercher() {
    const texte = champ.value.trim();
    const cherche = (derniere = {});
    liste.replaceChildren();
    etat.textContent = "";
    if (texte.length < 2) return;
    const ou = new URL(adresse, location.href);
    ou.searchParams.set("q", texte);
    let reponse;
    try {
      reponse = await fetch(ou, { headers: { Accept: "application/json" } });
      reponse = reponse.ok && !reponse.redirected ? await reponse.json() : null;
    } catch {
      reponse = null;
    }
    if (cherche !== derniere) return; // another letter since
    if (!reponse) {
      etat.textContent = "La recherche demande le réseau\u00a0: notez son nom, et ajoutez l’enfant quand il revient.";
      return;
    }
    liste.replaceChildren(...reponse.suggestions.map(proposer));
    if (!reponse.suggestions.length) etat.textContent = "Aucun enfant de ce nom.";
    else if (reponse.autres) etat.textContent = "Il y en a d’autres\u00a0: précisez le nom.";
  }

  function proposer(suggestion) {
    const [ligne, qui, bouton] = ["li", "span", "button"].map((nom) => document.createElement(nom));
    qui.append(suggestion.nom, petit(suggestion.precisions), petit(suggestion.droit));
    const deja = estLa(suggestion.inscriptions);
    bouton.type = "button";
    bouton.className = "button";
    bouton.textContent = deja ? "Déjà sur la liste\u00a0: voir" : "Ajouter, présent";
    bouton.setAttribute("aria-label", `${bouton.textContent}, ${suggestion.nom}`);
    bouton.addEventListener("click", () => (deja ? montrer(deja) : accueillir(suggestion, bouton)));
    ligne.append(qui, bouton);
    return ligne;
  }

  async function accueillir({ cle, nom }, bouton) {
    bouton.disabled = true;
    const a = document.getElementById("ajout_a")?.value ?? "";
    const reponse = await poster(adresse, jeton, tirer(), [["compte", compte], ["ajout", cle], ["ajout_a", a]]);
    bouton.disabled = false;
    if (typeof reponse === "symbol" || reponse.phrase) {
      const perdu = reponse === coupe ? "Le réseau est coupé\u00a0: réessayez quand il revient." : "";
      const fini = reponse === dehors ? "Votre session est finie\u00a0: rechargez la page." : "";
      etat.textContent = reponse.phrase || perdu || fini || "Le portail refuse cet ajout\u00a0: rechargez la page.";
      return;
    }
    champ.value = "";
    liste.replaceChildren();
    etat.textContent = `${nom}\u00a0: ajouté.`;
    await ajouter(nom, reponse);
  }
}

function petit(texte) {
  const balise = document.createElement("small");
  balise.textContent = texte;
  return balise;
}
