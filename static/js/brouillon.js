// Keeps what is being typed for as long as the tab lives: a session that ends leads away from the page.
// The portal itself keeps what is sent too late; this keeps what was not sent at all.

for (const formulaire of document.querySelectorAll("form[data-brouillon]")) {
  const cle = `brouillon ${formulaire.dataset.brouillon} ${location.pathname}`;
  const champs = [...formulaire.querySelectorAll("textarea, input[type=text]")];

  const garde = JSON.parse(sessionStorage.getItem(cle) ?? "{}");
  for (const champ of champs) {
    if (!champ.value && garde[champ.name]) champ.value = garde[champ.name];
  }
  formulaire.addEventListener("input", () => {
    sessionStorage.setItem(cle, JSON.stringify(Object.fromEntries(champs.map((c) => [c.name, c.value]))));
  });
  formulaire.addEventListener("submit", () => sessionStorage.removeItem(cle));
}
