"""A roll that is saved, in one go.

Two animateurs may call the same roll: what one changed since the other opened the page is kept, and told.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

import francais
from famille.models import Compte
from planning.appel import imprevus
from planning.appel.attendus import Appel, LigneDAppel
from planning.appel.saisie import code, lire
from planning.erreurs import RefusPlanning
from planning.inscriptions.candidats import Candidat
from planning.models import Reservation
from planning.regles.etats import Presence
from planning.regles.pointage import Pointage


class Enregistrement:
    """What an animateur sends back: saved in one transaction, child by child in the order that the locks want."""

    def __init__(self, appel: Appel, *, par: Compte) -> None:
        self.appel, self.par = appel, par
        self.presents = self.absents = self.effaces = self.ajoutes = 0
        self.ecartes: list[str] = []
        # Inscriptions of the children who were added.
        self.arrivees: list[int] = []

    @transaction.atomic
    def faire(self, ajouts: Iterable[Candidat]) -> None:
        changees = [ligne for ligne in self.appel.lignes if code(lire(ligne.saisie)) != ligne.avant]
        a_faire: list[tuple[int, LigneDAppel | Candidat]]
        a_faire = [(ligne.inscription.enfant_id, ligne) for ligne in changees]
        a_faire += [(candidat.enfant.pk, candidat) for candidat in ajouts]
        for _, objet in sorted(a_faire, key=lambda couple: couple[0]):
            try:
                self._ajouter(objet) if isinstance(objet, Candidat) else self._pointer(objet)
            except RefusPlanning as refus:
                enfant = objet.enfant if isinstance(objet, Candidat) else objet.inscription.enfant
                self.ecartes.append(f"{enfant}\u00a0: {refus}")

    @property
    def bilan(self) -> str:
        """« 12 présents, 1 absent, 1 enfant ajouté », or nothing."""
        comptes = [
            (self.presents, "présent", "présents"),
            (self.absents, "absent", "absents"),
            (self.effaces, "pointage effacé", "pointages effacés"),
            (self.ajoutes, "enfant ajouté", "enfants ajoutés"),
        ]
        return ", ".join(francais.pluriel(n, un, plusieurs) for n, un, plusieurs in comptes if n)

    def _pointer(self, ligne: LigneDAppel) -> None:
        voulu = lire(ligne.saisie)
        ligne.inscription.verrouiller()
        journee = ligne.inscription.journee(self.appel.jour)
        if journee.pointage == voulu:
            return
        if code(journee.pointage) != ligne.avant:
            self.ecartes.append(_conflit(journee, voulu))
            return
        if voulu.presence != Presence.PRESENT and ligne.inscription.a_regulariser:
            imprevus.annuler(ligne.inscription, par=self.par)
        else:
            journee.pointer(voulu.presence, arrivee=voulu.arrivee, depart=voulu.depart, par=self.par)
        self._compter(voulu.presence)

    def _ajouter(self, candidat: Candidat) -> None:
        inscription = imprevus.accueillir(
            candidat.enfant, self.appel.prestation, candidat.famille, self.appel.jour, par=self.par
        )
        journee = inscription.journee(self.appel.jour)
        if not journee.est_presente:
            journee.pointer(Presence.PRESENT, par=self.par)
            self.ajoutes += 1
            self.arrivees.append(inscription.pk)

    def _compter(self, presence: Presence) -> None:
        self.presents += presence == Presence.PRESENT
        self.absents += presence == Presence.ABSENT
        self.effaces += presence == Presence.NON_POINTEE


def _conflit(journee: Reservation, voulu: Pointage) -> str:
    heure = francais.heure(timezone.localtime(journee.pointee_le).time()) if journee.pointee_le else ""
    auteur = journee.pointee_par or "un autre agent"
    return (
        f"{journee.inscription.enfant}\u00a0: pendant que vous notiez «\u00a0{voulu.libelle}\u00a0», {auteur} a noté "
        f"«\u00a0{journee.pointage.libelle}\u00a0»{f' à {heure}' if heure else ''}. Sa saisie est gardée."
    )
