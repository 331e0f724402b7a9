/* « / » reaches the search box of the agents' pages, as long as one is not typing. Without this script, Tab does. */

const champ = document.querySelector("[data-raccourci]");
const SAISIES = "input, textarea, select, [contenteditable]";

if (champ) document.addEventListener("keydown", (evenement) => {
  const { key, ctrlKey, metaKey, altKey, target } = evenement;
  if (key !== champ.dataset.raccourci || ctrlKey || metaKey || altKey || target.closest(SAISIES)) return;
  if (document.querySelector("dialog[open]")) return;
  evenement.preventDefault();
  champ.focus();
  champ.select();
});
