/* The roll: present, absent, arrived and gone in one tap, one key a child, a whole group at once, each with its undo.
   It saves as it goes; what the network does not carry is kept, and sent when it is back (appel/file.js). Without this
   script, the form is the same: boxes, hours, one button. */

import { retenir } from "./appel/depart.js";
import { File, code, coupe, dehors, refuse } from "./appel/file.js";
import { Rangee } from "./appel/rangee.js";
import { suggerer } from "./appel/suggestions.js";

const PAUSE = 700; // ms: an hour is typed figure by figure
const DERNIERE_PAGE = "portail-derniere-page"; // js/page.js warns before the session ends

const formulaire = document.querySelector("[data-appel]");
const { compte, fuseau } = formulaire.dataset;
const adresse = formulaire.getAttribute("action");
// A tablet's clock may be wrong: the hour is the town's.
const decalage = Number(formulaire.dataset.maintenant) * 1000 - Date.now();
let rangees, parCle;
lireLesRangees();

function lireLesRangees() {
  const trs = [...document.querySelectorAll(".appel__liste tbody tr[data-cle]")];
  rangees = trs.filter((tr) => tr.querySelector("[type=radio]")).map((tr) => new Rangee(tr));
  parCle = new Map(rangees.map((rangee) => [rangee.cle, rangee]));
}

const un = (selecteur) => document.querySelector(selecteur);
const [reste, envoi, defaire, phrases] = ["reste", "envoi", "defaire", "phrases"].map((nom) => un(`[data-${nom}]`));
const toutPresent = un("[data-tout-present]");
const nombre = (n, singulier, pluriel = `${singulier}s`) => `${n}\u00a0${n > 1 ? pluriel : singulier}`;

const file = new File({
  compte,
  jeton: formulaire.elements.csrfmiddlewaretoken.value,
  prevenir: (quoi, details) => (quoi === "recu" ? recevoir(details) : direLEnvoi(quoi, details)),
});

// --- What is tapped -------------------------------------------------------------------------------

/* `changer` acts on each row; what they said before can come back. */
function gestes(concernees, dire, changer, attendre = 0) {
  const avant = concernees.map((rangee) => [rangee, file.lignesDe(adresse)[rangee.cle] ?? lu(rangee)]);
  for (const rangee of concernees) changer(rangee);
  const mis = new Map(concernees.map((rangee) => [rangee, code(rangee.saisie)]));
  noter(concernees, attendre);
  proposerDeDefaire(dire(), () => {
    // What somebody else has noted since is not undone.
    const siennes = avant.filter(([rangee]) => code(rangee.saisie) === mis.get(rangee));
    for (const [rangee, saisie] of siennes) rangee.saisie = saisie;
    noter(siennes.map(([rangee]) => rangee));
    for (const [rangee] of avant.filter((un) => !siennes.includes(un))) rangee.dire("Noté autrement depuis\u00a0: rien n’est défait.");
  });
}

function lu(rangee) {
  const [presence, arrivee, depart] = rangee.avant.value.split("|");
  return { presence, arrivee, depart };
}

function noter(concernees, attendre = 0) {
  for (const rangee of concernees) {
    rangee.dire("");
    rangee.montrerLesHeures();
    const le = Math.floor((Date.now() + decalage) / 1000);
    file.noter(adresse, rangee.cle, { ...rangee.saisie, avant: rangee.avant.value, le, nom: rangee.nom });
  }
  compter();
  direLEnvoi();
  clearTimeout(noter.minuterie);
  noter.minuterie = setTimeout(() => file.envoyer(), attendre);
}

function proposerDeDefaire(phrase, retour) {
  defaire.querySelector("[data-fait]").textContent = phrase;
  defaire.querySelector("button").onclick = () => {
    defaire.hidden = true;
    retour();
  };
  defaire.hidden = false;
}

function maintenant() {
  const format = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: fuseau });
  return format.format(Date.now() + decalage);
}

const PRESENCES = { present: "présent", absent: "absent", "": "non pointé" };
const HEURES = { arrivee: "arrivée", depart: "départ" };

function pointer(rangee, presence) {
  gestes([rangee], () => `${rangee.nom}\u00a0: ${PRESENCES[presence]}`, () => rangee.pointer(presence));
}

formulaire.addEventListener("click", ({ target }) => {
  const bouton = target.closest("[data-heure]");
  const rangee = bouton && parCle.get(bouton.closest("tr").dataset.cle);
  if (!rangee) return;
  const { heure: champ } = bouton.dataset;
  if (rangee.champ(champ).value) {
    rangee.champ(champ).focus();
    return;
  }
  const heure = maintenant();
  gestes([rangee], () => `${rangee.nom}\u00a0: ${HEURES[champ]} à ${heure.replace(":", "\u00a0h\u00a0")}`, () => rangee.dater(champ, heure));
});

formulaire.addEventListener("change", ({ target }) => {
  const rangee = parCle.get(target.closest("tr")?.dataset.cle);
  if (!rangee) return;
  if (target.type === "radio") pointer(rangee, target.value);
  if (target.type !== "time") return;
  if (target.value && !rangee.presence) rangee.pointer("present");
  noter([rangee], PAUSE);
});

// --- One key a child ------------------------------------------------------------------------------

const TOUCHES = { p: "present", a: "absent" };

formulaire.addEventListener("keydown", (evenement) => {
  const presence = TOUCHES[evenement.key.toLowerCase()];
  if (evenement.target.type !== "radio" || !presence || evenement.ctrlKey || evenement.metaKey || evenement.altKey) return;
  evenement.preventDefault();
  const rang = rangees.findIndex(({ tr }) => tr.contains(evenement.target));
  pointer(rangees[rang], presence);
  const suivante = rangees[rang + 1] ?? rangees[rang];
  suivante.tr.querySelector("[type=radio]:checked").focus();
});

// --- Everybody ------------------------------------------------------------------------------------

const aPointer = () => rangees.filter((rangee) => rangee.attendue && !rangee.presence);

toutPresent?.addEventListener("click", () => {
  const concernees = aPointer();
  const dire = () => `${nombre(concernees.length, "enfant pointé présent", "enfants pointés présents")}`;
  gestes(concernees, dire, (rangee) => rangee.pointer("present"));
});

function compter() {
  const restants = aPointer().length;
  reste.textContent = restants ? `Reste à pointer\u00a0: ${restants}` : "Tous les attendus sont pointés.";
  if (toutPresent) toutPresent.disabled = !restants;
}

// --- What the centre answers ----------------------------------------------------------------------

function recevoir({ lot, reponse }) {
  localStorage.setItem(DERNIERE_PAGE, String(Date.now()));
  if (lot.adresse !== adresse) {
    // Another roll's, kept since: its page says the rest.
    for (const phrase of reponse.ecartes) dire(phrase);
    return;
  }
  const attendent = file.lignesDe(adresse);
  for (const [cle, etat] of Object.entries(reponse.lignes)) {
    parCle.get(cle)?.recevoir(etat, cle in attendent || parCle.get(cle).tr.contains(document.activeElement?.closest("[type=time]")));
    if (etat.dit) parCle.get(cle)?.dire(etat.dit);
  }
  for (const [cle, { nom }] of Object.entries(lot.lignes)) {
    if (!(cle in reponse.lignes)) dire(`${nom}\u00a0: cet enfant n’est plus sur cette liste, son pointage n’est pas gardé.`);
  }
  for (const nom of ["attendus", "presents", "absents"]) un(`[data-${nom}]`).textContent = reponse[nom];
  compter();
}

function dire(phrase) {
  const ligne = document.createElement("li");
  ligne.className = "warning";
  ligne.textContent = phrase;
  phrases.append(ligne);
}

function direLEnvoi(suite, phrase) {
  const n = file.nombre;
  const attendent = file.lignesDe(adresse);
  for (const rangee of rangees) rangee.attendre(rangee.cle in attendent);
  const attente = nombre(n, "pointage en attente d’envoi", "pointages en attente d’envoi");
  envoi.classList.toggle("appel__envoi--attend", n > 0 && suite !== undefined);
  if (suite === undefined && n) envoi.textContent = attente;
  else if (!n) envoi.textContent = "Tout est enregistré.";
  else if (suite === coupe) envoi.textContent = `${attente}\u00a0: le réseau est coupé, continuez, rien n’est perdu.`;
  else if (suite === refuse && phrase) envoi.textContent = `${attente}\u00a0: ${phrase}`;
  else if (suite === refuse) envoi.replaceChildren(`${attente}\u00a0: le portail les refuse, cet appel n’existe plus. `, abandon());
  else if (suite === dehors) {
    const lien = document.createElement("a");
    lien.href = adresse;
    lien.textContent = "identifiez-vous de nouveau";
    envoi.replaceChildren(`${attente}\u00a0: votre session est finie, `, lien, ". Ils partiront ensuite.");
  }
}

// --- The unexpected child -------------------------------------------------------------------------

if (un("#ajout")) {
  suggerer({
    adresse,
    compte,
    jeton: formulaire.elements.csrfmiddlewaretoken.value,
    estLa: (inscriptions) => inscriptions.find((cle) => parCle.has(cle)),
    montrer: (cle) => aller(parCle.get(cle)),
    ajouter: async (nom, reponse) => {
      for (const phrase of reponse.ecartes) dire(phrase);
      const [cle] = reponse.arrivees;
      if (cle === undefined) {
        await completer(); // there already: another agent's, or an answer that was lost
        return;
      }
      // Its row is drawn by the portal, with what must not be forgotten of the child.
      if (!(await completer())) {
        location.reload();
        return;
      }
      const rangee = parCle.get(String(cle));
      aller(rangee);
      proposerDeDefaire(`${nom}\u00a0: ajouté, présent`, () => {
        rangee.pointer("");
        noter([rangee]);
      });
    },
  });
}

function aller(rangee) {
  rangee.tr.scrollIntoView({ block: "center" });
  rangee.tr.querySelector("[type=radio]:checked").focus();
}

/* The rows that this page has not, each at its place. Whether they are there. */
async function completer() {
  const liste = un(".appel__liste tbody");
  const reponse = await fetch(adresse).catch(() => null);
  if (!liste || !reponse?.ok || reponse.redirected) return false;
  const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
  let precedente = null;
  for (const tr of page.querySelectorAll(".appel__liste tbody tr[data-cle]")) {
    const ici = parCle.get(tr.dataset.cle)?.tr ?? document.adoptNode(tr);
    if (!parCle.has(tr.dataset.cle)) precedente ? precedente.after(ici) : liste.prepend(ici);
    precedente = ici;
  }
  lireLesRangees();
  for (const nom of ["attendus", "presents", "absents"]) {
    un(`[data-${nom}]`).textContent = page.querySelector(`[data-${nom}]`).textContent;
  }
  compter();
  return true;
}

function abandon() {
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "button";
  bouton.textContent = "Les abandonner";
  bouton.addEventListener("click", () => {
    dire(`Pointages abandonnés\u00a0: ${file.abandonner().join(", ")}.`);
    file.envoyer();
  });
  return bouton;
}

// --- Nothing lost ---------------------------------------------------------------------------------

addEventListener("online", () => file.envoyer());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && file.nombre) file.envoyer();
});
addEventListener("beforeunload", (evenement) => {
  // Signing in again comes back here, and what waits is kept: a warning would only frighten.
  if (!file.nombre || envoi.querySelector("a")) return;
  evenement.preventDefault();
  evenement.returnValue = true; // browsers of before 2023
});
retenir({
  estCoupe: () => !navigator.onLine || file.estCoupe,
  dire: (phrase) => {
    un(".appel__enregistrer").hidden = false;
    envoi.classList.add("appel__envoi--attend");
    envoi.textContent = phrase;
  },
});

un("[data-enregistrer]").hidden = true;
un(".appel__enregistrer").hidden = !rangees.length;
for (const outil of document.querySelectorAll("[data-tout-present], [data-raccourcis]")) outil.hidden = false;
for (const [cle, ligne] of Object.entries(file.lignesDe(adresse))) {
  const rangee = parCle.get(cle);
  if (rangee) rangee.saisie = ligne;
}
for (const rangee of rangees) rangee.montrerLesHeures();
compter();
if (file.desAutres) {
  const autres = nombre(file.desAutres, "pointage d’un autre agent attend", "pointages d’un autre agent attendent");
  dire(`${autres} sur cet appareil\u00a0: ils partiront quand il s’y identifiera de nouveau, sur un appel.`);
}
direLEnvoi();
if (file.nombre) file.envoyer();
