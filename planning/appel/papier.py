"""The roll on paper: a line a child, a box to tick, what must not be forgotten, whom to call. Forty children a page."""

from dataclasses import dataclass

import francais
from famille.alertes.alerte import Alerte
from planning.appel.attendus import Appel, LigneDAppel
from planning.models import Structure
from socle.impression import Feuille, Papier, imprimer
from socle.reglages.centre import signature


@dataclass(frozen=True)
class LigneDePapier:
    """`joindre`: « Jean 01 02 03 04 05 »: the first number of two people, no more fits."""

    nom: str
    ou: str
    prestation: str
    alertes: list[Alerte]
    joindre: list[str]

    @classmethod
    def de(cls, ligne: LigneDAppel) -> "LigneDePapier":
        su = ligne.renseignements
        joignables = [contact for contact in su.a_prevenir if contact.telephones]
        numeros = [f"{contact.qui.split(maxsplit=1)[0]}\u00a0{contact.telephones[0][1]}" for contact in joignables]
        return cls(ligne.nom, ligne.ou, str(ligne.inscription.prestation), su.alertes, numeros[:2])


def imprimer_l_appel(appel: Appel, nom: str, structure: Structure) -> bytes:
    """The PDF. `nom`: of what it is the roll. Whoever prints has had the lines told what they may know:
    `appel.renseigner`."""
    lignes = [LigneDePapier.de(ligne) for ligne in appel.lignes if ligne.est_a_montrer]
    groupe = dict(appel.groupes).get(appel.groupe, "")
    titre = f"Appel\u00a0: {nom}{f', {groupe}' if groupe else ''}, {francais.date_longue(appel.jour)}"
    prestations = list(appel.prestations.values())
    contexte = {
        "titre": titre,
        "structure": structure,
        "horaires": prestations[0].horaires if len(prestations) == 1 else None,
        "plusieurs": len(prestations) > 1,
        "lignes": lignes,
        "attendus": francais.pluriel(appel.attendus, "enfant attendu", "enfants attendus"),
    }
    return imprimer(Papier("pdf/appel.html", contexte, titre, signature()), Feuille.APPEL)
