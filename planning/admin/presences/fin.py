"""« Appel terminé »: what it fixes, counted first; and a roll opened again by who may."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.http import url_has_allowed_host_and_scheme

import francais
from famille.connexion.requete import compte_de
from planning.admin.presences.cible import Cible
from planning.admin.presences.lecture import LectureDesEffectifs, jour_ou_404
from planning.appel.attendus import Appel, LigneDAppel
from planning.erreurs import RefusPlanning
from planning.models import AppelTermine, Prestation
from planning.models.appels.termine import ROUVRIR
from planning.regles.etats import ACQUISES, Presence
from socle.admin.confirmation import Confirmation

Listes = list[tuple[str, list[str]]]
NOMMES = 8  # in a sentence; beyond, they are folded
UN_JOUR = "<int:pk>/appel/<int:annee>/<int:mois>/<int:jour>/"


class PagesDeFin(LectureDesEffectifs):
    """`<pk>/appel/<yyyy>/<mm>/<dd>/fin/` asks, then ends; `reprise/` opens again (POST)."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse(f"{UN_JOUR}fin/", self.fin_view, "appel_fin"),
            self.adresse(f"{UN_JOUR}reprise/", self.reprise_view, "appel_reprise"),
            *super().get_urls(),
        ]

    def peut_faire_l_appel(self, request: HttpRequest) -> bool:
        return request.user.has_perm("planning.faire_appel")

    def fin_view(self, request: HttpRequest, pk: int, annee: int, mois: int, jour: int) -> HttpResponse:
        if not (self.peut_lire_les_effectifs(request) and self.peut_faire_l_appel(request)):
            raise PermissionDenied
        cible = Cible.d_une_prestation(pk)
        appel = Appel(cible.prestations, jour_ou_404(annee, mois, jour))
        retour = cible.adresse(appel.jour)
        if appel.termines or appel.est_a_venir:
            return redirect(retour)
        dit = f"{cible}, {francais.date_courte(appel.jour)}"
        listes: Listes = []
        confirmation = Confirmation(
            titre=f"Terminer l’appel\u00a0: {dit}",
            bouton="Terminer l’appel",
            phrases=list(annoncer_la_fin(appel, listes)),
            listes=listes,
            chemin=[(retour, dit)],
        )
        if request.method != "POST" or not confirmation.est_donnee(request.POST):
            return confirmation.demander(self, request)
        self._terminer(request, appel, cible.prestations[0])
        return redirect(retour)

    def reprise_view(self, request: HttpRequest, pk: int, annee: int, mois: int, jour: int) -> HttpResponse:
        droits = request.user.has_perm(ROUVRIR) or self.peut_faire_l_appel(request)
        if not (self.peut_lire_les_effectifs(request) and droits):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        cible, compte, le_jour = Cible.d_une_prestation(pk), compte_de(request), jour_ou_404(annee, mois, jour)
        termine = AppelTermine.objects.du_jour(pk, le_jour)
        if termine is not None and not termine.peut_etre_rouvert_par(compte):
            raise PermissionDenied
        try:
            if termine is not None:
                termine.rouvrir(par=compte)
                self.log_change(request, cible.objet, f"Appel du {francais.date_courte(le_jour)}\u00a0: rouvert.")
                messages.success(request, "L’appel est rouvert.")
        except RefusPlanning as refus:
            messages.warning(request, str(refus))
        vers = request.POST.get("vers", "")
        return redirect(vers if url_has_allowed_host_and_scheme(vers, None) else cible.adresse(le_jour))

    def _terminer(self, request: HttpRequest, appel: Appel, prestation: Prestation) -> None:
        try:
            AppelTermine.objects.terminer(prestation, appel.jour, par=compte_de(request))
        except RefusPlanning as refus:
            messages.warning(request, str(refus))
            return
        self.log_change(request, prestation, f"Appel du {francais.date_courte(appel.jour)}\u00a0: terminé.")
        messages.success(request, "L’appel est terminé.")


def annoncer_la_fin(appel: Appel, listes: Listes) -> Iterator[str]:
    """What is noted, what is not, and what becomes of it: as the days are, no price is changed by it.

    Names that are too many for a sentence go to `listes`, which the page folds."""
    presents, absents = appel.compter(Presence.PRESENT), appel.compter(Presence.ABSENT)
    yield (
        f"{francais.pluriel(presents, 'enfant présent', 'enfants présents')}, {francais.pluriel(absents, 'absent')}."
    )
    oublies = [une for une in appel.lignes if une.est_attendue and not une.pointage.presence]
    reserves = [une for une in oublies if une.etat in ACQUISES]
    non_pointes = ("enfant non pointé", "enfants non pointés")
    if reserves:
        leur = "sa" if len(reserves) == 1 else "leur"
        yield f"{_nommer(reserves, *non_pointes, listes)}\u00a0: {leur} journée sera facturée comme réservée."
    if demandes := [une for une in oublies if une not in reserves]:
        leur = "sa" if len(demandes) == 1 else "leur"
        dits = _nommer(demandes, *non_pointes, listes)
        yield f"{dits}\u00a0: {leur} demande attend encore une réponse, c’est elle qui décidera."
    sans_depart = [une for une in appel.lignes if une.pointage.presence == Presence.PRESENT and not une.pointage.depart]
    if 0 < len(sans_depart) < presents:
        mots = ("enfant présent sans heure de départ", "enfants présents sans heure de départ")
        yield f"{_nommer(sans_depart, *mots, listes)}."
    yield (
        "Une fois terminé, l’appel ne change plus. Aujourd’hui, vous pouvez encore le rouvrir\u00a0; ensuite, c’est à "
        "la direction."
    )


def _nommer(lignes: list[LigneDAppel], un: str, plusieurs: str, listes: Listes) -> str:
    """« 3 enfants non pointés (DUPONT Léa, MARTIN Tom et ROUX Zoé) », or their number alone, and a list."""
    combien, noms = francais.pluriel(len(lignes), un, plusieurs), [une.nom for une in lignes]
    if len(noms) <= NOMMES:
        return f"{combien} ({francais.enumerer(noms)})"
    listes.append((f"Voir les {combien}", noms))
    return combien
