"""What the famille asked, and what was written: requests, those that wait first, and the last conversations."""

from dataclasses import dataclass

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

import francais
from demandes.models import Demande
from demandes.suivi.avancement import Avancement, avancement
from famille.connexion.requete import compte_de
from famille.models import Compte, Famille
from messagerie.models import Fil
from portail.guichet.famille.depot import proposees
from portail.guichet.famille.page import PageDeFamille

TRAITER, LIRE, ECRIRE = "demandes.traiter_demande", "messagerie.view_fil", "messagerie.add_fil"
DEMANDES, FILS = 30, 15  # those that the page lists


@dataclass(frozen=True)
class DemandeListee:
    demande: Demande
    avancement: Avancement
    adresse: str

    @property
    def deposee(self) -> str:
        """« 08/04/2015, par Alice MAIRIE »; nothing of who, where a parent did it."""
        par = self.demande.deposee_par
        jour = francais.date_courte(self.demande.deposee_jour)
        return f"{jour}, par {par}" if par and par.is_staff else jour


@dataclass(frozen=True)
class FilListe:
    fil: Fil
    adresse: str

    @property
    def dernier(self) -> str:
        return francais.date_courte(timezone.localdate(self.fil.dernier_le))

    @property
    def attente(self) -> str:
        depuis = self.fil.en_attente_depuis
        return f"attend une réponse, écrit {francais.il_y_a(timezone.now() - depuis)}" if depuis else ""


class EchangesDeFamille(PageDeFamille):
    chemin = "guichet/famille/<int:pk>/echanges/"
    nom = onglet = "guichet_famille_echanges"
    template_name = "admin/guichet/famille/echanges.html"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.exiger_un_droit()
        famille = self.lire_la_famille()
        contexte = self.get_context_data(
            demandes=_demandes(famille, compte_de(request)) if self.peut(TRAITER) else None,
            proposees=proposees(famille, compte_de(request)) if self.peut(TRAITER) else [],
            fils=_fils(famille) if self.peut(LIRE) else None,
            ecrire=reverse("admin:messagerie_fil_add", query={"famille": famille.pk}) if self.peut(ECRIRE) else "",
        )
        return self.render_to_response(contexte)


def _demandes(famille: Famille, agent: Compte) -> list[DemandeListee]:
    """Of the kinds that this agent may decide: health is not for everybody."""
    demandes = Demande.objects.traitables_par(agent).filter(famille=famille)
    lues = demandes.select_related("enfant", "decision", "deposee_par", "prise_en_charge_par")
    dans_l_ordre = lues.order_by(F("decidee_le").desc(nulls_first=True), "-deposee_le", "-pk")[:DEMANDES]
    return [
        DemandeListee(demande, avancement(demande), reverse("admin:demandes_demande_change", args=[demande.pk]))
        for demande in dans_l_ordre
    ]


def _fils(famille: Famille) -> list[FilListe]:
    fils = famille.fils.select_related("suivi_par")[:FILS]
    return [FilListe(fil, reverse("admin:messagerie_fil_change", args=[fil.pk])) for fil in fils]
