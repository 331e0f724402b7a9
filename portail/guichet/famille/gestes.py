"""A gesture on the ticked days: tried first, said in numbers; then done, told to the famille if the agent wants it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.dateparse import parse_time

import francais
from famille.connexion.requete import compte_de
from famille.models import Compte, Famille
from planning.admin.gestes import ANNULER, EXCUSER, FACTURER, METTRE_EN_CONGE, RETABLIR, pointer, reserver
from planning.models import Derogation, Inscription, Reservation
from planning.portee.gestes import Bilan, Geste, essayer, faire, message
from planning.regles.etats import Presence
from planning.regles.jours import lire_jour
from portail.guichet.famille.mois import DECISIONS, HEURES, POINTAGES, boutons
from portail.guichet.famille.page import PageDeFamille
from socle.admin.confirmation import CHAMP, Confirmation
from socle.admin.retour.renoncer import a_renonce, dire_que_rien_n_a_change

# Enough to know what would go beyond the deadline or the places: nothing of a try is kept.
A_L_ESSAI = "essai"
CONNUS = {bouton.code for bouton in (*DECISIONS, *POINTAGES)}
POURQUOI: dict[str, str] = {
    Derogation.Sorte.DELAI: "hors délai",
    Derogation.Sorte.PLACES: "au-delà des places",
    Derogation.Sorte.DOSSIER: "malgré un dossier incomplet",
}
HEURE_INCOMPRISE = "Écrivez l’heure comme 8:30, ou laissez-la vide."


class SuiteForm(forms.Form):
    """What goes with the gesture: why, where it goes beyond what a parent may; and whether the famille is told."""

    derogation = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Gardé avec la réservation\u00a0: qui, quand, pourquoi.",
    )
    prevenir = forms.BooleanField(label="Prévenir la famille par ce message", required=False, initial=True)

    def __init__(self, data: QueryDict | None, *, sortes: set[str]) -> None:
        super().__init__(data, label_suffix="")
        if sortes:
            self.fields["derogation"].label = f"Pourquoi {francais.enumerer(POURQUOI[une] for une in sorted(sortes))}"
        else:
            del self.fields["derogation"]


@dataclass(frozen=True)
class Saisie:
    """What was sent: the ticked days that are this famille's, and the gesture. `faute`: why it cannot be."""

    code: str
    journees: list[Reservation]
    heures: dict[str, time | None] = field(default_factory=dict)
    faute: str = ""

    def geste(self, derogation: str) -> Geste:
        simples = {
            "annuler": ANNULER,
            "excuser": EXCUSER,
            "facturer": FACTURER,
            "conge": METTRE_EN_CONGE,
            "retablir": RETABLIR,
        }
        faits: dict[str, Callable[[], Geste]] = {
            "reserver": lambda: reserver(derogation),
            "present": lambda: pointer(Presence.PRESENT, self.heures["arrivee"], self.heures["depart"]),
            "absent": lambda: pointer(Presence.ABSENT),
            "non_pointe": lambda: pointer(Presence.NON_POINTEE),
        }
        return simples.get(self.code) or faits[self.code]()

    @classmethod
    def lire(cls, famille: Famille, envoi: QueryDict, permis: set[str]) -> "Saisie":
        code = envoi.get("geste", "")
        if code in CONNUS and code not in permis:
            raise PermissionDenied
        heures, faute = {}, ""
        for nom in HEURES:
            texte = envoi.get(nom, "").strip()
            try:
                heures[nom] = parse_time(texte) if texte else None
            except ValueError:
                heures[nom] = None
            if texte and heures[nom] is None:
                faute = HEURE_INCOMPRISE
        journees = list(_journees(famille, envoi.getlist("jour")))
        if code not in CONNUS or not journees:
            faute = "Cochez au moins un jour, sous la grille d’un enfant, puis choisissez ce qu’il faut en faire."
        return cls(code, journees, heures, faute)


class GestesDeFamille(PageDeFamille):
    """POST only. The same form, sent again from the page that counts, acts."""

    chemin = "guichet/famille/<int:pk>/gestes/"
    nom = "guichet_famille_gestes"
    onglet = "guichet_famille"
    template_name = "admin/guichet/famille/gestes.html"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        famille, compte = self.lire_la_famille(), compte_de(request)
        if a_renonce(request):
            dire_que_rien_n_a_change(request)
            return redirect(self._retour(request.POST))
        permis = {bouton.code for sorte in boutons(compte) for bouton in sorte}
        saisie = Saisie.lire(famille, request.POST, permis)
        if saisie.faute:
            messages.warning(request, saisie.faute)
            return redirect(self._retour(request.POST))
        avant = _etats(saisie.journees)  # what the try changes in memory
        essai = essayer(saisie.geste(A_L_ESSAI), saisie.journees, par=compte)
        if not essai.faites:
            for refus in essai.refus:
                messages.warning(request, refus)
            return redirect(self._retour(request.POST))
        return self._demander_ou_faire(request, saisie, essai, avant)

    def _demander_ou_faire(self, request: HttpRequest, saisie: Saisie, essai: Bilan, avant: str) -> HttpResponse:
        compte, sortes = compte_de(request), {une.sorte for une in essai.derogations}
        geste = saisie.geste(A_L_ESSAI)
        redemandee = CHAMP in request.POST
        form = SuiteForm(request.POST if redemandee else None, sortes=sortes)
        question = Confirmation(
            titre=f"{geste.en_nombre(len(essai.faites))}\u00a0?",
            bouton=geste.en_nombre(len(essai.faites)),
            phrases=essai.dire(previent=False),
            chemin=[(self._retour(request.POST), str(self.famille))],
            form=form,
            envoi=request.POST,
            lu_aussi=avant,
        )
        if not question.est_donnee(request.POST) or not form.is_valid():
            contexte = self.get_context_data(
                confirmation=question,
                jours=_en_mots(essai.faites),
                sujet=geste.dire(len(essai.faites)).sujet,
                paragraphes=message(geste, essai.faites),
                deroge=bool(sortes),
            )
            statut = 422 if question.est_donnee(request.POST) else 200
            return self.render_to_response(contexte | {"title": question.titre}, status=statut)
        geste = saisie.geste(form.cleaned_data.get("derogation", "").strip())
        # Read again: those of the try have become what they would be.
        journees = _journees(self.famille, request.POST.getlist("jour"))
        bilan = faire(geste, journees, par=compte, prevenir=form.cleaned_data["prevenir"])
        self._dire(request, geste, bilan, prevenue=form.cleaned_data["prevenir"])
        return redirect(self._retour(request.POST, coches=False))

    def _dire(self, request: HttpRequest, geste: Geste, bilan: Bilan, *, prevenue: bool) -> None:
        for refus in bilan.refus:
            messages.warning(request, refus)
        _journaliser(bilan, compte_de(request))
        fait = f"{geste.en_nombre(len(bilan.faites))}\u00a0: c’est fait."
        suite = "La famille est prévenue." if prevenue else "La famille n’est pas prévenue."
        messages.success(request, f"{fait} {suite}")

    def _retour(self, envoi: QueryDict, *, coches: bool = True) -> str:
        """To the month, as it was left."""
        requete = [("mois", envoi.get("mois", ""))]
        if coches:
            requete += [("jour", jour) for jour in envoi.getlist("jour")]
            requete += [(nom, heure) for nom in HEURES if (heure := str(envoi.get(nom, "")))]
        return f"{self.adresse('guichet_famille')}?{urlencode(requete)}#mois"


def _journees(famille: Famille, codes: Iterable[str]) -> Iterable[Reservation]:
    """« inscription:date » of the inscriptions of this famille; what is nothing of theirs is not read."""
    voulus: dict[int, set[date]] = {}
    for code in codes:
        cle, _, texte = code.partition(":")
        if cle.isdecimal() and len(cle) < 19 and (jour := _jour(texte)):
            voulus.setdefault(int(cle), set()).add(jour)
    siennes = Inscription.objects.filter(famille=famille, pk__in=voulus)
    for inscription in siennes.select_related("enfant", "prestation"):
        yield from inscription.journees(voulus[inscription.pk])


def _jour(texte: str) -> date | None:
    lu = lire_jour(texte)
    return lu if lu and 2000 <= lu.year <= 2200 else None


def _etats(journees: Iterable[Reservation]) -> str:
    """What the days are as the page counts: a colleague who changes one of them meanwhile has it asked again."""
    dits = ((r.inscription_id, r.jour, r.etat, r.presence, r.arrivee, r.depart) for r in journees)
    return repr(sorted(dits, key=str))


def _en_mots(faites: Iterable[Reservation]) -> list[str]:
    """By child and prestation: « Léa, ALSH Mercredi journée : 08/04/2015 et 15/04/2015 »."""
    par_inscription: dict[str, list[date]] = {}
    for journee in faites:
        nom = f"{journee.inscription.enfant.prenom}, {journee.inscription.prestation}"
        par_inscription.setdefault(nom, []).append(journee.jour)
    return [f"{nom}\u00a0: {francais.dates_courtes(sorted(jours))}" for nom, jours in par_inscription.items()]


def _journaliser(bilan: Bilan, par: Compte) -> None:
    """In the agents' history. Why is not in it: it is read with the réservation, and encrypted there."""
    deroges = {une.reservation_id for une in bilan.derogations}
    for journee in bilan.faites:
        pointage = f", {journee.get_presence_display().lower()}" if journee.presence else ""
        derogation = ", par dérogation" if journee.pk in deroges else ""
        LogEntry.objects.log_actions(
            par.pk, [journee], CHANGE, f"{journee.get_etat_display()}{pointage}{derogation}.", single_object=True
        )
