"""What the pages of la rentrée have in common: the year, the steps that the agent may make, a question in numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from famille.models import Compte
from portail.guichet.page import PageDAgent
from portail.guichet.rentree.annee import lire_annee
from socle.admin.confirmation import Confirmation
from socle.admin.retour.renoncer import a_renonce, dire_que_rien_n_a_change
from socle.annee_scolaire import AnneeScolaire


@dataclass(frozen=True)
class Etape:
    """`nom`: of its page. `droits`: all that it takes."""

    nom: str
    titre: str
    aide: str
    droits: tuple[str, ...]

    def adresse(self, annee: AnneeScolaire) -> str:
        return reverse(f"admin:{self.nom}", args=[annee])


CLASSES = Etape(
    "guichet_rentree_classes",
    "Les classes",
    "Chaque enfant monte d’une classe\u00a0; ceux de CM2 sont sortants.",
    ("famille.view_enfant", "famille.change_enfant"),
)
INSCRIPTIONS = Etape(
    "guichet_rentree_inscriptions",
    "Les inscriptions",
    "Celles qui finissent avec l’année reprennent aux mêmes jours ; celles des sortants se terminent.",
    ("planning.view_inscription", "planning.add_inscription", "planning.change_inscription"),
)
TARIFS = Etape(
    "guichet_rentree_tarifs",
    "Les tarifs",
    "Ceux d’aujourd’hui, reportés à la nouvelle année, avec ou sans augmentation.",
    (
        "facturation.view_tarif",
        "facturation.add_tarif",
        "facturation.change_tarif",
        "facturation.add_tranchedetarif",
    ),
)
DOCUMENTS = Etape(
    "guichet_rentree_documents",
    "Documents et certifications",
    "À redemander aux familles pour la nouvelle année.",
    ("famille.view_certification", "famille.add_datedecertification", "famille.change_piecedemandee"),
)
ETAPES = (CLASSES, INSCRIPTIONS, TARIFS, DOCUMENTS)


def etapes_de(agent: Compte) -> list[Etape]:
    """Those that this agent may make."""
    return [etape for etape in ETAPES if agent.has_perms(etape.droits)]


class PageDeRentree(PageDAgent):
    """`etape`: the one that it is of."""

    etape: ClassVar[Etape]
    annee: AnneeScolaire

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        annee = lire_annee(str(kwargs["annee"]), timezone.localdate())
        if annee is None:
            raise Http404
        self.annee = annee
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> dict:
        contexte = {"annee": self.annee, "etape": self.etape, "etapes": self._etapes()}
        titre = f"{self.etape.titre}, rentrée {self.annee.debut}"
        return super().get_context_data(**kwargs) | contexte | {"title": titre}

    def _etapes(self) -> list[tuple[Etape, str]]:
        permises = etapes_de(self.request.user)  # type: ignore[arg-type]  # the admin lets nobody else in
        return [(etape, etape.adresse(self.annee)) for etape in permises]

    @property
    def chemin_d_ici(self) -> list[tuple[str, str]]:
        """The pages above a question that is asked from here."""
        accueil = f"{reverse('admin:guichet_rentree')}?annee={self.annee}"
        return [(accueil, f"Rentrée {self.annee.debut}"), (self.etape.adresse(self.annee), self.etape.titre)]

    def question(self, titre: str, bouton: str, phrases: Sequence[str], *, lu_aussi: str = "") -> Confirmation:
        return Confirmation(
            titre=titre,
            bouton=bouton,
            phrases=phrases,
            chemin=self.chemin_d_ici,
            envoi=self.request.POST,
            lu_aussi=lu_aussi,
        )

    def a_renonce(self) -> bool:
        """Then the page is drawn again as it was sent, and says that nothing has changed."""
        if not a_renonce(self.request):
            return False
        dire_que_rien_n_a_change(self.request)
        return True

    def demander(self, question: Confirmation, **contexte: object) -> HttpResponse:
        """The page that asks; the same form, sent again from it, acts."""
        self.template_name = question.gabarit
        commun = self.get_context_data(confirmation=question, **contexte)
        return self.render_to_response(commun | {"title": question.titre})

    def lire_le_lot(self) -> datetime:
        """When what is to be undone was made."""
        try:
            le = parse_datetime(self.request.POST.get("lot", ""))
        except ValueError:
            le = None
        if le is None or timezone.is_naive(le):
            raise Http404
        return le


def cles(textes: Iterable[str]) -> list[int]:
    """The keys of rows among what was sent: what is none was not typed here, and decides nothing."""
    return [int(texte) for texte in textes if texte.isascii() and texte.isdigit() and len(texte) < 19]
