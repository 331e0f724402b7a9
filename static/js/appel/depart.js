/* While the network is cut, leaving the roll would show the browser's own error page: links and forms are refused, with a
   sentence. What stays on the page (an anchor, another tab) or calls somebody goes on. */

const PHRASE = "Le réseau est coupé\u00a0: attendez qu’il revienne pour quitter cette page. Rien n’est perdu.";

export function retenir({ estCoupe, dire }) {
  function refuser(evenement) {
    if (evenement.defaultPrevented || !estCoupe()) return;
    evenement.preventDefault();
    dire(PHRASE);
  }
  document.addEventListener("click", (evenement) => {
    const lien = evenement.target.closest("a[href]");
    if (lien && quitte(lien)) refuser(evenement);
  });
  document.addEventListener("submit", refuser);
}

function quitte(lien) {
  const ancre = lien.getAttribute("href").startsWith("#");
  return !ancre && lien.target !== "_blank" && ["http:", "https:"].includes(lien.protocol);
}
