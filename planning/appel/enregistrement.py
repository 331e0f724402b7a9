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
from planning.models import Prestation, Reservation
from planning.regles.etats import Presence
from planning.regles.pointage import Pointage


class Enregistrement:
    """What an animateur sends back: saved in one transaction, child by child in the order that the locks want."""

    def __init__(self, appel: Appel, *, par: Compte) -> None:
        self.appel, self.par = appel, par
        self.presents = self.absents = self.effaces = self.ajoutes = 0
        self.ecartes: list[str] = []
        # What was said of each child by name, for a page that shows it on its row.
        self.dits: dict[int, str] = {}
        # Whose presence was already said, otherwise; the prestations of which something has changed.
        self.corriges: list[str] = []
        self.touchees: set[Prestation] = set()
        # Inscriptions of the children who were added.
        self.arrivees: list[int] = []

    @transaction.atomic
    def faire(self, ajouts: Iterable[Candidat] = (), *, a: Prestation | None = None) -> None:
        """Lines in error are left out. `ajouts` come to the prestation `a`."""
        justes = [ligne for ligne in self.appel.lignes if not ligne.erreur]
        changees = [ligne for ligne in justes if code(lire(ligne.saisie)) != ligne.avant]
        a_faire: list[tuple[int, LigneDAppel | Candidat]]
        a_faire = [(ligne.inscription.enfant_id, ligne) for ligne in changees]
        a_faire += [(candidat.enfant.pk, candidat) for candidat in ajouts]
        for _, objet in sorted(a_faire, key=lambda couple: couple[0]):
            try:
                if isinstance(objet, LigneDAppel):
                    self._pointer(objet)
                elif a is not None:
                    with transaction.atomic():  # refused, it leaves no inscription behind
                        self._ajouter(objet, a)
            except RefusPlanning as refus:
                self._ecarter(objet, str(refus))

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
            self._ecarter(ligne, _conflit(journee, voulu))
            return
        if journee.presence not in (Presence.NON_POINTEE, voulu.presence):
            self.corriges.append(str(ligne.inscription.enfant))
        if voulu.presence != Presence.PRESENT and ligne.inscription.a_regulariser:
            if termine := self.appel.termines.get(journee.prestation_id):
                termine.refuser_le_pointage()
            imprevus.annuler(ligne.inscription, par=self.par)
        else:
            heures = {"arrivee": voulu.arrivee, "depart": voulu.depart}
            journee.pointer(voulu.presence, **heures, le=ligne.notee_le, par=self.par)
        self.touchees.add(ligne.inscription.prestation)
        self._compter(voulu.presence)

    def _ajouter(self, candidat: Candidat, prestation: Prestation) -> None:
        jour = self.appel.jour
        inscription = imprevus.accueillir(candidat.enfant, prestation, candidat.famille, jour, par=self.par)
        journee = inscription.journee(jour)
        if not journee.est_presente:
            journee.pointer(Presence.PRESENT, par=self.par)
            self.ajoutes += 1
            self.touchees.add(prestation)
            self.arrivees.append(inscription.pk)

    def _ecarter(self, objet: LigneDAppel | Candidat, phrase: str) -> None:
        enfant = objet.enfant if isinstance(objet, Candidat) else objet.inscription.enfant
        self.ecartes.append(f"{enfant}\u00a0: {phrase}")
        if isinstance(objet, LigneDAppel):
            self.dits[objet.cle] = phrase

    def _compter(self, presence: Presence) -> None:
        self.presents += presence == Presence.PRESENT
        self.absents += presence == Presence.ABSENT
        self.effaces += presence == Presence.NON_POINTEE


def _conflit(journee: Reservation, voulu: Pointage) -> str:
    heure = francais.heure(timezone.localtime(journee.pointee_le).time()) if journee.pointee_le else ""
    auteur = journee.pointee_par or "un autre agent"
    return (
        f"pendant que vous notiez «\u00a0{voulu.libelle}\u00a0», {auteur} a noté "
        f"«\u00a0{journee.pointage.libelle}\u00a0»{f' à {heure}' if heure else ''}. Sa saisie est gardée."
    )
