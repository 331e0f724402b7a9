"""The pages of the roll call: which rolls there are on a day, and one of them, of a prestation or of a structure."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils import timezone

import francais
from famille.connexion.requete import compte_de
from planning.admin.presences.cible import Cible
from planning.admin.presences.fin import PagesDeFin
from planning.admin.presences.lecture import jour_ou_404
from planning.appel.appels_du_jour import appels_du_jour
from planning.appel.attendus import Appel
from planning.appel.enregistrement import Enregistrement
from planning.appel.etat import bilan_de, etat_de
from planning.appel.papier import imprimer_l_appel
from planning.appel.suggestions import suggerer
from planning.inscriptions.candidats import MAX, Candidat, relire
from planning.models import Prestation
from planning.regles.jours import UN_JOUR, lire_jour

SUGGESTIONS = 12  # beyond, one types another letter
JSON = "application/json"
AUTRE_COMPTE = "Un autre agent s’est identifié sur cet appareil\u00a0: rechargez la page."
UN_JOUR_PRECIS = "<int:pk>/<int:annee>/<int:mois>/<int:jour>/"


class PagesDAppel(PagesDeFin):
    """`appel/` chooses, `<pk>/appel/<yyyy>/<mm>/<dd>/` calls; `appel/structure/<pk>/…` calls several prestations."""

    appels_template = "admin/planning/prestation/appels.html"
    appel_template = "admin/planning/prestation/appel.html"

    def get_urls(self) -> list[URLPattern]:
        un_jour, structure = "<int:pk>/appel/<int:annee>/<int:mois>/<int:jour>/", "appel/structure/"
        return [
            self.adresse("appel/", self.appels_view, "appels"),
            self.adresse(un_jour, self.appel_view, "appel"),
            self.adresse(f"{un_jour}papier/", self.papier_view, "appel_papier"),
            self.adresse(f"{structure}<int:pk>/", self.structure_du_jour_view, "appel_structure_du_jour"),
            self.adresse(f"{structure}{UN_JOUR_PRECIS}", self.structure_view, "appel_structure"),
            self.adresse(f"{structure}{UN_JOUR_PRECIS}papier/", self.structure_papier_view, "appel_structure_papier"),
            *super().get_urls(),
        ]

    def appels_view(self, request: HttpRequest) -> HttpResponse:
        self._exiger_de_lire(request)
        jour = lire_jour(request.GET.get("jour", "")) or timezone.localdate()
        contexte = {
            "jour": jour,
            "veille": jour - UN_JOUR,
            "lendemain": jour + UN_JOUR,
            "appels": appels_du_jour(jour),
        }
        return self.montrer_page(request, self.appels_template, "Appel", contexte, large=True)

    def appel_view(self, request: HttpRequest, pk: int, annee: int, mois: int, jour: int) -> HttpResponse:
        self._exiger_de_lire(request)
        le_jour = jour_ou_404(annee, mois, jour)
        return self._appeler(request, Cible.d_une_prestation(pk), le_jour)

    def structure_view(self, request: HttpRequest, pk: int, annee: int, mois: int, jour: int) -> HttpResponse:
        self._exiger_de_lire(request)
        le_jour = jour_ou_404(annee, mois, jour)
        return self._appeler(request, Cible.d_une_structure(pk, le_jour), le_jour)

    def structure_du_jour_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Today's: the address that a tablet keeps."""
        self._exiger_de_lire(request)
        aujourd_hui = timezone.localdate()
        return self._appeler(request, Cible.d_une_structure(pk, aujourd_hui), aujourd_hui)

    def papier_view(self, request: HttpRequest, pk: int, annee: int, mois: int, jour: int) -> HttpResponse:
        self._exiger_de_lire(request)
        return self._imprimer(request, Cible.d_une_prestation(pk), jour_ou_404(annee, mois, jour))

    def structure_papier_view(self, request: HttpRequest, pk: int, annee: int, mois: int, jour: int) -> HttpResponse:
        self._exiger_de_lire(request)
        le_jour = jour_ou_404(annee, mois, jour)
        return self._imprimer(request, Cible.d_une_structure(pk, le_jour), le_jour)

    def _exiger_de_lire(self, request: HttpRequest) -> None:
        if not self.peut_lire_les_effectifs(request):
            raise PermissionDenied

    def _appeler(self, request: HttpRequest, cible: Cible, jour: date) -> HttpResponse:
        """GET reads the roll. POST saves it, or looks for a child and gives back what was typed. A script sends its
        taps as the form does, and is answered in JSON."""
        groupe = request.GET.get("groupe", "")
        appel = Appel(cible.prestations, jour, groupe=groupe, aussi=_inscriptions_montrees(request.POST))
        if request.method != "POST":
            return (
                self._suggerer(request, cible, jour) if _veut_du_json(request) else self._montrer(request, cible, appel)
            )
        if not self.peut_faire_l_appel(request):
            raise PermissionDenied
        ajouts, juste = relire(request.POST.getlist("ajout")), appel.lire(request.POST)
        if _veut_du_json(request):
            return self._pointer(request, cible, appel, ajouts)
        if not juste or "chercher" in request.POST:
            return self._montrer(request, cible, appel, ajouts)
        return self._enregistrer(request, cible, appel, ajouts)

    def _suggerer(self, request: HttpRequest, cible: Cible, jour: date) -> JsonResponse:
        """As a name is typed."""
        if not self.peut_faire_l_appel(request):
            raise PermissionDenied
        trouves = suggerer(request.GET.get("q", "").strip(), cible.prestations, jour)
        lus = [suggestion.en_clair for suggestion in trouves[:SUGGESTIONS]]
        return JsonResponse({"suggestions": lus, "autres": len(trouves) > SUGGESTIONS})

    def _imprimer(self, request: HttpRequest, cible: Cible, jour: date) -> HttpResponse:
        """The roll as a PDF, with what this agent may know of the children."""
        appel = Appel(cible.prestations, jour, groupe=request.GET.get("groupe", ""))
        appel.renseigner(pour=compte_de(request))
        entetes = {"Content-Disposition": "inline", "Cache-Control": "private, no-store"}
        papier = imprimer_l_appel(appel, str(cible), cible.structure)
        return HttpResponse(papier, content_type="application/pdf", headers=entetes)

    def _pointer(self, request: HttpRequest, cible: Cible, appel: Appel, ajouts: list[Candidat]) -> JsonResponse:
        """What is wrong of a child keeps nobody else from being saved."""
        compte = compte_de(request)
        # A page that somebody else had opened: their taps are not this agent's.
        if request.POST.get("compte", str(compte.pk)) != str(compte.pk):
            return JsonResponse({"phrase": AUTRE_COMPTE}, status=409)
        enregistrement = Enregistrement(appel, par=compte)
        enregistrement.faire(ajouts, a=_a_qui(cible, request.POST))
        if enregistrement.corriges or enregistrement.ajoutes:
            self._journaliser(request, cible, appel, enregistrement)
        dits = {ligne.cle: ligne.erreur for ligne in appel.lignes if ligne.erreur} | enregistrement.dits
        montrees = {*appel.aussi, *enregistrement.arrivees}
        suite = Appel(cible.prestations, appel.jour, groupe=appel.groupe, aussi=montrees)
        return JsonResponse(
            {**etat_de(suite, dits), "arrivees": enregistrement.arrivees, "ecartes": enregistrement.ecartes}
        )

    def _enregistrer(self, request: HttpRequest, cible: Cible, appel: Appel, ajouts: list[Candidat]) -> HttpResponse:
        enregistrement = Enregistrement(appel, par=compte_de(request))
        enregistrement.faire(ajouts, a=_a_qui(cible, request.POST))
        for phrase in enregistrement.ecartes:
            messages.warning(request, phrase)
        if enregistrement.bilan:
            self._journaliser(request, cible, appel, enregistrement)
            messages.success(request, f"Appel enregistré\u00a0: {enregistrement.bilan}.")
        elif not enregistrement.ecartes:
            messages.info(request, "Rien n’a changé\u00a0: il n’y avait rien à enregistrer.")
        adresse = cible.adresse(appel.jour, appel.groupe)
        # Enter in the search box saves: what was looked for is not forgotten.
        recherche = QueryDict(mutable=True)
        recherche["q"] = request.POST.get("q", "").strip()
        if enregistrement.arrivees:
            return redirect(f"{adresse}#enfant-{enregistrement.arrivees[-1]}")
        if not recherche["q"]:
            return redirect(adresse)
        return redirect(f"{adresse}{'&' if appel.groupe else '?'}{recherche.urlencode()}#ajout")

    def _journaliser(self, request: HttpRequest, cible: Cible, appel: Appel, fait: Enregistrement) -> None:
        corriges = f", corrigés\u00a0: {', '.join(fait.corriges)}" if fait.corriges else ""
        phrase = f"Appel du {francais.date_courte(appel.jour)}\u00a0: {fait.bilan}{corriges}."
        for prestation in [cible.seule] if cible.seule else fait.touchees:
            self.log_change(request, prestation, phrase)

    def _montrer(
        self, request: HttpRequest, cible: Cible, appel: Appel, ajouts: Sequence[Candidat] = ()
    ) -> HttpResponse:
        texte = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()
        trouves = [une for une in suggerer(texte, cible.prestations, appel.jour) if une.candidat not in ajouts]
        jour, compte = appel.jour, compte_de(request)
        appel.renseigner(pour=compte)
        contexte = {
            "cible": cible,
            "appel": appel,
            "jour": jour,
            "adresses": {
                "appel": cible.adresse(jour, appel.groupe),
                "tous": cible.adresse(jour),
                "veille": cible.adresse(jour - UN_JOUR, appel.groupe),
                "lendemain": cible.adresse(jour + UN_JOUR, appel.groupe),
                "papier": cible.adresse(jour, appel.groupe, page="_papier"),
            },
            "lignes": appel.lignes,
            **bilan_de(appel),
            "fins": [(fin, fin.peut_etre_rouvert_par(compte)) for fin in appel.fins],
            "a_terminer": [une for une in cible.prestations if une.pk not in appel.termines],
            "erreurs": any(ligne.erreur for ligne in appel.lignes),
            "peut_pointer": self.peut_faire_l_appel(request) and not appel.est_a_venir,
            "maintenant": timezone.now(),
            "q": texte,
            "trouves": trouves[:MAX],
            "trop": len(trouves) > MAX,
            "ajouts": ajouts,
            "ajout_a": request.POST.get("ajout_a", ""),
        }
        return self.montrer_page(request, self.appel_template, f"Appel\u00a0: {cible}", contexte, large=True)


def _veut_du_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == JSON


def _a_qui(cible: Cible, envoi: QueryDict) -> Prestation | None:
    """The prestation to which the children who are added come."""
    choisies = [une for une in cible.prestations if str(une.pk) == envoi.get("ajout_a")]
    return cible.seule or next(iter(choisies or cible.prestations[:1]), None)


def _inscriptions_montrees(envoi: QueryDict) -> list[int]:
    cles = (cle.removeprefix("avant-") for cle in envoi if cle.startswith("avant-"))
    return [int(cle) for cle in cles if cle.isdecimal() and len(cle) < 19]
