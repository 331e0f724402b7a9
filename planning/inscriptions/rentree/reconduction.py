"""What an agent chose of a prestation's inscriptions, counted, then made: these go on, those end. And back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

import francais
from famille.models import Compte, Enfant
from planning.erreurs import RefusPlanning
from planning.inscriptions.en_nombre import InscriptionsEnNombre
from planning.inscriptions.fins import FinsEnNombre
from planning.inscriptions.rentree.lecture import FinDAnnee, Ligne
from planning.models import Inscription, Prestation, Reconduction
from planning.regles.jours import UN_JOUR
from socle.annee_scolaire import AnneeScolaire
from socle.verrous import verrouiller_toutes

LOT = 1000
Sorte = Reconduction.Sorte


@dataclass(frozen=True)
class Choix:
    """What is made, of whom: all but `sauf`, inscriptions by key."""

    reconduire: bool = False
    terminer_les_sortants: bool = False
    terminer_les_autres: bool = False
    sauf: frozenset[int] = frozenset()


class Reconductions:
    """Of the inscriptions of `lecture`, as they were read, by that choice."""

    def __init__(self, lecture: FinDAnnee, choix: Choix) -> None:
        self.lecture, self.choix = lecture, choix
        self.annee, self.prestation, self.par = lecture.annee, lecture.prestation, lecture.par

    @cached_property
    def a_reconduire(self) -> list[Inscription]:
        return self._gardees(self.lecture.a_reconduire) if self.choix.reconduire else []

    @cached_property
    def a_terminer(self) -> list[Inscription]:
        sortants = self._gardees(self.lecture.a_terminer) if self.choix.terminer_les_sortants else []
        return sortants + (self._gardees(self.lecture.continuent) if self.choix.terminer_les_autres else [])

    @property
    def rien(self) -> bool:
        return not self.a_reconduire and not self.a_terminer

    def dire(self) -> list[str]:
        """In numbers; nothing if nothing is made."""
        periode = francais.periode(self.annee.du, self.annee.au)
        fin = francais.date_courte(self.lecture.fin)
        phrases = [
            (self.a_reconduire, "inscription reconduite", "inscriptions reconduites", f"{periode}, aux mêmes jours"),
            (self.a_terminer, "inscription terminée", "inscriptions terminées", f"le {fin}"),
        ]
        return [
            f"{francais.pluriel(len(lignes), un, plusieurs)} {quand}\u00a0: {_compter(lignes)}."
            for lignes, un, plusieurs, quand in phrases
            if lignes
        ]

    @property
    def empreinte(self) -> str:
        """Which: what was read is what is made."""
        return repr([[une.pk for une in self.a_reconduire], [une.pk for une in self.a_terminer]])

    @transaction.atomic
    def faire(self) -> list[str]:
        """Why some could not go on: what only a booking elsewhere says. Or end: what was booked since they were read.
        All the others are made."""
        le = timezone.now()
        verrouiller_toutes(Enfant.objects, {une.enfant_id for une in (*self.a_reconduire, *self.a_terminer)})
        pris = self._changees() | FinsEnNombre(self.a_terminer, self.lecture.fin, par=self.par).refus()
        terminees = [une for une in self.a_terminer if une.pk not in pris]
        anciennes = {une.pk: une.au for une in terminees}
        FinsEnNombre(terminees, self.lecture.fin, par=self.par).ecrire()
        souhaits = [self.lecture.souhait(une) for une in self.a_reconduire]
        nouvelles = InscriptionsEnNombre(souhaits, par=self.par)
        nouvelles.verrouiller()
        refus = nouvelles.ecrire()
        suites = self._suites(le)
        lignes = [Reconduction(inscription=suite, sorte=Sorte.RECONDUITE) for suite in suites]
        lignes += [Reconduction(inscription=une, sorte=Sorte.TERMINEE, au_avant=anciennes[une.pk]) for une in terminees]
        for ligne in lignes:
            ligne.annee, ligne.par, ligne.le = self.annee.debut, self.par, le
        # Ended once, given its time back by hand, ended again: the last time is the one to tell, and to undo.
        Reconduction.objects.de(self.annee).filter(inscription__in=terminees).delete()
        Reconduction.objects.bulk_create(lignes, batch_size=LOT)
        fin = francais.date_courte(self.lecture.fin)
        noter(suites, ADDITION, f"Rentrée {self.annee}\u00a0: reconduite.", self.par)
        noter(terminees, CHANGE, f"Rentrée {self.annee}\u00a0: terminée le {fin}.", self.par)
        gardees = [(une.enfant, pris[une.pk]) for une in self.a_terminer if une.pk in pris]
        gardees += [(souhait.enfant, phrase) for souhait, phrase in refus.items()]
        return [f"{enfant}\u00a0: {phrase}" for enfant, phrase in gardees]

    def _changees(self) -> dict[int, str]:
        """Of those to end, the ones whose end is no longer the one that was read: another agent has decided."""
        fins = dict(Inscription.objects.filter(pk__in=[une.pk for une in self.a_terminer]).values_list("pk", "au"))
        return {
            une.pk: "sa fin a changé entre-temps, rien n’est fait"
            for une in self.a_terminer
            if fins.get(une.pk, une.du) != une.au
        }

    def _gardees(self, lignes: Iterable[Ligne]) -> list[Inscription]:
        return [
            ligne.inscription for ligne in lignes if not ligne.refus and ligne.inscription.pk not in self.choix.sauf
        ]

    def _suites(self, depuis: datetime) -> list[Inscription]:
        """Those that have just been written."""
        couples = {(une.enfant_id, une.famille_id) for une in self.a_reconduire}
        ecrites = Inscription.objects.filter(prestation=self.prestation, du=self.annee.du, creee_le__gte=depuis)
        siennes = ecrites.filter(enfant__in={enfant for enfant, _ in couples}).select_related("enfant")
        suites = [une for une in siennes if (une.enfant_id, une.famille_id) in couples]
        for une in suites:
            une.prestation = self.prestation
        return suites


class RetourDesInscriptions:
    """What was made together of a prestation, undone: what was made goes, what was ended goes on."""

    def __init__(self, annee: AnneeScolaire, prestation: Prestation, le: datetime, *, par: Compte) -> None:
        self.annee, self.prestation, self.le, self.par = annee, prestation, le, par
        self._aujourd_hui = timezone.localdate()

    @cached_property
    def lignes(self) -> list[Reconduction]:
        lues = Reconduction.objects.du_lot(self.annee, self.le).filter(inscription__prestation=self.prestation)
        return list(lues.select_related("inscription__enfant", "inscription__famille"))

    @cached_property
    def _prises(self) -> set[int]:
        """The new ones on which something was booked or said."""
        nouvelles = Inscription.objects.filter(pk__in=[une.inscription_id for une in self._de(Sorte.RECONDUITE)])
        return set(nouvelles.filter(reservations__isnull=False).values_list("pk", flat=True))

    @property
    def a_supprimer(self) -> list[Reconduction]:
        """Nothing has begun of them: neither a booking, nor a day of their pattern."""
        return [ligne for ligne in self._de(Sorte.RECONDUITE) if not self._a_servi(ligne.inscription)]

    @property
    def a_reprendre(self) -> list[Reconduction]:
        return self._de(Sorte.TERMINEE)

    def dire(self) -> list[str]:
        supprimees = len(self.a_supprimer)
        gardees = len(self._de(Sorte.RECONDUITE)) - supprimees
        reprises = len(self.a_reprendre)
        phrases = (
            (supprimees, "inscription de la rentrée s’efface", "inscriptions de la rentrée s’effacent"),
            (
                gardees,
                "inscription reste\u00a0: elle a déjà servi ou changé, terminez-la par sa date de fin",
                "inscriptions restent\u00a0: elles ont déjà servi ou changé, terminez-les par leur date de fin",
            ),
            (reprises, "inscription terminée reprend son cours", "inscriptions terminées reprennent leur cours"),
        )
        return [f"{francais.pluriel(nombre, un, plusieurs)}." for nombre, un, plusieurs in phrases if nombre]

    @transaction.atomic
    def faire(self) -> list[str]:
        """Why some do not go on: days that are full since, another inscription."""
        verrouiller_toutes(Enfant.objects, {ligne.inscription.enfant_id for ligne in self.lignes})
        for lu in ("lignes", "_prises"):
            vars(self).pop(lu, None)  # read again, under the lock
        supprimees = [ligne.inscription_id for ligne in self.a_supprimer]
        reprises, refus = [], []
        for ligne in self.a_reprendre:
            try:
                with transaction.atomic():
                    self._reprendre(ligne)
            except RefusPlanning as non:
                refus.append(f"{ligne.inscription.enfant}\u00a0: {non}")
            else:
                reprises.append(ligne.inscription)
        noter(reprises, CHANGE, f"Rentrée {self.annee}\u00a0: fin annulée.", self.par)
        Reconduction.objects.filter(pk__in=[ligne.pk for ligne in self.lignes]).delete()
        Inscription.objects.filter(pk__in=supprimees).delete()
        return refus

    def _reprendre(self, ligne: Reconduction) -> None:
        inscription = ligne.inscription
        inscription.verrouiller()
        if inscription.au == self.annee.du - UN_JOUR:  # else an agent has decided otherwise since
            inscription.prestation = self.prestation
            inscription.jusqu_au(ligne.au_avant)

    def _a_servi(self, inscription: Inscription) -> bool:
        commencee = inscription.du <= self._aujourd_hui and inscription.est_reguliere
        # Its days or its end were changed: another one may follow it.
        return commencee or inscription.au != self.annee.au or inscription.pk in self._prises

    def _de(self, sorte: Sorte) -> list[Reconduction]:
        return [ligne for ligne in self.lignes if ligne.sorte == sorte]


def noter(inscriptions: Iterable[Inscription], quoi: int, phrase: str, par: Compte) -> None:
    """In the history of each."""
    sorte = ContentType.objects.get_for_model(Inscription)
    LogEntry.objects.bulk_create(
        (
            LogEntry(
                user_id=par.pk,
                content_type=sorte,
                object_id=str(une.pk),
                object_repr=str(une)[:200],
                action_flag=quoi,
                change_message=phrase,
            )
            for une in inscriptions
        ),
        batch_size=LOT,
    )


def _compter(lignes: list[Inscription]) -> str:
    """« 12 familles, 14 enfants »."""
    familles, enfants = {une.famille_id for une in lignes}, {une.enfant_id for une in lignes}
    return f"{francais.pluriel(len(familles), 'famille')}, {francais.pluriel(len(enfants), 'enfant')}"
