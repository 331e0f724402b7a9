/* Two minutes before the session ends, asks whether one is still there; at the end, leads to the door. */

const PREAVIS = 120_000; // ms
const CLE = "portail-derniere-page";

const dialogue = document.getElementById("session");
const { secondes, connexion } = dialogue.dataset;
const duree = Number(secondes) * 1000;
let minuterie;

// Another tab may have been used since: the last page of any tab counts.
function derniere() {
  return Number(localStorage.getItem(CLE)) || Date.now();
}

function noter() {
  localStorage.setItem(CLE, String(Date.now()));
}

function partir() {
  const ici = location.pathname + location.search;
  location.assign(`${connexion}?${new URLSearchParams({ expiree: "1", next: ici })}`);
}

function verifier() {
  clearTimeout(minuterie);
  const reste = derniere() + duree - Date.now();
  if (reste <= 0) {
    partir();
    return;
  }
  const enPreavis = reste <= PREAVIS;
  if (enPreavis && !dialogue.open) dialogue.showModal();
  if (!enPreavis && dialogue.open) dialogue.close();
  minuterie = setTimeout(verifier, enPreavis ? reste : reste - PREAVIS);
}

async function prolonger(formulaire) {
  const reponse = await fetch(formulaire.action, { method: "POST", body: new FormData(formulaire) });
  if (!reponse.ok || reponse.redirected) {
    partir();
    return;
  }
  noter();
  verifier();
}

// No network just now: the question stays, with the hour that goes by.
function reessayer() {
  dialogue.querySelector("[data-panne]").hidden = false;
}

dialogue.querySelector("form").addEventListener("submit", (evenement) => {
  if (evenement.submitter?.hasAttribute("formaction")) return;
  evenement.preventDefault();
  prolonger(evenement.target).catch(reessayer);
});
// Escape answers « I am here ».
dialogue.addEventListener("cancel", (evenement) => {
  evenement.preventDefault();
  prolonger(dialogue.querySelector("form")).catch(reessayer);
});
window.addEventListener("storage", (evenement) => {
  if (evenement.key === CLE) verifier();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) verifier();
});

noter();
verifier();
