"""The pages of the roll call: which rolls there are on a day, and one of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils import timezone

import francais
from famille.connexion.requete import compte_de
from planning.admin.presences.lecture import LectureDesEffectifs, jour_ou_404
from planning.appel.appels_du_jour import appels_du_jour
from planning.appel.attendus import Appel
from planning.appel.enregistrement import Enregistrement
from planning.appel.papier import imprimer_l_appel
from planning.inscriptions.candidats import MAX, Candidat, chercher, relire
from planning.models import Prestation
from planning.regles.etats import Presence
from planning.regles.jours import UN_JOUR, lire_jour


class PagesDAppel(LectureDesEffectifs):
    """`appel/` chooses, `<pk>/appel/<yyyy>/<mm>/<dd>/` calls."""

    appels_template = "admin/planning/prestation/appels.html"
    appel_template = "admin/planning/prestation/appel.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("appel/", self.appels_view, "appels"),
            self.adresse("<int:pk>/appel/<int:annee>/<int:mois>/<int:jour>/", self.appel_view, "appel"),
            self.adresse("<int:pk>/appel/<int:annee>/<int:mois>/<int:jour>/papier/", self.papier_view, "appel_papier"),
            *super().get_urls(),
        ]

    def peut_faire_l_appel(self, request: HttpRequest) -> bool:
        return request.user.has_perm("planning.faire_appel")

    def appels_view(self, request: HttpRequest) -> HttpResponse:
        if not self.peut_lire_les_effectifs(request):
            raise PermissionDenied
        jour = lire_jour(request.GET.get("jour", "")) or timezone.localdate()
        contexte = {
            "jour": jour,
            "veille": jour - UN_JOUR,
            "lendemain": jour + UN_JOUR,
            "appels": appels_du_jour(jour),
        }
        return self.montrer_page(request, self.appels_template, "Appel", contexte, large=True)

    def appel_view(self, request: HttpRequest, pk: int, annee: int, mois: int, jour: int) -> HttpResponse:
        """GET reads the roll. POST saves it, or looks for a child and gives back what was typed."""
        if not self.peut_lire_les_effectifs(request):
            raise PermissionDenied
        prestation = get_object_or_404(Prestation.objects.select_related("structure"), pk=pk)
        le_jour = jour_ou_404(annee, mois, jour)
        if request.method != "POST":
            return self._montrer(request, Appel(prestation, le_jour), [])
        if not self.peut_faire_l_appel(request):
            raise PermissionDenied
        appel = Appel(prestation, le_jour, aussi=_inscriptions_montrees(request.POST))
        ajouts = relire(request.POST.getlist("ajout"))
        if not appel.lire(request.POST) or "chercher" in request.POST:
            return self._montrer(request, appel, ajouts)
        return self._enregistrer(request, appel, ajouts)

    def papier_view(self, request: HttpRequest, pk: int, annee: int, mois: int, jour: int) -> HttpResponse:
        """The roll as a PDF, with what this agent may know of the children."""
        if not self.peut_lire_les_effectifs(request):
            raise PermissionDenied
        prestation = get_object_or_404(Prestation.objects.select_related("structure"), pk=pk)
        appel = Appel(prestation, jour_ou_404(annee, mois, jour))
        appel.renseigner(pour=compte_de(request))
        entetes = {"Content-Disposition": "inline", "Cache-Control": "private, no-store"}
        return HttpResponse(imprimer_l_appel(appel), content_type="application/pdf", headers=entetes)

    def _enregistrer(self, request: HttpRequest, appel: Appel, ajouts: list[Candidat]) -> HttpResponse:
        enregistrement = Enregistrement(appel, par=compte_de(request))
        enregistrement.faire(ajouts)
        for phrase in enregistrement.ecartes:
            messages.warning(request, phrase)
        if enregistrement.bilan:
            self.log_change(
                request, appel.prestation, f"Appel du {francais.date_courte(appel.jour)}\u00a0: {enregistrement.bilan}."
            )
            messages.success(request, f"Appel enregistré\u00a0: {enregistrement.bilan}.")
        elif not enregistrement.ecartes:
            messages.info(request, "Rien n’a changé\u00a0: il n’y avait rien à enregistrer.")
        adresse = _adresse(appel)
        # Enter in the search box saves: what was looked for is not forgotten.
        recherche = QueryDict(mutable=True)
        recherche["q"] = request.POST.get("q", "").strip()
        if enregistrement.arrivees:
            return redirect(f"{adresse}#enfant-{enregistrement.arrivees[-1]}")
        return redirect(f"{adresse}?{recherche.urlencode()}#ajout" if recherche["q"] else adresse)

    def _montrer(self, request: HttpRequest, appel: Appel, ajouts: list[Candidat]) -> HttpResponse:
        texte = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()
        trouves = [candidat for candidat in chercher(texte) if candidat not in ajouts]
        jour, prestation = appel.jour, appel.prestation
        appel.renseigner(pour=compte_de(request))
        contexte = {
            "prestation": prestation,
            "appel": appel,
            "jour": jour,
            "veille": jour - UN_JOUR,
            "lendemain": jour + UN_JOUR,
            "lignes": appel.lignes,
            "attendus": francais.pluriel(appel.attendus, "enfant attendu", "enfants attendus"),
            "presents": francais.pluriel(appel.compter(Presence.PRESENT), "présent", "présents"),
            "absents": francais.pluriel(appel.compter(Presence.ABSENT), "absent", "absents"),
            "erreurs": any(ligne.erreur for ligne in appel.lignes),
            "peut_pointer": self.peut_faire_l_appel(request) and not appel.est_a_venir,
            "q": texte,
            "trouves": trouves[:MAX],
            "trop": len(trouves) > MAX,
            "ajouts": ajouts,
        }
        return self.montrer_page(request, self.appel_template, f"Appel\u00a0: {prestation}", contexte, large=True)


def _inscriptions_montrees(envoi: QueryDict) -> list[int]:
    cles = (cle.removeprefix("avant-") for cle in envoi if cle.startswith("avant-"))
    return [int(cle) for cle in cles if cle.isdecimal() and len(cle) < 19]


def _adresse(appel: Appel) -> str:
    jour = appel.jour
    return reverse("admin:planning_prestation_appel", args=[appel.prestation.pk, jour.year, jour.month, jour.day])
