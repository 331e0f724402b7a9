/* Files to send: a second choice adds to the first, big photos are reduced here, limits are told before sending.
   The server examines everything again. Without script, its own sentence comes after. */

const MO = 1024 * 1024;
const poids = (octets) =>
  octets < MO ? `${Math.max(1, Math.round(octets / 1024))}\u00a0Ko` : `${(octets / MO).toFixed(1).replace(".", ",")}\u00a0Mo`;

async function reduire(fichier, limites) {
  if (!fichier.type.startsWith("image/") || fichier.size <= MO) return fichier;
  try {
    const image = await createImageBitmap(fichier, { imageOrientation: "from-image" });
    const echelle = Math.min(1, limites.cote / Math.max(image.width, image.height));
    const toile = document.createElement("canvas");
    toile.width = Math.round(image.width * echelle);
    toile.height = Math.round(image.height * echelle);
    const dessin = toile.getContext("2d");
    // A JPEG has no transparency.
    dessin.fillStyle = "white";
    dessin.fillRect(0, 0, toile.width, toile.height);
    dessin.drawImage(image, 0, 0, toile.width, toile.height);
    image.close();
    const reduit = await new Promise((rendre) => toile.toBlob(rendre, "image/jpeg", 0.88));
    if (!reduit || reduit.size >= fichier.size) return fichier;
    return new File([reduit], fichier.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    // What this browser cannot open, the server may.
    return fichier;
  }
}

function faute(fichiers, limites) {
  if (fichiers.length > limites.nombre) return `${limites.nombre} fichiers au plus\u00a0: vous en avez choisi ${fichiers.length}.`;
  const lourd = fichiers.find((f) => f.size > (f.type === "application/pdf" ? limites.poids : limites.photo));
  if (lourd) return `«\u00a0${lourd.name}\u00a0» est trop lourd (${poids(lourd.size)}).`;
  const total = fichiers.reduce((somme, f) => somme + f.size, 0);
  return total > limites.envoi ? `${poids(total)} en tout\u00a0: ${poids(limites.envoi)} au plus.` : "";
}

function suivre(champ) {
  const limites = Object.fromEntries(["nombre", "poids", "photo", "envoi", "cote"].map((nom) => [nom, Number(champ.dataset[nom])]));
  const liste = document.createElement("ul");
  liste.className = "pieces-choisies";
  const alerte = document.createElement("p");
  alerte.setAttribute("role", "alert");
  champ.after(liste, alerte);
  let gardes = [];

  const montrer = () => {
    const transfert = new DataTransfer();
    gardes.forEach((fichier) => transfert.items.add(fichier));
    champ.files = transfert.files;
    liste.replaceChildren(
      ...gardes.map((fichier, rang) => {
        const ligne = document.createElement("li");
        const retirer = document.createElement("button");
        retirer.type = "button";
        retirer.className = "btn btn-link";
        retirer.textContent = "Retirer";
        retirer.setAttribute("aria-label", `Retirer ${fichier.name}`);
        retirer.addEventListener("click", () => {
          gardes.splice(rang, 1);
          montrer();
          champ.focus();
        });
        const nom = document.createElement("span");
        nom.textContent = `${fichier.name} (${poids(fichier.size)})`;
        ligne.append(nom, retirer);
        return ligne;
      }),
    );
    alerte.textContent = faute(gardes, limites);
  };

  champ.addEventListener("change", async () => {
    const cle = ({ name, size, lastModified }) => `${name} ${size} ${lastModified}`;
    const nouveaux = [...champ.files].filter((fichier) => !gardes.some((garde) => garde.cle === cle(fichier)));
    gardes.push(...nouveaux.map((fichier) => Object.assign(fichier, { cle: cle(fichier) })));
    // At once as they are: whoever sends without waiting loses nothing.
    montrer();
    champ.setAttribute("aria-busy", "true");
    for (const fichier of nouveaux) {
      const reduit = Object.assign(await reduire(fichier, limites), { cle: fichier.cle });
      const rang = gardes.indexOf(fichier);
      if (rang >= 0) gardes[rang] = reduit;
    }
    champ.removeAttribute("aria-busy");
    montrer();
  });

  champ.form?.addEventListener("submit", (evenement) => {
    if (!alerte.textContent) return;
    evenement.preventDefault();
    champ.focus();
  });
}

document.querySelectorAll("input[type=file][multiple][data-nombre]").forEach(suivre);
