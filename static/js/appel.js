/* The roll: one key a child, everybody present at once, what remains to be called. Without this script, the form is
   the same: boxes, hours, one button. */

const rangees = [...document.querySelectorAll(".appel__liste tbody tr")];
const formulaire = document.querySelector(".appel form");
const reste = document.querySelector("[data-reste]");
const toutPresent = document.querySelector("[data-tout-present]");
let change = false;

const coche = (rangee) => rangee.querySelector("[type=radio]:checked")?.value ?? "";
const aPointer = () => rangees.filter((rangee) => "attendu" in rangee.dataset && !coche(rangee));

function pointer(rangee, presence) {
  rangee.querySelector(`[type=radio][value="${presence}"]`).checked = true;
  // Hours go with a presence.
  if (presence !== "present") for (const heure of rangee.querySelectorAll("[type=time]")) heure.value = "";
}

function compter() {
  const nombre = aPointer().length;
  reste.textContent = nombre ? `Reste à pointer\u00a0: ${nombre}` : "Tous les attendus sont pointés.";
  if (toutPresent) toutPresent.disabled = !nombre;
}

function noter() {
  change = true;
  compter();
}

// --- One key a child ------------------------------------------------------------------------------

const TOUCHES = { p: "present", a: "absent" };

formulaire.addEventListener("keydown", (evenement) => {
  if (evenement.target.id === "q" && evenement.key === "Enter") {
    evenement.preventDefault();
    formulaire.requestSubmit(formulaire.elements.chercher);
    return;
  }
  const presence = TOUCHES[evenement.key.toLowerCase()];
  if (evenement.target.type !== "radio" || !presence || evenement.ctrlKey || evenement.metaKey || evenement.altKey) return;
  evenement.preventDefault();
  const rang = rangees.findIndex((rangee) => rangee.contains(evenement.target));
  pointer(rangees[rang], presence);
  noter();
  const suivante = rangees[rang + 1] ?? rangees[rang];
  suivante.querySelector("[type=radio]:checked").focus();
});

// --- Everybody ------------------------------------------------------------------------------------

toutPresent?.addEventListener("click", () => {
  for (const rangee of aPointer()) pointer(rangee, "present");
  noter();
});

formulaire.addEventListener("change", (evenement) => {
  const rangee = evenement.target.closest(".appel__liste tbody tr");
  if (rangee && evenement.target.type === "radio") pointer(rangee, evenement.target.value);
  if (rangee && evenement.target.type === "time" && evenement.target.value && !coche(rangee)) pointer(rangee, "present");
  if (evenement.target.id !== "q") noter();
});

// --- Nothing lost ---------------------------------------------------------------------------------

formulaire.addEventListener("submit", () => {
  change = false;
});
addEventListener("beforeunload", (evenement) => {
  if (change) evenement.preventDefault();
});

for (const outil of document.querySelectorAll("[data-tout-present], [data-raccourcis]")) outil.hidden = false;
if (rangees.length) compter();
