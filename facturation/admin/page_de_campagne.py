"""What the page of a campaign shows: where it stands, what one may do next. Ready values for its template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum
from django.utils import timezone

from facturation.campagne.apercu import Apercu
from facturation.models import ApercuDeCampagne, Cahier, CampagneDeFacturation, DocumentFacture, PartDApercu
from facturation.models.facture import PATIENCE
from facturation.montants import NUL
from famille.admin import recherche
from famille.models import Compte
from francais import date_courte, date_et_heure, euros, pluriel
from socle.recherche import mots_cherches

FAMILLES_PAR_PAGE = 50


@dataclass(frozen=True)
class FamilleCherchee:
    """Which familles of the preview are read: those that the words find, and the page of them."""

    mots: str = ""
    page: str = ""

    @classmethod
    def lire(cls, criteres: Mapping[str, str]) -> "FamilleCherchee":
        return cls(mots=criteres.get("famille", ""), page=criteres.get("page", ""))


class PageDeCampagne:
    """A campaign (annotated with `nombre`, its invoices) as that agent reads it."""

    def __init__(
        self,
        campagne: CampagneDeFacturation,
        agent: Compte,
        *,
        maintenant: datetime,
        cherche: FamilleCherchee = FamilleCherchee(),
    ) -> None:
        self.campagne, self._agent, self._maintenant, self.cherche = campagne, agent, maintenant, cherche
        self._aujourd_hui = timezone.localdate(maintenant)
        self.est_finie = campagne.au < self._aujourd_hui
        self.demande: ApercuDeCampagne | None = getattr(campagne, "apercu", None)

    def lire(self) -> "PageDeCampagne":
        """Make all its queries now: none is left to a template."""
        _ = self.cahiers, self.pdf_prets, self.rendu, self.familles
        return self

    @property
    def attend(self) -> bool:
        """Whether the queue is at work for it: the page comes back by itself."""
        if self.campagne.est_en_preparation:
            return self.demande is not None and not self.demande.est_pret and not self.est_perdu
        return self.campagne.est_en_cours or not self.papiers_prets

    @property
    def est_perdu(self) -> bool:
        """The preview should have come by now: whoever reckoned it may well be dead."""
        demande = self.demande
        # Or was asked for tomorrow, by a clock that has been put back since.
        return demande is not None and not demande.est_pret and abs(self._maintenant - demande.demande_le) > PATIENCE

    @cached_property
    def apercu(self) -> Apercu | None:
        """The preview, once it is reckoned, as long as nothing is issued."""
        if self.campagne.est_en_preparation and self.demande is not None and self.demande.est_pret:
            return Apercu.lire(self.demande.contenu)
        return None

    @cached_property
    def familles(self) -> Page[PartDApercu] | None:
        """What each famille would get, the most first: a page of them. None if there is no preview."""
        if self.apercu is None or self.demande is None:
            return None
        parts = self.demande.parts.prefetch_related("famille__responsables", "famille__enfants")
        for mot in mots_cherches(self.cherche.mots):
            parts = parts.filter(recherche.famille(mot, "famille"))
        return Paginator(parts, FAMILLES_PAR_PAGE).get_page(self.cherche.page)

    @property
    def calcule(self) -> str:
        """« le 02/11/2026 à 9 h 05 », or nothing."""
        if self.demande is None or self.demande.calcule_le is None:
            return ""
        return f"le {date_et_heure(timezone.localtime(self.demande.calcule_le))}"

    @property
    def bouton(self) -> str:
        """« Émettre 214 factures et 2 avoirs »."""
        apercu = self.apercu or Apercu()
        sortes = ((apercu.factures, "facture"), (apercu.avoirs, "avoir"))
        return f"Émettre {' et '.join(pluriel(n, nom) for n, nom in sortes if n) or '0 facture'}"

    @property
    def est_vide(self) -> bool:
        """Its preview has no paper at all."""
        return self.apercu is not None and not self.apercu.factures and not self.apercu.avoirs

    @property
    def ce_qui_sera_emis(self) -> list[str]:
        """What is read before it is issued: how many papers, how much, over which period."""
        campagne, apercu = self.campagne, self.apercu
        if apercu is None:
            return []
        periode = f"du {date_courte(campagne.du)} au {date_courte(campagne.au)}"
        sortes = ((apercu.factures, "facture", apercu.montant), (apercu.avoirs, "avoir", apercu.rendu))
        papiers = "\u00a0; ".join(f"{pluriel(n, nom)}, {euros(montant)}" for n, nom, montant in sortes if n)
        prevenues = (
            "La famille est prévenue." if apercu.factures + apercu.avoirs == 1 else "Les familles sont prévenues."
        )
        return [
            f"{campagne.regie.nom}, {periode}\u00a0: {papiers}.",
            f"Ce qui est émis ne se modifie plus\u00a0: une erreur se corrige par un avoir. {prevenues}",
        ]

    @property
    def est_a_jour(self) -> bool:
        """Reckoned today: an older one does not know the last rolls, nor the last corrections."""
        return self.demande is not None and self.demande.au == self._aujourd_hui

    @property
    def peut_calculer(self) -> bool:
        return self.campagne.est_en_preparation and self._a_le_droit("add_campagnedefacturation")

    @property
    def peut_emettre(self) -> bool:
        """Once the period is over, and one has read today what would be issued, if anything would."""
        pret = self.apercu is not None and not self.est_vide and self.est_a_jour and self.est_finie
        return pret and self._a_le_droit("emettre_campagne")

    @property
    def peut_reprendre(self) -> bool:
        return self.campagne.est_en_cours and self._a_le_droit("emettre_campagne")

    @property
    def peut_relancer(self) -> bool:
        """Not while workers may still be at it."""
        emise_le = self.campagne.emise_le
        if emise_le is None or self.papiers_prets:
            return False
        return abs(self._maintenant - emise_le) > PATIENCE and self._a_le_droit("emettre_campagne")

    @property
    def peut_imprimer(self) -> bool:
        return self._a_le_droit("view_facture")

    @cached_property
    def pdf_prets(self) -> int:
        """How many invoices have their PDF."""
        return DocumentFacture.objects.filter(facture__campagne=self.campagne).count()

    @cached_property
    def rendu(self) -> dict:
        """What the campaign gave back: `nombre` of avoirs, `montant` in €."""
        return self.campagne.avoirs.aggregate(nombre=Count("pk"), montant=Sum("montant", default=NUL))

    @cached_property
    def cahiers(self) -> list[Cahier]:
        cahiers = list(self.campagne.cahiers.order_by("premier"))
        for cahier in cahiers:
            cahier.campagne = self.campagne
        return cahiers

    @property
    def papiers_prets(self) -> bool:
        """Every invoice is in a file for the printer."""
        return sum(cahier.nombre for cahier in self.cahiers) == self.campagne.nombre

    def _a_le_droit(self, droit: str) -> bool:
        return self._agent.has_perm(f"facturation.{droit}")
