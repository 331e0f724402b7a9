"""« Les droits »: what each group of agents may do, in words; the direction changes what is safe to (`bornes`)."""

import json
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.models import Group, Permission
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from francais import pluriel
from portail.guichet.reglages.bornes import raison, sans_voir
from portail.guichet.reglages.page import PageDeReglages
from portail.guichet.reglages.versions import ENTREE, Changement, quand
from socle.admin.confirmation import Confirmation
from socle.models import Reglage
from socle.octroi.impression import dire_l_objet, dire_le_verbe
from socle.octroi.table import VERBES, Droit, droits_prevus
from socle.reglages.ecriture import ecrire, verrouiller

ONGLET = "guichet_reglages_droits"


@dataclass(frozen=True)
class Case:
    """A right of the group. `raison`: why it stays as it is; empty: it may be changed."""

    code: str
    nom: str
    est_donne: bool
    raison: str


@dataclass(frozen=True)
class Objet:
    """`verbes`: voir, ajouter, modifier, supprimer, each None where nobody has it; `autres`: rights of its own."""

    nom: str
    verbes: list[Case | None]
    autres: list[Case]


@dataclass(frozen=True)
class Domaine:
    nom: str
    objets: list[Objet]


class LesDroits(PageDeReglages):
    """The groups, and how many agents each has."""

    chemin, nom = "guichet/reglages/droits/", ONGLET
    onglet, titre = ONGLET, "Les droits"
    template_name = "admin/guichet/reglages/droits.html"
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs: object) -> dict:
        return super().get_context_data(groupes=_groupes(), **kwargs)


class DroitsDUnGroupe(PageDeReglages):
    """POST `droit`: those that are ticked, among those that may be changed. The others stay as they are."""

    chemin, nom = "guichet/reglages/droits/<int:pk>/", "guichet_reglages_droits_groupe"
    onglet, titre = ONGLET, "Les droits"
    template_name = "admin/guichet/reglages/groupe.html"

    @cached_property
    def groupe(self) -> Group:
        return get_object_or_404(_groupes(), pk=self.kwargs["pk"])

    @cached_property
    def prevus(self) -> set[Droit]:
        return droits_prevus()

    @cached_property
    def possibles(self) -> list[Droit]:
        """Each once, whoever has it."""
        uns = {droit.permission: droit for droit in sorted(self.prevus)}
        return sorted(uns.values(), key=lambda droit: (droit.app, dire_l_objet(droit)))

    @cached_property
    def reglables(self) -> set[str]:
        return {droit.permission for droit in self.possibles if not raison(self.groupe.name, droit, self.prevus)}

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.montrer(self.donnes())

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        verrouiller()
        actuels = self.donnes()
        choisis = set(request.POST.getlist("droit")) & self.reglables
        vus = _lire(request.POST.get("vus", ""), actuels & self.reglables)
        if ailleurs := (actuels & self.reglables) ^ vus:
            # What nobody touched here is as the others left it.
            intouches = ailleurs - (choisis ^ vus)
            return self.montrer((choisis - intouches) | (actuels & intouches), a_relire=self._ce_qui_a_change(ailleurs))
        voulus = (actuels - self.reglables) | choisis
        if aveugles := sans_voir(voulus, self.possibles):
            return self.montrer(choisis, a_relire=[_il_faut_voir(droit) for droit in aveugles])
        donnes, retires = voulus - actuels, actuels - voulus
        if not donnes and not retires:
            messages.info(request, "Rien n’a changé.")
            return redirect(request.path)
        question = self.question(donnes, retires)
        if not question.est_donnee(request.POST):
            return self.demander(question)
        self.groupe.permissions.add(*_permissions(donnes))
        self.groupe.permissions.remove(*_permissions(retires))
        ecrire(self.cle, {"donnes": sorted(donnes), "retires": sorted(retires)}, par=self.auteur())
        messages.success(request, f"Les droits de «\u00a0{self.groupe}\u00a0» sont enregistrés\u00a0: ils valent déjà.")
        return redirect(request.path)

    def donnes(self) -> set[str]:
        lues = self.groupe.permissions.values_list("content_type__app_label", "codename")
        return {f"{app}.{code}" for app, code in lues}

    @property
    def cle(self) -> str:
        return f"droits:{self.groupe.pk}"

    def question(self, donnes: set[str], retires: set[str]) -> Confirmation:
        phrases = [
            f"{pluriel(self.groupe.agents, 'agent')} de «\u00a0{self.groupe}\u00a0»."  # type: ignore[attr-defined]
            " Cela vaut à leur prochaine page.",
            *(f"Donné\u00a0: {nom}." for nom in self._noms(donnes)),
            *(f"Retiré\u00a0: {nom}." for nom in self._noms(retires)),
        ]
        chemin = [(reverse(f"admin:{ONGLET}"), "Les droits"), (self.request.path, self.groupe.name)]
        return Confirmation(
            titre=f"Changer les droits de «\u00a0{self.groupe}\u00a0»\u00a0?",
            bouton="Enregistrer",
            phrases=phrases,
            chemin=chemin,
            envoi=self.request.POST,
        )

    def montrer(self, donnes: set[str], **contexte: object) -> HttpResponse:
        vus = json.dumps(sorted(self.donnes() & self.reglables))
        commun = {"groupe": self.groupe, "domaines": self._domaines(donnes), "vus": vus, "verbes": list(VERBES)}
        commun |= {"changements": self._historique(), "raisons": self._raisons()}
        return self.render_to_response(self.get_context_data(**commun, **contexte))

    def _domaines(self, donnes: set[str]) -> list[Domaine]:
        tous = self.donnes()
        return [
            Domaine(
                "Réglages" if app == "socle" else str(apps.get_app_config(app).verbose_name),
                [
                    self._objet(nom, list(siens), donnes | (tous - self.reglables))
                    for nom, siens in groupby(du_domaine, key=dire_l_objet)
                ],
            )
            for app, du_domaine in groupby(self.possibles, key=lambda droit: droit.app)
        ]

    def _objet(self, nom: str, siens: list[Droit], donnes: set[str]) -> Objet:
        cases = {
            droit.codename: Case(
                droit.permission,
                dire_le_verbe(droit),
                droit.permission in donnes,
                raison(self.groupe.name, droit, self.prevus),
            )
            for droit in siens
        }
        verbes = [cases.pop(f"{code}_{siens[0].modele}", None) for code in VERBES.values()]
        return Objet(nom, verbes, list(cases.values()))

    def _raisons(self) -> list[str]:
        dites = (raison(self.groupe.name, droit, self.prevus) for droit in self.possibles)
        return list(dict.fromkeys(filter(None, dites)))

    def _noms(self, codes: set[str]) -> list[str]:
        return [_nommer(droit) for droit in self.possibles if droit.permission in codes]

    def _ce_qui_a_change(self, codes: set[str]) -> list[str]:
        dernier = Reglage.objects.de(self.cle).first()
        qui = f" ({dernier.par}, {quand(dernier.le)})" if dernier else ""
        return [ENTREE, *(f"{nom}{qui}." for nom in self._noms(codes))]

    def _historique(self) -> list[Changement]:
        return [
            Changement(
                version.le,
                version.par,
                [
                    *(f"donné\u00a0: {nom}" for nom in self._noms(set(version.valeurs["donnes"]))),
                    *(f"retiré\u00a0: {nom}" for nom in self._noms(set(version.valeurs["retires"]))),
                ],
            )
            for version in Reglage.objects.de(self.cle)[:20]
        ]


def _groupes():  # type: ignore[no-untyped-def]  # annotated
    actifs = Count("user", filter=Q(user__is_active=True, user__is_staff=True))
    return Group.objects.annotate(agents=actifs).order_by("name")


def _permissions(codes: set[str]) -> list[Permission]:
    couples = Q()
    for code in codes:
        app, _, codename = code.partition(".")
        couples |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(couples)) if codes else []


def _lire(vus: str, sinon: set[str]) -> set[str]:
    try:
        lus = json.loads(vus)
    except (ValueError, RecursionError):
        return sinon
    return {str(code) for code in lus} if isinstance(lus, list) else sinon


def _nommer(droit: Droit) -> str:
    return f"{dire_l_objet(droit)}, {dire_le_verbe(droit)}"


def _il_faut_voir(droit: Droit) -> str:
    objet = dire_l_objet(droit)
    return f"{objet}\u00a0: pour «\u00a0{dire_le_verbe(droit)}\u00a0», il faut aussi «\u00a0voir\u00a0»."
