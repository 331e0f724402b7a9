"""The second step: inscriptions, prestation by prestation. Which go on and which end; counted, then made, or undone."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

import francais
from famille.connexion.requete import compte_de
from planning.calendrier.manques import manques
from planning.inscriptions.rentree.lecture import FinDAnnee
from planning.inscriptions.rentree.reconduction import Choix, Reconductions, RetourDesInscriptions
from planning.models import Prestation, Reconduction
from planning.portee.messager import NOMMES
from planning.portee.rentree import a_prevenir, exemple, sujet
from planning.portee.taches import prevenir_de_la_rentree
from portail.guichet.rentree.page import INSCRIPTIONS, PageDeRentree, cles
from socle.admin.confirmation import CHAMP
from socle.verrous import un_a_la_fois

VERROU = 0x72656E74726565  # « rentree »
PROPOSE = Choix(reconduire=True, terminer_les_sortants=True)


class InscriptionsDeRentree(PageDeRentree):
    """The prestations that still open then, and how far each has come."""

    chemin, nom = "guichet/rentree/<str:annee>/inscriptions/", "guichet_rentree_inscriptions"
    etape, droits = INSCRIPTIONS, INSCRIPTIONS.droits
    titre = INSCRIPTIONS.titre
    template_name = "admin/guichet/rentree/inscriptions.html"
    http_method_names = ("get", "head", "options")

    def get_context_data(self, **kwargs: object) -> dict:
        faites = Reconduction.objects.par_prestation(self.annee)
        lignes = [
            {
                "prestation": prestation,
                "adresse": reverse("admin:guichet_rentree_prestation", args=[self.annee, prestation.pk]),
                **faites.get(prestation.pk, {}),
            }
            for prestation in self._prestations()
        ]
        manque = "\u00a0; ".join(manques(self.annee.du))
        return super().get_context_data(lignes=lignes, manque=manque, a_prevenir=a_prevenir(self.annee), **kwargs)

    def _prestations(self) -> list[Prestation]:
        """Each with `finies`, in force at the end of the year and no longer then, and `suivies`, that go on."""
        fin = self.annee.du
        en_juin = Q(inscriptions__a_regulariser=False, inscriptions__du__lt=fin)
        finies = en_juin & Q(inscriptions__au__lt=fin, inscriptions__au__gte=fin.replace(month=6, day=15))
        suivies = en_juin & (Q(inscriptions__au=None) | Q(inscriptions__au__gte=fin))
        comptes = {"finies": Count("inscriptions", filter=finies), "suivies": Count("inscriptions", filter=suivies)}
        lues = Prestation.objects.actives(fin).select_related("structure").annotate(**comptes)
        return list(lues.order_by("structure__ordre", "structure__nom", "ordre", "nom"))


class MessagesDeRentree(PageDeRentree):
    """Each famille is told, once, of all that was made of its inscriptions, prestation after prestation."""

    chemin = "guichet/rentree/<str:annee>/inscriptions/messages/"
    nom = "guichet_rentree_messages"
    etape, droits = INSCRIPTIONS, INSCRIPTIONS.droits
    titre = "Prévenir les familles"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        ici, combien = self.etape.adresse(self.annee), a_prevenir(self.annee)
        if self.a_renonce():
            return redirect(ici)
        if not combien:
            messages.warning(request, "Chaque famille est déjà prévenue.")
            return redirect(ici)
        familles = francais.pluriel(combien, "famille")
        phrases = [f"{familles} : un seul message chacune, avec toutes ses inscriptions reconduites ou terminées."]
        question = self.question(f"Prévenir {familles} ?", f"Prévenir {familles}", phrases)
        if not question.est_donnee(request.POST):
            modele = replace(question, gabarit="admin/guichet/rentree/messages.html")
            return self.demander(modele, sujet=sujet(self.annee), paragraphes=exemple(self.annee))
        tache = partial(prevenir_de_la_rentree.enqueue, self.annee.debut, compte_de(request).pk)
        transaction.on_commit(tache, robust=True)
        messages.success(request, f"Le message part à {familles}.")
        return redirect(ici)


class PrestationDeRentree(PageDeRentree):
    """The inscriptions of one of them."""

    chemin = "guichet/rentree/<str:annee>/inscriptions/<int:pk>/"
    nom = "guichet_rentree_prestation"
    etape, droits = INSCRIPTIONS, INSCRIPTIONS.droits
    titre = INSCRIPTIONS.titre
    template_name = "admin/guichet/rentree/prestation.html"

    def get_context_data(self, **kwargs: object) -> dict:
        prestation = self._prestation()
        if "confirmation" in kwargs:
            return super().get_context_data(prestation=prestation, **kwargs)
        lecture = FinDAnnee(prestation, self.annee, par=compte_de(self.request))
        lots = Reconduction.objects.lots(self.annee, prestation)
        choix = _lire(self.request.POST) if self.request.method == "POST" else PROPOSE
        contexte = super().get_context_data(
            prestation=prestation,
            lecture=lecture,
            choix=choix,
            lots=[lot | {"phrase": dire(lot)} for lot in lots],
            **kwargs,
        )
        return contexte | {"title": f"{prestation}, rentrée {self.annee.debut}"}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.a_renonce():
            return self.render_to_response(self.get_context_data())
        if CHAMP in request.POST:
            un_a_la_fois(VERROU)
        lecture = FinDAnnee(self._prestation(), self.annee, par=compte_de(request))
        reconductions = Reconductions(lecture, _lire(request.POST))
        if reconductions.rien:
            messages.warning(request, "Rien à reconduire ni à terminer, d’après ce que vous avez coché.")
            return redirect(request.path)
        question = self.question(
            f"{lecture.prestation}\u00a0: préparer la rentrée {self.annee.debut}\u00a0?",
            "Enregistrer",
            reconductions.dire(),
            lu_aussi=reconductions.empreinte,
        )
        if not question.est_donnee(request.POST):
            return self.demander(question)
        dit = " ".join(reconductions.dire())
        _dire_les_refus(request, reconductions.faire())
        messages.success(request, f"C’est fait. {dit}")
        return redirect(self.etape.adresse(self.annee))

    @property
    def chemin_d_ici(self) -> list[tuple[str, str]]:
        return [*super().chemin_d_ici, (self.request.path, str(self._prestation()))]

    def _prestation(self) -> Prestation:
        if not hasattr(self, "_lue"):
            self._lue = get_object_or_404(Prestation.objects.select_related("structure"), pk=self.kwargs["pk"])
        return self._lue


class RetourDePrestation(PrestationDeRentree):
    """What was made together is undone."""

    chemin = "guichet/rentree/<str:annee>/inscriptions/<int:pk>/annulation/"
    nom = "guichet_rentree_prestation_annulation"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        prestation, ici = self._prestation(), self._ici
        if self.a_renonce():
            return redirect(ici)
        un_a_la_fois(VERROU)
        retour = RetourDesInscriptions(self.annee, prestation, self.lire_le_lot(), par=compte_de(request))
        if not retour.lignes:
            messages.warning(request, "C’est déjà annulé.")
            return redirect(ici)
        question = self.question(f"{prestation}\u00a0: annuler\u00a0?", "Annuler ce qui a été fait", retour.dire())
        if not question.est_donnee(request.POST):
            return self.demander(question)
        _dire_les_refus(request, retour.faire())
        messages.success(request, "C’est annulé.")
        return redirect(ici)

    @property
    def chemin_d_ici(self) -> list[tuple[str, str]]:
        return [*super().chemin_d_ici[:-1], (self._ici, str(self._prestation()))]

    @property
    def _ici(self) -> str:
        return reverse("admin:guichet_rentree_prestation", args=[self.annee, self.kwargs["pk"]])


def dire(lot: dict) -> str:
    """« 112 inscriptions reconduites, 14 terminées. »"""
    dites = [
        *([francais.pluriel(lot["reconduites"], "reconduite")] if lot["reconduites"] else []),
        *([francais.pluriel(lot["terminees"], "terminée")] if lot["terminees"] else []),
    ]
    return f"{', '.join(dites)}."


def _dire_les_refus(request: HttpRequest, refus: list[str]) -> None:
    for phrase in refus[:NOMMES]:
        messages.warning(request, phrase)
    if (autres := len(refus) - NOMMES) > 0:
        messages.warning(request, f"Et {francais.pluriel(autres, 'autre')}.")


def _lire(envoi: QueryDict) -> Choix:
    return Choix(
        reconduire="reconduire" in envoi,
        terminer_les_sortants="sortants" in envoi,
        terminer_les_autres="autres" in envoi,
        sauf=frozenset(cles(envoi.getlist("sauf"))),
    )
