/* What was tapped and has not reached the centre yet. It is kept by the browser, apart for each account: a reload, a
   closed tab, a flat battery lose nothing. Sent one lot at a time, in order; a lot that got no answer is sent again under
   the same key, and the portal does it once.

   Kept as {lot: {cle, adresse, lignes} | null, attente: {adresse: {inscription: ligne}}}; a line is what the form sends of
   a child: {avant, presence, arrivee, depart, le, nom}. Nothing of a child's health is in it. */

const DELAI = 15_000; // ms: beyond, the network is taken to be cut
const RELANCE = 10_000;
const LOT = 20; // children: a group of ninety is answered as it goes

const PREFIXE = "portail-appel-";

export const fini = Symbol("sent");
export const coupe = Symbol("no network");
export const dehors = Symbol("signed out");
export const refuse = Symbol("refused");

export class File {
  constructor({ compte, jeton, prevenir }) {
    this.cle = PREFIXE + compte;
    this.compte = compte;
    this.jeton = jeton;
    this.prevenir = prevenir; // (event, details)
    this.enRoute = false;
    this.estCoupe = false; // as the last lot found it
  }

  // Read again each time: another tab of the same account may have written meanwhile.
  lire() {
    return lireSous(this.cle);
  }

  ecrire(etat) {
    if (etat.lot || Object.keys(etat.attente).length) localStorage.setItem(this.cle, JSON.stringify(etat));
    else localStorage.removeItem(this.cle);
  }

  /* The rolls whose lines have not left. */
  get appels() {
    const { lot, attente } = this.lire();
    return [...new Set([...(lot ? [lot.adresse] : []), ...Object.keys(attente)])];
  }

  /* How many children are concerned. */
  get nombre() {
    return compter(this.lire());
  }

  /* Other accounts' on this device: they leave when those come back. */
  get desAutres() {
    const cles = Object.keys(localStorage).filter((cle) => cle.startsWith(PREFIXE) && cle !== this.cle);
    return cles.reduce((somme, cle) => somme + compter(lireSous(cle)), 0);
  }

  /* What the portal will never take, if the agent says so: the names. */
  abandonner() {
    const { lot, ...etat } = this.lire();
    this.ecrire({ ...etat, lot: null });
    return Object.values(lot?.lignes ?? {}).map(({ nom }) => nom);
  }

  /* The lines of a roll that are not there yet, as they were last tapped. */
  lignesDe(adresse) {
    const { lot, attente } = this.lire();
    return { ...(lot?.adresse === adresse ? lot.lignes : {}), ...attente[adresse] };
  }

  noter(adresse, cle, ligne) {
    const etat = this.lire();
    const lignes = (etat.attente[adresse] ??= {});
    // What the page knew when the first of several taps was made; after those of a lot on its way, what they say.
    const partie = etat.lot?.adresse === adresse ? etat.lot.lignes[cle] : undefined;
    const avant = lignes[cle]?.avant ?? (partie ? code(partie) : ligne.avant);
    lignes[cle] = { ...ligne, avant };
    // Back to what it was: nothing to say.
    if (code(ligne) === avant) delete lignes[cle];
    if (!Object.keys(lignes).length) delete etat.attente[adresse];
    this.ecrire(etat);
  }

  async envoyer() {
    clearTimeout(this.minuterie);
    if (this.enRoute) return;
    this.enRoute = true;
    let suite = fini;
    try {
      while (this.preparer()) {
        suite = await this.envoyerLeLot();
        if (suite !== fini) break;
      }
    } finally {
      this.enRoute = false;
    }
    this.estCoupe = suite === coupe;
    if (this.estCoupe) this.minuterie = setTimeout(() => this.envoyer(), RELANCE);
    this.prevenir(suite);
  }

  /* The next lot, of one roll. Whether there is something to send. */
  preparer() {
    const etat = this.lire();
    const [adresse] = Object.keys(etat.attente);
    if (!etat.lot && adresse) {
      const lignes = Object.entries(etat.attente[adresse]);
      etat.lot = { cle: tirer(), adresse, lignes: Object.fromEntries(lignes.slice(0, LOT)) };
      if (lignes.length > LOT) etat.attente[adresse] = Object.fromEntries(lignes.slice(LOT));
      else delete etat.attente[adresse];
      this.ecrire(etat);
    }
    return Boolean(etat.lot);
  }

  async envoyerLeLot() {
    const { lot } = this.lire();
    const reponse = await poster(lot.adresse, this.jeton, lot.cle, [["compte", this.compte], ...champs(lot.lignes)]);
    if (typeof reponse === "symbol") return reponse;
    if (reponse.phrase) {
      this.prevenir(refuse, reponse.phrase);
      return refuse;
    }
    const etat = this.lire();
    if (etat.lot?.cle === lot.cle) this.ecrire({ ...etat, lot: null });
    this.prevenir("recu", { lot, reponse });
    return fini;
  }
}

/* Send once, and be answered: an object, or why not. */
export async function poster(adresse, jeton, cle, envoi) {
  let reponse;
  try {
    reponse = await fetch(adresse, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": jeton, "Idempotency-Key": cle },
      body: new URLSearchParams(envoi),
      redirect: "manual",
      signal: AbortSignal.timeout(DELAI),
    });
  } catch {
    return coupe;
  }
  // Signed out: the portal leads to its door. Signed in again elsewhere: the page's token is no longer the one of today.
  if (reponse.type === "opaqueredirect" || reponse.status === 403) return dehors;
  if (reponse.headers.get("Content-Type") === "application/json") {
    try {
      return await reponse.json();
    } catch {
      return coupe;
    }
  }
  return reponse.status >= 500 ? coupe : refuse;
}

export function code({ presence, arrivee, depart }) {
  return [presence, arrivee, depart].join("|");
}

export function tirer() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

function lireSous(cle) {
  try {
    return { lot: null, attente: {}, ...JSON.parse(localStorage.getItem(cle)) };
  } catch {
    return { lot: null, attente: {} };
  }
}

function compter({ lot, attente }) {
  const cles = Object.entries(attente).flatMap(([adresse, lignes]) => Object.keys(lignes).map((cle) => adresse + cle));
  if (lot) cles.push(...Object.keys(lot.lignes).map((cle) => lot.adresse + cle));
  return new Set(cles).size;
}

function champs(lignes) {
  return Object.entries(lignes).flatMap(([cle, ligne]) =>
    ["avant", "presence", "arrivee", "depart", "le"].map((nom) => [`${nom}-${cle}`, ligne[nom]]),
  );
}
