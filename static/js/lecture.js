// A thread that was shown is read: tells the portal, and the page's own count.

const formulaire = document.querySelector("form[data-lecture]");

async function marquer() {
  const reponse = await fetch(formulaire.action, { method: "POST", body: new FormData(formulaire) });
  if (!reponse.ok) return;
  const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
  const compte = page.querySelector("[data-nouveaux]");
  if (!compte) return;
  document.querySelector("[data-nouveaux]").replaceWith(compte);
  document.title = document.title.replace(/^\(\d+\) /, page.title.match(/^\(\d+\) /)?.[0] ?? "");
  formulaire.remove();
}

function regarder() {
  if (document.hidden) return;
  document.removeEventListener("visibilitychange", regarder);
  // Without an answer, the button stays.
  marquer().catch(() => {});
}

if (formulaire) {
  document.addEventListener("visibilitychange", regarder);
  regarder();
}
