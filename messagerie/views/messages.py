"""« Boîte de réception »: the threads of a famille, and what its parents do with them."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, ListView, View

from famille.connexion.requete import FamilleRequise, RequeteDeFamille
from messagerie.fils import brouillons
from messagerie.fils.brouillons import GardeLeTexte
from messagerie.fils.formulaires import NouveauMessageForm, ReponseForm
from messagerie.fils.lignes import LigneDeFil, LigneDeMessage
from messagerie.models import Fil, Lecture, Message, Piece
from messagerie.models.fil import FilQuerySet
from socle.fichiers.depot import EnvoiRefuse
from socle.requetes.preparee import Preparee, inconnue

PAR_PAGE = 20
Lesquels = Callable[[FilQuerySet], FilQuerySet]


def _premiers(lesquels: Lesquels) -> Preparee[Fil]:
    """Those of a first page, and one more if there is a second."""
    siens = Fil.objects.filter(famille=inconnue("famille"))
    return Preparee(
        lambda: lesquels(siens).avec_apercu(inconnue("compte"), inconnue("depuis"))[: PAR_PAGE + 1],
    )


class Messages(FamilleRequise, ListView):
    """The threads that the centre wrote in."""

    template_name = "messagerie/messages.html"
    paginate_by = PAR_PAGE
    lesquels: Lesquels = staticmethod(FilQuerySet.recus)
    premiers = _premiers(FilQuerySet.recus)
    boite = "messagerie:messages"
    titre = "Boîte de réception"
    vide = ("Aucun message reçu", "Les messages du centre et ses réponses apparaîtront ici.")

    def get_queryset(self) -> Sequence[Fil] | FilQuerySet:  # type: ignore[override]  # a list has no other page
        """Few familles have a second page: the first one asks for no count."""
        famille, compte = self.request.famille, self.request.user
        if "page" not in self.request.GET:
            premiers = self.premiers.lire(famille=famille.pk, compte=compte.pk, depuis=compte.cree_le)
            if len(premiers) <= PAR_PAGE:
                return premiers
        return self.lesquels(famille.fils.all()).avec_apercu(compte.pk, compte.cree_le)

    def get_context_data(self, **kwargs: object) -> dict:
        contexte = super().get_context_data() | kwargs
        maintenant = timezone.now()
        lignes = [LigneDeFil.de(fil, maintenant) for fil in contexte["page_obj"]]
        return contexte | {"lignes": lignes, "boites": self._boites(), "titre": self.titre, "vide": self.vide}

    def _boites(self) -> list[dict]:
        noms = {"messagerie:messages": "Reçus", "messagerie:envoyes": "Envoyés", "messagerie:supprimes": "Supprimés"}
        return [{"nom": nom, "url": reverse(b), "courante": b == self.boite} for b, nom in noms.items()]


class Envoyes(Messages):
    """The threads that the famille wrote in, with the answers they had."""

    lesquels = staticmethod(FilQuerySet.envoyes)
    premiers = _premiers(FilQuerySet.envoyes)
    boite = "messagerie:envoyes"
    titre = "Messages envoyés"
    vide = ("Aucun message envoyé", "Vos messages au centre et ses réponses apparaîtront ici.")


class Supprimes(Messages):
    lesquels = staticmethod(FilQuerySet.supprimes)
    premiers = _premiers(FilQuerySet.supprimes)
    boite = "messagerie:supprimes"
    titre = "Messages supprimés"
    vide = ("Aucun message supprimé", "Une conversation que vous supprimez peut être restaurée d’ici.")


class Redaction(GardeLeTexte, FormView):
    """A form to write with. What an ended session had kept is proposed again."""

    def get_initial(self) -> dict:
        return super().get_initial() | self.brouillon()

    def brouillon(self) -> dict[str, str]:
        return brouillons.reprendre(self.request, self.adresse())

    def get_context_data(self, **kwargs: object) -> dict:
        contexte = {"sceau": brouillons.sceau(self.request.user), "brouillon": self.brouillon()}
        return super().get_context_data(**kwargs) | contexte

    def refuse(self, form: ReponseForm, refus: EnvoiRefuse) -> HttpResponse:
        """The form again, with what was typed, and why."""
        form.add_error(None, str(refus))
        return self.form_invalid(form)

    def envoye(self, fil: Fil) -> HttpResponse:
        brouillons.oublier(self.request)
        messages.success(self.request, "Votre message est envoyé au centre.")
        return redirect(fil)


class NouveauMessage(Redaction):
    """Write to the centre."""

    template_name = "messagerie/nouveau.html"
    form_class = NouveauMessageForm

    def form_valid(self, form: NouveauMessageForm) -> HttpResponse:
        try:
            fil = Fil.ecrire_au_centre(self.request.responsable, **form.cleaned_data)
        except EnvoiRefuse as refus:
            return self.refuse(form, refus)
        return self.envoye(fil)


class Conversation(Redaction):
    """A thread, and the form that answers it."""

    template_name = "messagerie/fil.html"
    form_class = ReponseForm

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        if self.request.famille is not None:
            self.fil = get_object_or_404(self.request.famille.fils, pk=kwargs["pk"])

    def form_valid(self, form: ReponseForm) -> HttpResponse:
        try:
            self.fil.completer(par=self.request.responsable, **form.cleaned_data)
        except EnvoiRefuse as refus:
            return self.refuse(form, refus)
        return self.envoye(self.fil)

    def get_context_data(self, **kwargs: object) -> dict:
        lecture = Lecture.objects.filter(fil=self.fil, compte=self.request.user).first()
        lu_jusqu_a = lecture.jusqu_a if lecture else self.request.user.cree_le
        lignes = [LigneDeMessage.de(m, lu_jusqu_a) for m in self.fil.messages.prefetch_related("pieces")]
        non_lu = any(ligne.est_nouveau for ligne in lignes)
        return super().get_context_data(**kwargs) | {"fil": self.fil, "lignes": lignes, "non_lu": non_lu}


class ActionSurFil(FamilleRequise, View):
    """Something done to one's own thread."""

    def fil(self) -> Fil:
        return get_object_or_404(self.request.famille.fils, pk=self.kwargs["pk"])


class Suppression(ActionSurFil):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.fil().supprimer()
        messages.success(request, "La conversation est supprimée. Vous la retrouverez dans «\u00a0Supprimés\u00a0».")
        return redirect("messagerie:messages")


class Restauration(ActionSurFil):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        fil = self.fil()
        fil.restaurer()
        messages.success(request, "La conversation est restaurée.")
        return redirect(fil)


class LectureDeFil(ActionSurFil):
    """Seen up to the message that the page showed last. The page's script sends it; without script, a button."""

    def post(self, request: RequeteDeFamille, pk: int) -> HttpResponse:
        fil = self.fil()
        try:
            dernier = fil.messages.get(pk=request.POST.get("dernier", ""))
        except (Message.DoesNotExist, ValueError):
            raise Http404 from None
        fil.lire(request.user, dernier)
        return redirect("messagerie:messages")


class PieceDeMessage(FamilleRequise, View):
    """A file of one's own threads."""

    def get(self, request: RequeteDeFamille, pk: int) -> HttpResponseBase:
        piece = get_object_or_404(Piece.objects.filter(message__fil__famille=request.famille), pk=pk)
        return piece.servir(request)
