"""Several requests decided at once, from the queue: what one of them refuses is undone and told apart."""

from collections import Counter
from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpRequest, HttpResponse

import francais
from demandes.admin.marques import marquer
from demandes.erreurs import DejaDecidee, RefusDemande
from demandes.forms import RefusForm
from demandes.models import Decision, Demande
from demandes.models.queryset import DemandeQuerySet
from demandes.types.planning.places import COMPLET
from famille.connexion.requete import compte_de
from socle.admin.confirmation import CHAMP, Confirmation
from socle.admin.pages import AvecPages

A_LIRE_D_ABORD = "Une demande qui doit être lue d’abord restera en attente, et sera dite."
A_OUVRIR = "Une demande confidentielle restera en attente, et sera dite."


class DecisionEnNombre(AvecPages):
    """The queue's two actions."""

    actions = ["accepter_la_selection", "refuser_la_selection"]

    @admin.action(description="Accepter les demandes choisies", permissions=["change"])
    def accepter_la_selection(self, request: HttpRequest, demandes: DemandeQuerySet) -> HttpResponse | None:
        """Several are counted first. What an agent must read is left aside, and said."""
        agent, choisies = compte_de(request), self._en_attente(request, demandes)
        if not choisies:
            return None
        question = _compter(choisies, request, "Accepter", A_LIRE_D_ABORD)
        if len(choisies) > 1 and not question.est_donnee(request.POST):
            return question.demander(self, request)

        def accepter(demande: Demande) -> Decision:
            contenu = demande.contenu()
            if any(ecart.en_conflit for ecart in contenu.difference(demande)):
                raise RefusDemande(f"La demande n°\u00a0{demande.numero}\u00a0: la fiche a changé depuis, ouvrez-la.")
            if COMPLET in demande.marques:
                raise RefusDemande(f"La demande n°\u00a0{demande.numero} dépasse les places\u00a0: ouvrez-la.")
            # Of those that take places, the mark has told already.
            if not demande.genre.prend_des_places and contenu.a_confirmer(demande, ()):
                raise RefusDemande(f"La demande n°\u00a0{demande.numero} change des factures à venir\u00a0: ouvrez-la.")
            return demande.accepter(par=agent, vu=contenu.empreinte(demande.valeurs))

        self._decider_en_nombre(request, choisies, accepter)
        return None

    @admin.action(description="Refuser les demandes choisies…", permissions=["change"])
    def refuser_la_selection(self, request: HttpRequest, demandes: DemandeQuerySet) -> HttpResponse | None:
        """A page asks for the reason, the same for all."""
        agent, choisies = compte_de(request), self._en_attente(request, demandes)
        if not choisies:
            return None
        form = RefusForm(request.POST if CHAMP in request.POST else None)
        question = _compter(choisies, request, "Refuser", A_OUVRIR, form)
        if not question.est_donnee(request.POST):
            return question.demander(self, request)
        if not form.motif:
            form.add_error(None, "Indiquez le motif du refus\u00a0: les familles le liront.")
            return question.demander(self, request)
        self._decider_en_nombre(request, choisies, lambda demande: demande.refuser(par=agent, motif=form.motif))
        return None

    def _en_attente(self, request: HttpRequest, demandes: DemandeQuerySet) -> list[Demande]:
        """Of those chosen. What is decided already is said, and counted nowhere."""
        choisies = list(demandes)
        for decidee in (demande for demande in choisies if not demande.est_en_attente):
            messages.warning(request, str(DejaDecidee(decidee.numero, decidee.decision.constat)))
        return [demande for demande in choisies if demande.est_en_attente]

    def _decider_en_nombre(
        self, request: HttpRequest, demandes: list[Demande], decider: Callable[[Demande], Decision]
    ) -> None:
        """The oldest first."""
        decisions: list[Decision] = []
        marquer(demandes)
        with Demande.objects.decider_ensemble(demandes):
            for demande in sorted(demandes, key=lambda demande: (demande.deposee_le, demande.pk)):
                try:
                    if demande.genre.confidentiel:
                        raise RefusDemande(f"La demande n°\u00a0{demande.numero} est confidentielle\u00a0: ouvrez-la.")
                    decisions.append(decider(demande))
                except RefusDemande as refus:
                    messages.warning(request, str(refus))
        _ecrire_l_historique(request, decisions)
        if decisions:
            participe = decisions[0].participe
            nombre = francais.pluriel(len(decisions), f"demande {participe}", f"demandes {participe}s")
            messages.success(request, f"{nombre}.")


def _compter(
    demandes: list[Demande], request: HttpRequest, verbe: str, reserve: str, form: RefusForm | None = None
) -> Confirmation:
    """« 6 demandes : 3 familles, 4 enfants. », then each kind, with its days."""
    familles = {demande.famille_id for demande in demandes}
    enfants = {demande.enfant_id for demande in demandes if demande.enfant_id}
    qui = [francais.pluriel(len(familles), "famille"), *([francais.pluriel(len(enfants), "enfant")] if enfants else [])]
    jours: Counter[str] = Counter()
    for demande in demandes:
        jours[demande.nom_court] += len(demande.genre.jours_concernes(demande))
    genres = Counter(demande.nom_court for demande in demandes)
    return Confirmation(
        titre=f"{verbe} {'cette demande' if len(demandes) == 1 else 'ces demandes'}\u00a0?",
        bouton=f"{verbe} {francais.pluriel(len(demandes), 'demande')}",
        phrases=[
            f"{francais.pluriel(len(demandes), 'demande')}\u00a0: {', '.join(qui)}.",
            *(_dire_un_genre(nom, n, jours[nom]) for nom, n in sorted(genres.items())),
            f"{'La' if len(familles) == 1 else 'Chaque'} famille sera prévenue. {reserve}",
        ],
        chemin=[(request.get_full_path(), "Demandes")],
        form=form,
        envoi=request.POST,
    )


def _ecrire_l_historique(request: HttpRequest, decisions: list[Decision]) -> None:
    """A line each, written at once."""
    ecrits: dict[str, list[Demande]] = {}
    for decision in decisions:
        ecrits.setdefault(f"Demande {decision.participe}.", []).append(decision.demande)
    for phrase, demandes in ecrits.items():
        LogEntry.objects.log_actions(compte_de(request).pk, demandes, CHANGE, phrase)


def _dire_un_genre(nom: str, demandes: int, jours: int) -> str:
    combien = [francais.pluriel(demandes, "demande"), *([francais.pluriel(jours, "jour")] if jours else [])]
    return f"{nom}\u00a0: {', '.join(combien)}."
