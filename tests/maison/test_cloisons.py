"""Who may open what: every address of the project, tried by everyone. An address that is not listed fails."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from demandes.types import DemandeReservation
from facturation.models import NotificationTipi
from famille.models import Compte, LectureConfidentielle, PieceDemandee
from messagerie.models import Envoi, Fil
from planning.models import AppelTermine, Prestation
from tests.adresses import (
    ADRESSES,
    CHANGEMENT,
    DROITS,
    INITIALES,
    LIEN,
    MODELES,
    PORTE,
    Adresse,
    Attendu,
    Modele,
    Troupe,
)
from tests.demandes.outils import changer_de_mobile
from tests.facturation.fabriques import campagne, operations, paiement_en_ligne, prestation_tarifee
from tests.messagerie.fabriques import DocumentFactory, InformationFactory
from tests.planning.fabriques import planning

VISITEURS = ["visiteur", "dupont", "martin", "nouveau", "stagiaire", "agent"]
# The admin's own door leads to the portal's.
PORTES = {PORTE, "/admin/login/"}
# Addresses that Django's admin leaves without a name: they lead elsewhere, or nowhere.
ANONYMES = {"admin: (?P<url>.*)$", "admin: <path:object_id>/"}
PAGES_D_UN_MODELE = ["changelist", "exportation", "add", "change", "history", "delete"]
ECRITURES = ("INSERT", "UPDATE", "DELETE")
# A page that is read may prolong the session.
ECRITS_PERMIS = {"django_session"}


@pytest.fixture
def troupe(dupont, martin, nouveau, agent, agent_sans_droit) -> Troupe:
    return Troupe(dupont, martin, nouveau, agent, agent_sans_droit)


def _noms(motifs: list, espace: str = "") -> Iterator[str]:
    for motif in motifs:
        if isinstance(motif, URLResolver):
            yield from _noms(motif.url_patterns, f"{motif.namespace}:" if motif.namespace else espace)
        elif isinstance(motif, URLPattern):
            yield f"{espace}{motif.name}" if motif.name else f"{espace} {motif.pattern}"


# What an address holds that changes from run to run: a number, the reference of an online payment, a query to TIPI.
DE_HASARD = r"(?<=/)(\d+|[A-Z]+\d+[0-9A-F]{16})(?=/)|(?<=/\?)numcli=.*"


def _noms_des_modeles() -> set[str]:
    return {f"admin:{modele.nom.replace('.', '_')}_{page}" for modele in MODELES for page in PAGES_D_UN_MODELE}


def _client(visiteur: str, troupe: Troupe) -> Client:
    compte = {
        "dupont": troupe.dupont.compte,
        "martin": troupe.martin.compte,
        "nouveau": troupe.nouveau.compte,
        "stagiaire": troupe.stagiaire,
        "agent": troupe.agent,
    }.get(visiteur)
    return Client() if compte is None else _entre(compte)


def _entre(compte: Compte) -> Client:
    client = Client()
    client.force_login(compte)
    return client


def _reponse(client: Client, methode: str, chemin: str) -> Attendu:
    """The status, or the address one is led to, as the table writes it."""
    reponse = getattr(client, methode)(chemin)
    reponse.getvalue()  # reads a file to its end, which closes it
    if reponse.status_code != 302:
        return reponse.status_code
    adresse, _, suite = reponse.url.partition("?")
    if adresse in PORTES:
        assert suite in {"next=", f"next={chemin}"}
        return PORTE
    if adresse.endswith("/set-password/"):
        return LIEN
    return re.sub(DE_HASARD, "…", reponse.url.partition("#")[0])


def test_toutes_les_adresses_sont_dans_la_table():
    existantes = set(_noms(get_resolver().url_patterns)) - ANONYMES
    assert existantes == {adresse.nom for adresse in ADRESSES} | _noms_des_modeles()


@pytest.mark.parametrize("adresse", ADRESSES, ids=lambda adresse: adresse.nom)
def test_chacun_trouve_ce_que_dit_la_table(adresse: Adresse, troupe: Troupe):
    trouve = {qui: _reponse(_client(qui, troupe), adresse.methode, adresse.chemin(troupe)) for qui in VISITEURS}
    assert trouve == {qui: getattr(adresse, qui) for qui in VISITEURS}


@pytest.mark.parametrize(
    "adresse", [a for a in ADRESSES if a.visiteur == PORTE and a.est_une_page], ids=lambda adresse: adresse.nom
)
def test_un_visiteur_n_envoie_rien_non_plus(adresse: Adresse, troupe: Troupe):
    assert _reponse(Client(), "post", adresse.chemin(troupe)) == PORTE


@pytest.mark.parametrize(
    "adresse", [a for a in ADRESSES if a.nouveau == CHANGEMENT and a.est_une_page], ids=lambda adresse: adresse.nom
)
def test_le_nouveau_n_envoie_rien_avant_de_changer_son_mot_de_passe(adresse: Adresse, troupe: Troupe):
    assert _reponse(_client("nouveau", troupe), "post", adresse.chemin(troupe)) == CHANGEMENT


@pytest.mark.lent
def test_lire_n_ecrit_rien(troupe: Troupe):
    clients = {qui: _client(qui, troupe) for qui in VISITEURS}
    for adresse in ADRESSES:
        for qui in VISITEURS:
            if adresse.est_une_page and getattr(adresse, qui) == 200:
                ecrites = _tables_ecrites(clients[qui], adresse.chemin(troupe))
                assert ecrites <= ECRITS_PERMIS, (adresse.nom, qui)


def _tables_ecrites(client: Client, chemin: str) -> set[str]:
    with CaptureQueriesContext(connection) as requetes:
        client.get(chemin)
    return {r["sql"].split('"')[1] for r in requetes if r["sql"].startswith(ECRITURES)}


# --- The admin, model by model --------------------------------------------------------------------


def test_tous_les_modeles_de_l_administration_sont_dans_la_table():
    assert {modele._meta.label_lower for modele in admin.site._registry} == {modele.nom for modele in MODELES}


@pytest.fixture
def agents(agent, animateur, regisseur, directrice, agent_sans_droit) -> dict[str, Compte]:
    return {"C": agent, "N": animateur, "R": regisseur, "D": directrice, "-": agent_sans_droit}


@pytest.fixture
def lignes(dupont, animateur) -> None:
    """At least one row of each model."""
    LectureConfidentielle.objects.noter(dupont.enfants[0], par=animateur)
    PieceDemandee.objects.create(nom="Vaccins", du=date(2014, 9, 1))
    changer_de_mobile(dupont)
    Fil.ecrire_a(dupont.famille, "Sortie", "Bonjour", animateur)
    Envoi.objects.create(sujet="Grève", texte="Fermé.", sorte="toutes", cree_par=animateur)
    operations(dupont.famille)
    paiement_en_ligne(dupont.famille)
    NotificationTipi.objects.recevoir("", jeton="faux", origine_admise=False)
    campagne()
    prestation_tarifee()
    InformationFactory()
    DocumentFactory()
    planning(dupont.enfants[0], dupont.famille, par=animateur)
    DBTaskResult.objects.create(task_path="x", priority=0, args_kwargs={}, backend_name="default", run_after=now())


@pytest.mark.parametrize("modele", MODELES, ids=lambda modele: modele.nom)
def test_chaque_groupe_ouvre_ce_que_dit_la_table(modele: Modele, agents: dict[str, Compte], lignes):
    attendus = {
        "changelist": modele.lister or modele.voir,
        "add": modele.ajouter,
        "change": modele.voir,
        "history": modele.voir,
        "delete": modele.supprimer,
    }
    clients = {initiale: _entre(compte) for initiale, compte in agents.items()}
    for page, groupes in attendus.items():
        chemin = _chemin(modele, page)
        trouve = "".join(initiale for initiale, client in clients.items() if _s_ouvre(client, chemin))
        assert trouve == groupes, page


@pytest.mark.parametrize("modele", MODELES, ids=lambda modele: modele.nom)
def test_chaque_groupe_exporte_les_listes_qu_il_voit(modele: Modele, agents: dict[str, Compte], lignes):
    exportent = ""
    for initiale, compte in agents.items():
        reponse = _entre(compte).post(_chemin(modele, "exportation"), {"format": "csv"})
        if reponse.status_code == 200:
            assert reponse.getvalue().startswith("\ufeff".encode())
            exportent += initiale
    assert exportent == (modele.lister or modele.voir)


@pytest.mark.parametrize("modele", MODELES, ids=lambda modele: modele.nom)
def test_chaque_groupe_change_ce_que_dit_la_table(modele: Modele, agents: dict[str, Compte], lignes):
    chemin = _chemin(modele, "change")
    modifie = ""
    for initiale in modele.voir:
        modifie += initiale if _entre(agents[initiale]).get(chemin).context["has_change_permission"] else ""
    assert modifie == modele.changer


@pytest.mark.parametrize("modele", MODELES, ids=lambda modele: modele.nom)
def test_un_parent_n_ouvre_aucune_page_d_administration(modele: Modele, martin, lignes):
    client = Client()
    for page in PAGES_D_UN_MODELE:
        assert _reponse(client, "post", _chemin(modele, page)) == PORTE
    client.force_login(martin.compte)
    for page in PAGES_D_UN_MODELE:
        assert _reponse(client, "get", _chemin(modele, page)) == 403
        assert _reponse(client, "post", _chemin(modele, page)) == 403


def _chemin(modele: Modele, page: str) -> str:
    classe = apps.get_model(modele.nom)
    args = [] if page in {"changelist", "exportation", "add"} else [classe.objects.order_by("pk").first().pk]
    return reverse(f"admin:{modele.nom.replace('.', '_')}_{page}", args=args)


def _s_ouvre(client: Client, chemin: str) -> bool:
    """Its rights are judged before it is drawn: what is drawn, `test_ce_que_lisent_les_agents` reads group by group."""
    with pytest.MonkeyPatch.context() as retouche:
        retouche.setattr(SimpleTemplateResponse, "rendered_content", "")
        statut = client.get(chemin).status_code
    assert statut in {200, 403}
    return statut == 200


# --- The rights that a model declares -------------------------------------------------------------

# The address that each opens, as the table of addresses names it.
PAGES_DES_DROITS = {
    "demandes.decider_du_planning": "admin:demandes_demande_refus",
    "demandes.traiter_demande": "admin:demandes_demande_changelist",
    "facturation.annuler_reglement": "admin:facturation_reglement_annulation",
    "facturation.confirmer_paiementenligne": "admin:facturation_paiementenligne_confirmation",
    "facturation.emettre_campagne": "admin:facturation_campagnedefacturation_emission",
    "famille.importer_familles": "admin:guichet_importation",
    "famille.fusionner_enfants": "admin:famille_enfant_fusion",
    "famille.ouvrir_acces": "admin:famille_responsable_acces",
    "famille.voir_comme": "admin:guichet_famille_regard",
    "planning.faire_appel": "admin:planning_prestation_appel",
    "planning.rouvrir_appel": "admin:planning_prestation_appel_reprise",
    "socle.regler_le_portail": "admin:guichet_reglages_centre",
}
PAR_ENVOI = {
    "demandes.decider_du_planning",
    "facturation.emettre_campagne",
    "famille.voir_comme",
    "planning.faire_appel",
    "planning.rouvrir_appel",
}


def test_chaque_droit_declare_a_sa_page_dans_la_table():
    assert {droit.permission for droit in DROITS if not droit.est_courant} == set(PAGES_DES_DROITS)


@pytest.mark.parametrize("permission", sorted(PAGES_DES_DROITS))
def test_un_droit_declare_ouvre_sa_page_a_qui_la_table_le_donne(
    permission: str, troupe: Troupe, agents: dict[str, Compte]
):
    donne = {INITIALES[droit.groupe] for droit in DROITS if droit.permission == permission}
    chemin = _page_du_droit(permission, troupe)
    ouvrent = set()
    for initiale, compte in agents.items():
        client = Client()
        client.force_login(compte)
        reponse = client.post(chemin) if permission in PAR_ENVOI else client.get(chemin)
        ouvrent |= {initiale} if reponse.status_code != 403 else set()
    assert ouvrent == donne


def _page_du_droit(permission: str, troupe: Troupe) -> str:
    nom = PAGES_DES_DROITS[permission]
    if permission == "demandes.decider_du_planning":
        demande = troupe.dupont.famille.demandes.create(
            type=DemandeReservation.code, enfant=troupe.dupont.enfants[0], donnees={"jours": []}
        )
        return reverse(nom, args=[demande.pk])
    chemin = next((adresse.chemin(troupe) for adresse in ADRESSES if adresse.nom == nom), None) or reverse(nom)
    if permission == "planning.rouvrir_appel":
        # By somebody else: whoever ended a roll may open it again.
        appel = resolve(chemin).kwargs
        jour = date(appel["annee"], appel["mois"], appel["jour"])
        AppelTermine.objects.terminer(Prestation.objects.get(pk=appel["pk"]), jour, par=troupe.agent)
    return chemin
