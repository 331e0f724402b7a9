"""What a verb of a request locks and reads: alone, its own; of several decided together, all of it at once."""

from __future__ import annotations

from typing import Protocol, TypeVar, cast

from django.db.models import Model, QuerySet

from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.type_demande import Genre, TypeDemande
from demandes.types.planning.choix_de_jours import ChoixDeJours
from demandes.types.planning.jours_de_l_enfant import JoursDeLEnfant
from demandes.types.planning.jours_ensemble import JoursEnsemble
from famille.models import Famille, Rattachement
from socle.verrous import verrouiller


class Decidable(DemandeDeposee, Protocol):
    """A request, as far as it is known here."""

    pk: int
    famille: Famille
    famille_id: int
    enfant_id: int | None
    lot: Seule

    @property
    def genre(self) -> Genre: ...


D = TypeVar("D", bound=Decidable)


class Seule:
    """One request, decided by itself."""

    def verrouiller(self, demande: D) -> D:
        """It and its famille, as they are, locked until the end of the transaction."""
        modele = cast(type[Model], type(demande))
        relue = cast(D, verrouiller(modele._default_manager, demande.pk))
        # What it changes belongs to a famille: two requests of the same one are decided one after the other.
        relue.famille = verrouiller(Famille.objects, relue.famille_id)
        return relue

    def est_rattache(self, demande: Decidable) -> bool:
        """Its child is still of its famille."""
        return Rattachement.objects.filter(famille=demande.famille_id, enfant=demande.enfant_id).exists()

    def preparer(self, contenu: TypeDemande) -> TypeDemande:
        return contenu


SEULE = Seule()


class Lot(Seule):
    """All locked in the order in which each would be: requests, familles, children."""

    def __init__(self, demandes: QuerySet) -> None:
        verrouillees = demandes.order_by("pk").select_for_update(no_key=True)
        self._demandes: dict[int, Decidable] = {demande.pk: demande for demande in verrouillees}
        en_attente = [demande for demande in self._demandes.values() if demande.est_en_attente]
        familles = Famille.objects.filter(pk__in={demande.famille_id for demande in en_attente}).order_by("pk")
        lues = familles.select_for_update(no_key=True).prefetch_related("responsables", "quotients")
        self._familles = {famille.pk: famille for famille in lues}
        enfants = {demande.enfant_id for demande in en_attente if demande.enfant_id}
        rattachements = Rattachement.objects.filter(enfant__in=enfants).values_list("famille", "enfant")
        self._rattaches = set(rattachements)
        jours = {jour for demande in en_attente for jour in demande.genre.jours_concernes(demande)}
        self._jours = JoursEnsemble(enfants, jours) if jours else None
        # Of what may have changed since it was read, each request reads its own.
        self._changes: set[Model | None] = set()

    def lacher(self) -> None:
        """The transaction is over: each is its own again."""
        for demande in self._demandes.values():
            demande.lot = SEULE
        if self._jours is not None:
            self._jours.lacher()

    def verrouiller(self, demande: D) -> D:
        relue = cast(D | None, self._demandes.get(demande.pk))
        if relue is None or relue.famille_id not in self._familles:
            # Gone, or decided before: it is told as of any other.
            return super().verrouiller(demande)
        relue.famille = self._familles[relue.famille_id]
        if not relue.genre.jours_concernes(relue):
            relue.famille.refresh_from_db()
            self._changes |= {relue.famille, demande.enfant} - {None}
        return relue

    def est_rattache(self, demande: Decidable) -> bool:
        if {demande.famille, demande.enfant} & self._changes:
            return super().est_rattache(demande)
        return (demande.famille_id, demande.enfant_id) in self._rattaches

    def preparer(self, contenu: TypeDemande) -> TypeDemande:
        """What it would read alone is given to it, if it is about days."""
        if isinstance(contenu, ChoixDeJours) and not {contenu.famille, contenu.enfant} & self._changes:
            contenu.planning = JoursDeLEnfant(contenu.famille, contenu.enfant, self._jours)
        return contenu
