"""« Les agents »: who has an account, in which groups, since when they did not come; inviting one, closing another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from famille.connexion.requete import compte_de
from famille.models import Authentificateur, Compte
from famille.mots_de_passe.invitation import inviter
from famille.mots_de_passe.lien import envoyer_un_lien
from famille.second_facteur.etat import est_exige
from francais import date_courte
from portail.guichet.reglages.page import PageDeReglages
from portail.guichet.rubriques.reglages import REGLER

ONGLET = "guichet_reglages_agents"


@dataclass(frozen=True)
class LigneDAgent:
    """`gestes`: (code, what its button says), those that this reader may do now."""

    compte: Compte
    groupes: str
    derniere: str
    second_facteur: str
    gestes: list[tuple[str, str]]


class InvitationForm(forms.ModelForm):
    """Of a new agent. Who has no e-mail gets a temporary password, from the page of accounts."""

    class Meta:
        model = Compte
        fields = ["identifiant", "prenom", "nom", "email", "groups"]
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own arguments, handed on
        for nom in ("prenom", "nom", "email", "groups"):
            self.fields[nom].required = True
        self.fields["email"].help_text = "Le lien pour choisir son mot de passe y part."
        self.fields["prenom"].help_text = self.fields["nom"].help_text = ""
        self.fields["groups"].label, self.fields["groups"].help_text = "Groupes", "Ses droits sont ceux de ses groupes."
        self.fields["groups"].queryset = Group.objects.order_by("name")  # type: ignore[attr-defined]


class PageDesAgents(PageDeReglages):
    """Whoever sets the portal up, and may change accounts."""

    droits: ClassVar[tuple[str, ...]] = (REGLER, "famille.change_compte")
    onglet = ONGLET


class LesAgents(PageDesAgents):
    """POST `geste` and `agent`: one of the verbs of the account."""

    chemin, nom, titre = "guichet/reglages/agents/", ONGLET, "Les agents"
    template_name = "admin/guichet/reglages/agents.html"

    def get_context_data(self, **kwargs: object) -> dict:
        agents = list(_agents())
        confirmes = Authentificateur.objects.filter(compte__in=agents, confirme_le__isnull=False)
        proteges = set(confirmes.values_list("compte", flat=True))
        lignes = [self._ligne(agent, protege=agent.pk in proteges) for agent in agents]
        actifs = [ligne for ligne in lignes if ligne.compte.is_active]
        fermes = [ligne for ligne in lignes if not ligne.compte.is_active]
        return super().get_context_data(actifs=actifs, fermes=fermes, **kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        cle = request.POST.get("agent", "")
        agent = get_object_or_404(_agents(), pk=int(cle) if cle.isdecimal() and len(cle) < 19 else 0)
        geste = request.POST.get("geste", "")
        if geste not in dict(self._gestes(agent)):
            raise PermissionDenied
        fait, phrase = _faire(geste, agent)
        (messages.success if fait else messages.warning)(request, phrase)
        if fait:
            LogEntry.objects.log_actions(compte_de(request).pk, [agent], CHANGE, phrase, single_object=True)
        return redirect(request.path)

    def _ligne(self, agent: Compte, *, protege: bool) -> LigneDAgent:
        groupes = [groupe.name for groupe in agent.groups.all()]
        exige = est_exige(groupes, est_superutilisateur=agent.is_superuser)
        second = "oui" if protege else ("à relier" if exige else "non")
        nommes = ", ".join([*groupes, *(["tous les droits"] if agent.is_superuser else [])]) or "aucun"
        derniere = agent.last_login
        jour = date_courte(timezone.localdate(derniere)) if derniere else "jamais venu"
        return LigneDAgent(agent, nommes, jour, second, list(self._gestes(agent)))

    def _gestes(self, agent: Compte) -> Iterator[tuple[str, str]]:
        """Nobody closes their own account; only a superuser touches a superuser's."""
        qui = compte_de(self.request)
        if agent == qui or (agent.is_superuser and not qui.is_superuser):
            return
        if not agent.is_active:
            yield "rouvrir", "Rouvrir"
            return
        if agent.email:
            yield "lien", "Envoyer un lien"
        yield "fermer", "Fermer le compte"


class NouvelAgent(PageDesAgents):
    chemin, nom, titre = "guichet/reglages/agents/nouveau/", "guichet_reglages_agent_nouveau", "Inviter un agent"
    droits = (*PageDesAgents.droits, "famille.add_compte")
    template_name = "admin/guichet/reglages/agent.html"

    def get_context_data(self, **kwargs: object) -> dict:
        return {"form": InvitationForm()} | super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = InvitationForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        agent: Compte = form.save(commit=False)
        inviter(agent, form.cleaned_data["groups"])
        LogEntry.objects.log_actions(compte_de(request).pk, [agent], ADDITION, "Invité par e-mail.", single_object=True)
        suite = "Le lien vaut une heure\u00a0; ensuite, «\u00a0Mot de passe oublié\u00a0?» en donne un autre."
        messages.success(request, f"{agent} est invité\u00a0: un e-mail part à {agent.email}. {suite}")
        return redirect(f"admin:{ONGLET}")


def _agents():  # type: ignore[no-untyped-def]  # a queryset with its groups
    return Compte.objects.filter(is_staff=True).prefetch_related("groups").order_by("nom", "prenom", "identifiant")


def _faire(geste: str, agent: Compte) -> tuple[bool, str]:
    if geste == "fermer":
        agent.fermer()
        return True, f"Le compte de {agent} est fermé\u00a0: ses pages ouvertes s’arrêtent au prochain clic."
    if geste == "rouvrir":
        agent.rouvrir()
        return True, f"Le compte de {agent} est rouvert."
    if envoyer_un_lien(agent):
        return True, f"Un lien de mot de passe part à {agent.email}."
    return False, "Un lien vient déjà de partir, ou son adresse attend d’être confirmée."
