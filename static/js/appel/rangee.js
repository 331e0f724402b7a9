/* A child's row: what is typed in it, what the centre says of it. */

export class Rangee {
  constructor(tr) {
    this.tr = tr;
    this.cle = tr.dataset.cle;
    this.nom = tr.dataset.nom;
    this.attendue = "attendu" in tr.dataset;
    this.avant = tr.querySelector(`[name="avant-${this.cle}"]`);
    for (const bouton of tr.querySelectorAll("[data-heure]")) bouton.hidden = false;
  }

  champ(nom) {
    return this.tr.querySelector(`[name="${nom}-${this.cle}"]`);
  }

  get presence() {
    return this.tr.querySelector("[type=radio]:checked")?.value ?? "";
  }

  get saisie() {
    return { presence: this.presence, arrivee: this.champ("arrivee").value, depart: this.champ("depart").value };
  }

  set saisie({ presence, arrivee, depart }) {
    this.tr.querySelector(`[type=radio][value="${presence}"]`).checked = true;
    this.champ("arrivee").value = arrivee;
    this.champ("depart").value = depart;
    this.montrerLesHeures();
  }

  /* Hours go with a presence. */
  pointer(presence) {
    const heures = presence === "present" ? this.saisie : { arrivee: "", depart: "" };
    this.saisie = { ...heures, presence };
  }

  /* « Arrivé », « Parti ». */
  dater(champ, heure) {
    this.saisie = { ...this.saisie, presence: "present", [champ]: heure };
  }

  /* What the centre says by now. `garder`: the agent has tapped something else since. */
  recevoir(etat, garder) {
    this.avant.value = etat.avant;
    if (!garder) {
      const [presence, arrivee, depart] = etat.avant.split("|");
      this.saisie = { presence, arrivee, depart };
    }
    const jeton = this.tr.querySelector("[data-symbole]");
    jeton.className = `jeton ${etat.classes}`;
    jeton.textContent = etat.symbole;
    this.tr.querySelector("[data-libelle]").textContent = etat.libelle;
    this.tr.querySelector("[data-par-qui]").textContent = etat.par_qui;
    for (const champ of this.tr.querySelectorAll("input:not([type=hidden]), button")) champ.disabled = etat.terminee;
  }

  dire(phrase) {
    this.tr.querySelector("[data-dit]").textContent = phrase;
    this.tr.classList.toggle("errors", Boolean(phrase));
  }

  attendre(oui) {
    this.tr.classList.toggle("appel__en-attente", oui);
  }

  montrerLesHeures() {
    for (const bouton of this.tr.querySelectorAll("[data-heure]")) {
      bouton.classList.toggle("appel__maintenant--dit", Boolean(this.champ(bouton.dataset.heure).value));
    }
  }
}
