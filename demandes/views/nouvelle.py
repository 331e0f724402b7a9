"""A new request: the form that the pencils and the planning open."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from demandes.erreurs import DejaDemandee, RefusDemande, RienDeChange
from demandes.forms import AccompagnementForm
from demandes.genre.type_demande import Genre, TypeDemande
from demandes.models import Demande
from demandes.types import GENRES
from demandes.views.dossier import page_du_dossier
from famille.connexion.requete import RequeteDeFamille
from famille.models import Enfant
from famille.mots_de_passe.formulaires import MotDePasseRedemande
from messagerie.fils import brouillons
from messagerie.fils.brouillons import GardeLeTexte
from planning.erreurs import DossierIncomplet
from socle.fichiers.depot import EnvoiRefuse

# Characters of a form that an ended session keeps: more than a year of days and a long comment.
GARDE_MAX = 40_000


class Nouvelle(GardeLeTexte):
    """The form of a kind, prefilled with the record, or with what an ended session had kept; POST deposits it."""

    genre: Genre

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        genre = next((genre for genre in GENRES.tous() if genre.code == kwargs["code"]), None)
        if genre is None or genre.porte_sur_un_enfant() != ("enfant" in kwargs):
            raise Http404
        self.genre = genre

    def adresse(self) -> str:
        # However the browser writes the days in it, one address is one page.
        requete = self.request.GET.urlencode()
        return f"{self.request.path}?{requete}" if requete else self.request.path

    def a_garder(self) -> dict[str, str]:
        if not self.genre.se_garde_en_session():
            return {}
        envoi = self.request.POST.copy()
        for technique in ("csrfmiddlewaretoken", "sceau", MotDePasseRedemande().add_prefix("mot_de_passe")):
            envoi.pop(technique, None)
        texte = envoi.urlencode()
        return {"envoi": texte} if len(texte) <= GARDE_MAX else {}

    def get(self, request: RequeteDeFamille, code: str, enfant: int | None = None) -> HttpResponse:
        if garde := brouillons.reprendre(request, self.adresse()).get("envoi"):
            saisie = QueryDict(garde)
            contenu = self.genre(request.famille, self._enfant(enfant), saisie)
            return self._montrer(contenu, self._accompagnement(saisie), gardee=True)
        contenu = self.genre.ouvrir(request.famille, self._enfant(enfant), request.GET)
        return self._montrer(contenu, self._accompagnement())

    def post(self, request: RequeteDeFamille, code: str, enfant: int | None = None) -> HttpResponse:
        if "calculer" in request.POST:
            return self._recalculer(request, enfant)
        contenu = self.genre(request.famille, self._enfant(enfant), request.POST, request.FILES)
        avec = self._accompagnement(request.POST, request.FILES)
        if not contenu.is_valid() or not avec.is_valid():
            return self._montrer(contenu, avec, status=422)
        cle = MotDePasseRedemande(request.POST)
        if contenu.touche_aux_gardes and not cle.verifier(request):
            return self._montrer(contenu, avec, cle=cle, status=422)
        try:
            demande = Demande.deposer(contenu, par=request.user, **avec.cleaned_data)
        except RienDeChange as refus:
            messages.info(request, str(refus))
        except DejaDemandee as refus:
            brouillons.oublier(request)
            messages.info(request, str(refus))
            return redirect(refus.adresse)
        except (RefusDemande, EnvoiRefuse) as refus:
            contenu.add_error(None, str(refus))
            if isinstance(refus.__cause__, DossierIncomplet):
                # The parent goes and sees to it, then comes back to what was typed.
                brouillons.garder(request, self.adresse(), self.a_garder())
        else:
            brouillons.oublier(request)
            return redirect("demandes:accuse", demande.pk)
        return self._montrer(contenu, avec, status=422)

    def _recalculer(self, request: RequeteDeFamille, enfant: int | None) -> HttpResponse:
        """The page again, with what is typed and ticked so far, and its total: for who has no script. Sends nothing."""
        contenu = self.genre.sans_juger(request.famille, self._enfant(enfant), request.POST)
        avec = self._accompagnement()
        avec.initial["commentaire"] = request.POST.get(avec.add_prefix("commentaire"), "")
        return self._montrer(contenu, avec)

    def _enfant(self, pk: int | None) -> Enfant | None:
        return get_object_or_404(self.request.famille.enfants, pk=pk) if pk is not None else None

    def _accompagnement(
        self, data: QueryDict | None = None, files: MultiValueDict[str, UploadedFile] | None = None
    ) -> AccompagnementForm:
        return AccompagnementForm(data, files, pieces_attendues=self.genre.pieces_attendues)

    def _montrer(
        self,
        contenu: TypeDemande,
        avec: AccompagnementForm,
        *,
        cle: MotDePasseRedemande | None = None,
        status: int = 200,
        gardee: bool = False,
    ) -> HttpResponse:
        retour, libelle_du_retour = self._retour(contenu.enfant)
        contexte = {
            "contenu": contenu,
            "groupes": contenu.en_groupes(),
            "avec": avec,
            "cle": cle or MotDePasseRedemande() if self.genre.gardes else None,
            "enfant": contenu.enfant,
            "attendent": self._attendent(contenu),
            "retour": retour,
            "libelle_du_retour": libelle_du_retour,
            "sceau": brouillons.sceau(self.request.user),
            "gardee": gardee,
            "ici": self.adresse(),
        }
        return TemplateResponse(self.request, contenu.gabarit, contexte, status=status)

    def _attendent(self, contenu: TypeDemande) -> list[Demande]:
        """The same kind, asked already: the record that is shown does not say it yet."""
        demandes = Demande.objects.en_attente().filter(
            famille=contenu.famille, enfant=contenu.enfant, type=contenu.code
        )
        return list(demandes) if contenu.montre_la_fiche else []

    def _retour(self, enfant: Enfant | None) -> tuple[str, str]:
        """The page that led here, and its name."""
        if enfant:
            return reverse("famille:enfant", args=[enfant.pk]), enfant.nom_complet
        return page_du_dossier(self.genre.onglet)
