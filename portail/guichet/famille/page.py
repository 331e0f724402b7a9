"""What every page of a famille has: the famille itself, the tabs that this agent may open, the way back to a list."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from famille.models import Famille, Responsable
from famille.models.certification.date_fixee import a_certifier_depuis
from portail.guichet.page import PageDAgent


@dataclass(frozen=True)
class Onglet:
    """`droits`: one of them is enough to have something to read there."""

    nom: str
    titre: str
    droits: tuple[str, ...]


ONGLETS = (
    Onglet("guichet_famille", "Dossier et planning", ("famille.view_famille",)),
    Onglet("guichet_famille_echanges", "Demandes et messages", ("demandes.traiter_demande", "messagerie.view_fil")),
    Onglet("guichet_famille_comptes", "Factures et règlements", ("facturation.view_facture",)),
    Onglet("guichet_famille_pieces", "Documents", ("famille.view_piecefournie",)),
    Onglet("guichet_famille_notes", "Notes", ("famille.view_noteducentre",)),
    Onglet("guichet_famille_historique", "Historique", ("famille.view_famille",)),
    Onglet("guichet_famille_acces", "Accès au portail", ("famille.ouvrir_acces", "famille.change_compte")),
)


def droits_de(nom: str) -> tuple[str, ...]:
    """Those of a tab, one of which is enough."""
    return next(onglet.droits for onglet in ONGLETS if onglet.nom == nom)


class PageDeFamille(PageDAgent):
    """`famille` comes with its responsables and their accounts: one query more."""

    droits: ClassVar[tuple[str, ...]] = ("famille.view_famille",)
    titre = "Famille"
    onglet: ClassVar[str]
    famille: Famille

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        self.pk = kwargs["pk"]

    def exiger_un_droit(self) -> None:
        """One of those of the tab."""
        if not any(map(self.peut, droits_de(self.onglet))):
            raise PermissionDenied

    def lire_la_famille(self) -> Famille:
        """Once the right is known. 404 if there is none."""
        siens = Prefetch("responsables", Responsable.objects.select_related("compte"))
        lues = Famille.objects.annotate(a_certifier_depuis=a_certifier_depuis("pk", timezone.localdate()))
        self.famille = get_object_or_404(lues.prefetch_related(siens), pk=self.pk)
        return self.famille

    @property
    def a_certifier_depuis(self) -> date | None:
        """Since when the record of the famille, once read, is to be certified; None: it is not."""
        return getattr(self.famille, "a_certifier_depuis", None)

    def get_context_data(self, **kwargs: object) -> dict:
        famille = getattr(self, "famille", None) or self.lire_la_famille()
        contexte = super().get_context_data(**kwargs)
        return contexte | {
            "title": nom_de(famille),
            "famille": famille,
            "onglets": [
                (reverse(f"admin:{un.nom}", args=[famille.pk]), un.titre, un.nom == self.onglet)
                for un in ONGLETS
                if any(map(self.peut, un.droits))
            ],
        }

    def peut(self, droit: str) -> bool:
        return self.request.user.has_perm(droit)

    def adresse(self, nom: str, **requete: object) -> str:
        return reverse(f"admin:{nom}", args=[self.famille.pk], query=requete or None)


def nom_de(famille: Famille) -> str:
    """« DUPONT Jean et Jeanne », as one names them on the telephone."""
    noms: dict[str, list[str]] = {}
    for responsable in famille.responsables.all():
        noms.setdefault(responsable.nom, []).append(responsable.prenom)
    return " et ".join(f"{nom} {' et '.join(prenoms)}" for nom, prenoms in noms.items()) or famille.numero
