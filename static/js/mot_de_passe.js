/* A password one may look at, and the rule ticked while it is typed. The server checks it all again. */

const donnees = document.querySelector("[data-regles]")?.dataset ?? {};
const COURANTS = new Set(donnees.courants?.split(" "));
const siens = donnees.siens?.split(" ").filter(Boolean) ?? [];
const TOURNEES = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", 8: "b", "@": "a", $: "s", "€": "e", "!": "i" };
const ORNEMENT = "[0-9!?.,;:\\-_*+#@$€&/ ]";

const plier = (mot) => mot.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
const seulesLettres = (mot) => mot.replace(/[^\p{L}]/gu, "");
const lettres = (mot) => seulesLettres([...plier(mot)].map((c) => TOURNEES[c] ?? c).join(""));

/* As famille/mots_de_passe_courants.py: « M0tdepasse!2026 » is « motdepasse », « DoudouDoudou1 » is « doudou ». */
function estCourant(mot) {
  const plie = plier(mot);
  const debut = plie.match(new RegExp(`^${ORNEMENT}*`))[0].length;
  const fin = plie.length - plie.match(new RegExp(`${ORNEMENT}*$`))[0].length;
  for (const i of [0, debut]) {
    for (let j = Math.max(fin, i); j <= plie.length; j += 1) {
      if (estUnMotCourant(lettres(plie.slice(i, j)))) return true;
    }
  }
  return !/\p{L}/u.test(plie);
}

function estUnMotCourant(mot) {
  if (COURANTS.has(mot)) return true;
  for (let taille = 1; taille <= mot.length / 2; taille += 1) {
    const debut = mot.slice(0, taille);
    if (mot.length % taille === 0 && COURANTS.has(debut) && debut.repeat(mot.length / taille) === mot) return true;
  }
  return false;
}

function estSien(mot) {
  const formes = [lettres(mot), seulesLettres(plier(mot))];
  return siens.some((sien) => formes.some((forme) => (sien.length >= 4 ? forme.includes(sien) : forme === sien)));
}

const REGLES = {
  longueur: (mot) => [...mot].length >= 8,
  majuscule: (mot) => /\p{Lu}/u.test(mot),
  minuscule: (mot) => /\p{Ll}/u.test(mot),
  chiffre: (mot) => /\p{Nd}/u.test(mot),
  courant: (mot) => !estCourant(mot),
  sien: (mot) => mot !== "" && !estSien(mot),
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
