"""Paying online: the page before the Treasury's, and the page after."""

from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView

from facturation.erreurs import RefusFacturation
from facturation.models import Facture, PaiementEnLigne
from facturation.models.tipi.paiement_en_ligne import EtatPaiement, obstacle_au_paiement
from facturation.tipi.formulaires import PaiementForm
from facturation.tipi.passerelle import DemandeRefusee, passerelle
from famille.connexion.requete import FamilleRequise, RequeteDeFamille
from famille.models import Famille
from francais import date_et_heure, heure, pluriel


class Visage(NamedTuple):
    """What the page after shows of a state: the colour of its circle, an icon, a title, sentences."""

    ton: str
    icone: str
    titre: str
    phrases: list[str]


ATTENTE = Visage(
    "attention",
    "clock",
    "Paiement en attente de confirmation",
    [
        "Le Trésor public ne nous a pas encore dit ce qu’il en est. Cela prend parfois quelques minutes\u00a0: "
        "cette page se met à jour toute seule.",
        "Si vous avez payé, ne payez pas une seconde fois.",
    ],
)
VISAGES = {
    EtatPaiement.INITIE: ATTENTE,
    EtatPaiement.EN_ATTENTE: ATTENTE,
    EtatPaiement.PAYE: Visage("succes", "check", "Paiement confirmé", []),
    EtatPaiement.REFUSE: Visage(
        "attention",
        "x-mark",
        "Paiement refusé",
        ["Votre banque a refusé ce paiement\u00a0: la facture reste à payer. Vous pouvez essayer une autre carte."],
    ),
    EtatPaiement.ABANDONNE: Visage(
        "attention",
        "arrow-uturn-left",
        "Paiement abandonné",
        ["Vous avez quitté la page de paiement\u00a0: rien n’est payé."],
    ),
    EtatPaiement.INTERROMPU: Visage(
        "attention",
        "arrow-uturn-left",
        "Paiement interrompu",
        [
            "Vous l’avez interrompu : vous pouvez recommencer.",
            "Si votre compte a été débité, ne payez pas de nouveau : la somme sera enregistrée dès que le Trésor "
            "public l’aura confirmée.",
        ],
    ),
    EtatPaiement.EXPIRE: Visage(
        "attention",
        "clock",
        "Paiement sans réponse",
        [
            "Le Trésor public n’a pas confirmé ce paiement à temps.",
            "Si votre compte a été débité, ne payez pas de nouveau\u00a0: prévenez le centre, qui vérifiera.",
        ],
    ),
}


class Paiement(FamilleRequise, View):
    """Before: amount, reference, and where to send the receipt."""

    def get(self, request: RequeteDeFamille, pk: int) -> HttpResponse:
        facture = _facture(request.famille, pk)
        return self._afficher(request, facture, PaiementForm(initial={"courriel": request.responsable.email}))

    def post(self, request: RequeteDeFamille, pk: int) -> HttpResponse:
        facture = _facture(request.famille, pk)
        formulaire = PaiementForm(request.POST)
        if not formulaire.is_valid():
            return self._afficher(request, facture, formulaire)
        try:
            paiement = PaiementEnLigne.objects.initier(facture, formulaire.cleaned_data["courriel"])
            adresse = passerelle().adresse(paiement.demande())
        except RefusFacturation:
            return redirect(request.path)
        except DemandeRefusee:
            messages.error(request, "Ce paiement ne peut pas partir vers le Trésor public. Prévenez le centre.")
            return redirect(paiement)
        paiement.partir()
        return redirect(adresse)

    def _afficher(self, request: RequeteDeFamille, facture: Facture, formulaire: PaiementForm) -> HttpResponse:
        ouvert = facture.paiements_en_ligne.ouverts().first()
        en_cours = ouvert if ouvert and not ouvert.est_ancien(timezone.now()) else None
        autres = request.famille.factures.impayees().exclude(pk=facture.pk).count()
        contexte = {
            "facture": facture,
            "en_cours": en_cours,
            "attente": _attente(en_cours) if en_cours else "",
            "sans_reponse": _sans_reponse(facture),
            "obstacle": obstacle_au_paiement(facture, facture.reste),
            "reglee": facture.reste <= 0,
            "moyens": facture.regie.moyens_de_paiement.splitlines(),
            "suite": _suite(autres),
            "form": formulaire,
            "simulation": settings.TIPI_FACTICE,
        }
        return TemplateResponse(request, "facturation/paiement.html", contexte)


class Reprendre(FamilleRequise, View):
    """Back on our side by « back »: to the Treasury's page again, for the same attempt."""

    def post(self, request: RequeteDeFamille, refdet: str) -> HttpResponse:
        paiement = get_object_or_404(PaiementEnLigne.objects.de(request.famille), refdet=refdet)
        if not paiement.est_ouvert or paiement.est_ancien(timezone.now()):
            return redirect(paiement)
        try:
            return redirect(passerelle().adresse(paiement.demande()))
        except DemandeRefusee:
            messages.error(request, "Ce paiement ne peut pas partir vers le Trésor public. Prévenez le centre.")
            return redirect(paiement)


class Interrompre(FamilleRequise, View):
    """To begin again at once, without waiting for an answer that may not come."""

    def post(self, request: RequeteDeFamille, refdet: str) -> HttpResponse:
        paiement = get_object_or_404(PaiementEnLigne.objects.de(request.famille), refdet=refdet)
        paiement.interrompre()
        return redirect(paiement)


class Retour(FamilleRequise, TemplateView):
    """After: the truth of the moment. Nothing that the browser brings back settles anything."""

    template_name = "facturation/paiement_retour.html"

    def get_context_data(self, **kwargs: object) -> dict:
        paiements = PaiementEnLigne.objects.de(self.request.famille).select_related(
            "facture__regie", "reglement__regie"
        )
        paiement = get_object_or_404(paiements, refdet=self.kwargs["refdet"])
        visage = VISAGES[EtatPaiement(paiement.etat)]
        return super().get_context_data(
            **kwargs,
            paiement=paiement,
            etat=paiement.etat,
            ton=visage.ton,
            icone=visage.icone,
            titre=visage.titre,
            phrases=visage.phrases or _phrases_du_recu(paiement),
            recu=reverse("facturation:recu", args=[paiement.reglement_id]) if paiement.reglement_id else "",
            repris=paiement.est_ouvert and not paiement.est_ancien(timezone.now()),
            recommencer=_recommencer(paiement),
            suivante=_suivante(self.request.famille, paiement),
        )


def _facture(famille: Famille, pk: int) -> Facture:
    return get_object_or_404(famille.factures.avec_reste().select_related("regie"), pk=pk)


def _attente(paiement: PaiementEnLigne) -> str:
    """« Commencé à 10 h 05, … »."""
    debut = heure(timezone.localtime(paiement.cree_le).time())
    return (
        f"Commencé à {debut}, il attend la réponse du Trésor public. Reprenez-le là où vous l’avez laissé. S’il n’a "
        "pas abouti, interrompez-le pour recommencer."
    )


def _sans_reponse(facture: Facture) -> str:
    """The last attempt that may have been paid without our knowing it; empty if there is none."""
    dernier = facture.paiements_en_ligne.sans_reponse(timezone.now()).first()
    if dernier is None:
        return ""
    return (
        f"Commencé le {date_et_heure(timezone.localtime(dernier.cree_le))}. Vérifiez d’abord que votre compte n’a "
        "pas été débité. S’il l’a été, ne payez pas de nouveau : prévenez le centre."
    )


def _suite(autres: int) -> str:
    """Several invoices are paid one after the other."""
    if not autres:
        return ""
    combien = pluriel(autres, "autre facture", "autres factures")
    return f"Vous avez {combien} à payer\u00a0: les factures se paient l’une après l’autre, un paiement pour chacune."


def _phrases_du_recu(paiement: PaiementEnLigne) -> list[str]:
    qui = "Le centre a vérifié et enregistré" if paiement.est_confirme_par_le_centre else "Le Trésor public a confirmé"
    return [f"{qui} votre paiement. Notre reçu part vers {paiement.courriel}."]


def _recommencer(paiement: PaiementEnLigne) -> str:
    """Where to try again, if one may."""
    if paiement.etat == EtatPaiement.PAYE or (paiement.est_ouvert and not paiement.est_ancien(timezone.now())):
        return ""
    return reverse("facturation:paiement", args=[paiement.facture_id])


def _suivante(famille: Famille, paiement: PaiementEnLigne) -> Facture | None:
    """The oldest other invoice to pay, once this one is."""
    if paiement.etat != EtatPaiement.PAYE:
        return None
    autres = famille.factures.impayees().exclude(pk=paiement.facture_id).plus_anciennes_d_abord()
    return autres.select_related("regie").first()
