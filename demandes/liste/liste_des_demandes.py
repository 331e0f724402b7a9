"""« Liste des demandes » as its page shows it: what a famille asked in the last month, or all of it page by page."""

from collections import Counter
from datetime import timedelta
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import QueryDict
from django.utils import timezone

from demandes.genre.onglet import Onglet
from demandes.liste import colonnes, filtres
from demandes.liste.choix import Choix
from demandes.liste.filtres import Filtre
from demandes.liste.groupes import DU_MOIS, TOUTES, GroupeDeListe
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import Famille, enfants_de, responsables_de
from socle.requetes.preparee import Preparee, inconnue

PAR_PAGE = 25
UN_MOIS = timedelta(days=31)
MONTREES = ("enfant", "decision")
RECENTES = Preparee(
    lambda: Demande.objects.filter(famille=inconnue("famille")).recentes(inconnue("depuis")).select_related(*MONTREES)
)


class ListeDesDemandes:
    """`parametres`: onglet, type, enfant, toutes, page. What they do not say, or say wrong, is left out."""

    def __init__(self, famille: Famille, parametres: QueryDict) -> None:
        self.famille, self.parametres = famille, parametres
        self.enfants = enfants_de(famille.pk)
        self.responsables = {responsable.role: responsable for responsable in responsables_de(famille.pk)}

    @cached_property
    def choix(self) -> Choix:
        onglet = self._onglet()
        return Choix(
            onglet,
            genre=next((g for g in GENRES.tous(onglet) if g.code == self.parametres.get("type")), None),
            enfant=next((e for e in self.enfants if str(e.pk) == self.parametres.get("enfant")), None),
            toutes="toutes" in self.parametres,
        )

    @property
    def toutes(self) -> bool:
        return self.choix.toutes

    @property
    def un_seul_genre(self) -> bool:
        return self.choix.genre is not None

    # -- Tabs and filters ---------------------------------------------------------------------------

    def onglets(self) -> list[Filtre]:
        return filtres.par_onglet(self.choix, self.recentes)

    def types(self) -> list[Filtre]:
        """By kind, each with the number of requests that the page would show."""
        return filtres.par_genre(self.choix, self._compter())

    def _compter(self) -> dict[str, int]:
        """By kind, of the child that is chosen, or of all."""
        enfant = self.choix.enfant
        if not self.toutes:
            return Counter(d.type for d in self.recentes if enfant is None or d.enfant_id == enfant.pk)
        demandes = self.famille.demandes.order_by()
        if enfant:
            demandes = demandes.filter(enfant=enfant)
        return dict(demandes.values_list("type").annotate(Count("pk")))

    def filtres_enfants(self) -> list[Filtre]:
        return filtres.par_enfant(self.choix, self.enfants)

    def adresse_des_toutes(self) -> str:
        return self.choix.adresse(toutes="1")

    def adresse_des_recentes(self) -> str:
        return self.choix.adresse(toutes="")

    def requete(self) -> str:
        """The parameters that the next page keeps."""
        return self.choix.adresse().removeprefix("?") + "&"

    # -- Rows ---------------------------------------------------------------------------------------

    @cached_property
    def recentes(self) -> list[Demande]:
        return RECENTES.lire(famille=self.famille.pk, depuis=timezone.now() - UN_MOIS)

    @cached_property
    def page(self) -> Page:
        choix = self.choix
        genres = [choix.genre] if choix.genre else GENRES.tous(choix.onglet)
        demandes = self.famille.demandes.select_related(*MONTREES).filter(type__in=[genre.code for genre in genres])
        if choix.enfant:
            demandes = demandes.filter(enfant=choix.enfant)
        return Paginator(demandes, PAR_PAGE).get_page(self.parametres.get("page"))

    def groupes(self) -> list[GroupeDeListe]:
        debut = [colonnes.personne(self.choix.onglet, self.responsables), *colonnes.contenu(self.choix.genre)]
        if self.toutes:
            return [TOUTES.de(self.page.object_list, debut)]
        demandes = [demande for demande in self.recentes if self.choix.retient(demande)]
        groupes = [sorte.de(demandes, debut) for sorte in DU_MOIS]
        return [groupe for groupe in groupes if groupe.lignes]

    def _onglet(self) -> Onglet:
        """The one asked for; else that of the latest request."""
        demande = self.parametres.get("onglet", "")
        if demande in Onglet.values:
            return Onglet(demande)
        return self.recentes[0].genre.onglet if self.recentes else Onglet.MON_COMPTE
