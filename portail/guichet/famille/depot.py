"""A request that a parent makes by telephone or at the desk: the same form, deposited by the agent, who signs it.

Bookings and absences are not here: an agent ticks them in the month.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from demandes.erreurs import DejaDemandee, RefusDemande, RienDeChange
from demandes.forms import AccompagnementForm
from demandes.genre.type_demande import Genre, TypeDemande
from demandes.models import Demande
from demandes.types import GENRES
from famille.connexion.requete import compte_de
from famille.models import Compte, Enfant, Famille, LectureConfidentielle
from portail.guichet.famille.page import PageDeFamille
from socle.fichiers.depot import EnvoiRefuse

TRAITER = "demandes.traiter_demande"


@dataclass(frozen=True)
class Proposees:
    """`pour`: « la famille », or a child. Each kind: its name, where its form is."""

    pour: str
    genres: list[tuple[str, str]]


def proposees(famille: Famille, agent: Compte) -> list[Proposees]:
    """Of the kinds that this agent may decide. One query."""
    genres = _genres(agent)
    generaux = [genre for genre in genres if not genre.porte_sur_un_enfant()]
    par_enfant = [genre for genre in genres if genre.porte_sur_un_enfant()]
    listes = [Proposees("la famille", [(un.nom_court(), _adresse(famille, un, None)) for un in generaux])]
    for enfant in famille.enfants.all() if par_enfant else ():
        listes.append(Proposees(enfant.prenom, [(un.nom_court(), _adresse(famille, un, enfant)) for un in par_enfant]))
    return [liste for liste in listes if liste.genres]


class DepotPourLaFamille(PageDeFamille):
    """GET opens the form, on the present record; POST deposits it."""

    chemin = "guichet/famille/<int:pk>/depot/<slug:code>/"
    nom = "guichet_famille_depot"
    onglet = "guichet_famille_echanges"
    droits = ("famille.view_famille", TRAITER)
    template_name = "admin/guichet/famille/depot.html"
    http_method_names = ["get", "head", "post"]
    genre: Genre
    enfant: Enfant | None

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        famille = self._preparer(request)
        if self.genre.se_lit_au_journal():
            objet = f"Formulaire\u00a0: {self.genre.nom_court()}"
            LectureConfidentielle.objects.noter(self.enfant or famille, par=compte_de(request), objet=objet[:80])
        return self._montrer(self.genre.ouvrir(famille, self.enfant, request.GET), self._avec())

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        famille = self._preparer(request)
        contenu = self.genre(famille, self.enfant, request.POST, request.FILES)
        avec = AccompagnementForm(request.POST, request.FILES, pieces_attendues=self.genre.pieces_attendues)
        if not contenu.is_valid() or not avec.is_valid():
            return self._montrer(contenu, avec, status=422)
        try:
            demande = Demande.deposer(contenu, par=compte_de(request), **avec.cleaned_data)
        except RienDeChange as refus:
            messages.info(request, str(refus))
        except DejaDemandee as refus:
            messages.info(request, str(refus))
            return redirect(self.adresse(self.onglet))
        except (RefusDemande, EnvoiRefuse) as refus:
            contenu.add_error(None, str(refus))
        else:
            messages.success(
                request, f"La demande n°\u00a0{demande.numero} est déposée\u00a0: la famille en est avertie."
            )
            return redirect("admin:demandes_demande_change", demande.pk)
        return self._montrer(contenu, avec, status=422)

    def _preparer(self, request: HttpRequest) -> Famille:
        """404 for a kind that is none, or not of that page; 403 for one that this agent may not decide."""
        genre = next((un for un in GENRES.tous() if un.code == self.kwargs["code"]), None)
        if genre is None or not _se_depose_ici(genre) or genre.porte_sur_un_enfant() != ("enfant" in self.kwargs):
            raise Http404
        if not genre.traitable_par(compte_de(request)):
            raise PermissionDenied
        self.genre, famille = genre, self.lire_la_famille()
        enfant = self.kwargs.get("enfant")
        self.enfant = get_object_or_404(famille.enfants, pk=enfant) if enfant else None
        return famille

    def _avec(self) -> AccompagnementForm:
        return AccompagnementForm(pieces_attendues=self.genre.pieces_attendues)

    def _montrer(self, contenu: TypeDemande, avec: AccompagnementForm, *, status: int = 200) -> HttpResponse:
        contexte = self.get_context_data(
            contenu=contenu,
            groupes=contenu.en_groupes(),
            avec=avec,
            pour=self.enfant.prenom if self.enfant else "la famille",
            retour=self.adresse(self.onglet),
        )
        return self.render_to_response(contexte, status=status)


class DepotPourUnEnfant(DepotPourLaFamille):
    chemin = "guichet/famille/<int:pk>/enfants/<int:enfant>/depot/<slug:code>/"
    nom = "guichet_famille_depot_enfant"


def _genres(agent: Compte) -> list[Genre]:
    return [genre for genre in GENRES.traites_par(agent) if _se_depose_ici(genre)]


def _se_depose_ici(genre: Genre) -> bool:
    """A list of fields, as our page draws it."""
    return genre.gabarit == TypeDemande.gabarit


def _adresse(famille: Famille, genre: Genre, enfant: Enfant | None) -> str:
    if enfant is None:
        return reverse("admin:guichet_famille_depot", args=[famille.pk, genre.code])
    return reverse("admin:guichet_famille_depot_enfant", args=[famille.pk, enfant.pk, genre.code])
