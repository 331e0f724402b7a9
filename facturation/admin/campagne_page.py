"""What the page of a campaign shows: where it stands, what one may do next. Ready values for its template."""

from datetime import date
from functools import cached_property

from facturation.apercu import Apercu
from facturation.models import ApercuDeCampagne, Cahier, CampagneDeFacturation, DocumentFacture
from famille.models import Compte


class PageDeCampagne:
    """A campaign (annotated with `nombre`, its invoices) as that agent reads it."""

    def __init__(self, campagne: CampagneDeFacturation, agent: Compte, *, aujourd_hui: date) -> None:
        self.campagne, self._agent = campagne, agent
        self.est_finie = campagne.au < aujourd_hui
        self.demande: ApercuDeCampagne | None = getattr(campagne, "apercu", None)

    @property
    def attend(self) -> bool:
        """Whether the queue is at work for it: the page comes back by itself."""
        if self.campagne.est_en_preparation:
            return self.demande is not None and not self.demande.est_pret
        return self.campagne.est_en_cours or not self.papiers_prets

    @cached_property
    def apercu(self) -> Apercu | None:
        """The preview, once it is reckoned, as long as nothing is issued."""
        if self.campagne.est_en_preparation and self.demande is not None and self.demande.est_pret:
            return Apercu.lire(self.demande.contenu)
        return None

    @property
    def peut_calculer(self) -> bool:
        return self.campagne.est_en_preparation and self._a_le_droit("add_campagnedefacturation")

    @property
    def peut_emettre(self) -> bool:
        """Once one has read what would be issued, and the period is over."""
        return self.apercu is not None and self.est_finie and self._a_le_droit("emettre_campagne")

    @property
    def peut_reprendre(self) -> bool:
        return self.campagne.est_en_cours and self._a_le_droit("emettre_campagne")

    @property
    def peut_relancer(self) -> bool:
        return self.campagne.est_emise and not self.papiers_prets and self._a_le_droit("emettre_campagne")

    @property
    def peut_imprimer(self) -> bool:
        return self._a_le_droit("view_facture")

    @cached_property
    def pdf_prets(self) -> int:
        """How many invoices have their PDF."""
        return DocumentFacture.objects.filter(facture__campagne=self.campagne).count()

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
