/* A password one may look at, and the rule ticked while it is typed. The server checks it all again. */

const REGLES = {
  longueur: (mot) => [...mot].length >= 8,
  majuscule: (mot) => /\p{Lu}/u.test(mot),
  minuscule: (mot) => /\p{Ll}/u.test(mot),
  chiffre: (mot) => /\p{Nd}/u.test(mot),
};

function ajouterVoir(champ) {
  const cadre = document.createElement("div");
  cadre.className = "champ-secret";
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "champ-secret__voir";
  bouton.textContent = "Afficher";
  bouton.setAttribute("aria-label", "Afficher le mot de passe");
  bouton.setAttribute("aria-pressed", "false");
  bouton.setAttribute("aria-controls", champ.id);
  bouton.addEventListener("click", () => {
    const visible = champ.type === "password";
    champ.type = visible ? "text" : "password";
    bouton.setAttribute("aria-pressed", String(visible));
  });
  const avaitLeFocus = document.activeElement === champ;
  champ.before(cadre);
  cadre.append(champ, bouton);
  if (avaitLeFocus) champ.focus();
  // A password left readable is not left in the browser's memory of the form.
  champ.form?.addEventListener("submit", () => {
    champ.type = "password";
  });
}

function suivreRegles(liste) {
  const champ = document.getElementById(liste.dataset.regles);
  if (!champ) return;
  const annonce = document.createElement("p");
  annonce.className = "visually-hidden";
  annonce.setAttribute("aria-live", "polite");
  liste.after(annonce);
  const lignes = [...liste.querySelectorAll("[data-regle]")];
  const etats = new Map(
    lignes.map((ligne) => {
      const etat = document.createElement("span");
      etat.className = "visually-hidden";
      ligne.append(etat);
      return [ligne, etat];
    }),
  );

  champ.addEventListener("input", () => {
    for (const [ligne, etat] of etats) {
      const respectee = REGLES[ligne.dataset.regle](champ.value);
      ligne.classList.toggle("est-respectee", respectee);
      etat.textContent = respectee ? " (respectée)" : "";
    }
    const nombre = liste.querySelectorAll(".est-respectee").length;
    const pluriel = nombre < 2 ? "règle respectée" : "règles respectées";
    annonce.textContent = `${nombre} ${pluriel} sur ${lignes.length}`;
  });
}

document.querySelectorAll("input[type=password]").forEach(ajouterVoir);
document.querySelectorAll("[data-regles]").forEach(suivreRegles);
