/* The page after a payment asks again until the Treasury has answered, and says aloud when it has. */

const RYTHME = 3_000; // ms
const FIN = Date.now() + 15 * 60_000;

async function actualiser() {
  const suivi = document.getElementById("suivi");
  if (!("suivre" in suivi.dataset) || Date.now() > FIN) return;
  try {
    const reponse = await fetch(location.href);
    // Another page than ours is the door: the session has ended.
    if (!reponse.ok || reponse.redirected) return;
    const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
    const nouveau = page.getElementById("suivi");
    if (nouveau.dataset.etat !== suivi.dataset.etat) {
      suivi.replaceWith(nouveau);
      document.getElementById("annonce").textContent = nouveau.querySelector("h1").textContent;
    }
  } catch {
    // The network comes and goes: the next turn tries again.
  }
  setTimeout(actualiser, RYTHME);
}

setTimeout(actualiser, RYTHME);
