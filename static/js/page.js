/* What every page does: says at once that what was sent is on its way, follows what is picked, and warns before the
   session ends. Without this script, a page is as slow, and « Afficher » shows what was picked. */

// --- What is sent ------------------------------------------------------------------------------------

const attente = document.getElementById("attente"); // not on agents' pages, whose forms may answer with a file
const ENVOI_PERDU = 15_000; // ms: an answer that did not come does not forbid to send again

if (attente) document.addEventListener("submit", (evenement) => {
  const formulaire = evenement.target;
  if (evenement.defaultPrevented || evenement.submitter?.formMethod === "dialog" || formulaire.method === "dialog") return;
  if (formulaire.ariaBusy === "true") {
    evenement.preventDefault(); // once is enough
    return;
  }
  occuper(formulaire, evenement.submitter);
  setTimeout(liberer, ENVOI_PERDU);
});
// A page that comes back from the browser's memory waits for nothing.
addEventListener("pageshow", ({ persisted }) => {
  if (attente && persisted) liberer();
});

function occuper(formulaire, bouton) {
  formulaire.ariaBusy = "true";
  bouton?.classList.add("occupe");
  attente.textContent = formulaire.method === "post" ? "Envoi en cours…" : "Chargement…";
}

function liberer() {
  for (const formulaire of document.querySelectorAll("form[aria-busy]")) formulaire.ariaBusy = null;
  for (const bouton of document.querySelectorAll(".occupe")) bouton.classList.remove("occupe");
  attente.textContent = "";
}

// --- What is picked ----------------------------------------------------------------------------------

for (const formulaire of document.querySelectorAll("form[data-suit]")) {
  const bouton = formulaire.querySelector("button");
  // For whoever picks by keyboard, and passes by other values on the way: it shows when one comes to it.
  bouton.classList.add("visually-hidden-focusable");
  let auClavier = false;
  formulaire.addEventListener("pointerdown", () => (auClavier = false));
  formulaire.addEventListener("keydown", ({ key }) => (auClavier = key !== "Enter"));
  formulaire.addEventListener("change", () => {
    if (!auClavier) formulaire.requestSubmit();
  });
}

// --- The session -------------------------------------------------------------------------------------

const PREAVIS = 120_000; // ms
const CLE = "portail-derniere-page";

const dialogue = document.getElementById("session"); // only for whoever has come in
const duree = Number(dialogue?.dataset.secondes) * 1000;
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
  location.assign(`${dialogue.dataset.connexion}?${new URLSearchParams({ expiree: "1", next: ici })}`);
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

if (dialogue) {
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
}
