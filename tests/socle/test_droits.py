"""The tables of rights and what the groups have: given once, kept as the town wants, and what differs is told."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

import demandes.droits
import famille.droits
import planning.droits
from socle.models import DroitAccorde
from socle.octroi.application import Ecarts, Groupes, accorder_apres_migration
from socle.octroi.table import ACCUEIL, ANIMATION, DIRECTION, REGIE, Droit, droits_prevus

pytestmark = pytest.mark.django_db

DECIDER = Droit(ANIMATION, "demandes", "demande", "decider_du_planning")
VOIR_LES_TIERS = Droit(REGIE, "famille", "tiers", "view_tiers")


def _permission(droit: Droit) -> Permission:
    return Permission.objects.get(content_type__app_label=droit.app, codename=droit.codename)


def _a(droit: Droit) -> bool:
    return _permission(droit).group_set.filter(name=droit.groupe).exists()


def _retirer(droit: Droit) -> None:
    Group.objects.get(name=droit.groupe).permissions.remove(_permission(droit))


def _ajouter(droit: Droit) -> None:
    Group.objects.get(name=droit.groupe).permissions.add(_permission(droit))


def _droits(*options: str) -> str:
    sortie = StringIO()
    call_command("droits", *options, stdout=sortie)
    return sortie.getvalue()


# --- What the tables give -------------------------------------------------------------------------


def test_une_base_neuve_a_les_droits_des_tables_ni_plus_ni_moins():
    assert Groupes().ecarts() == Ecarts()


def test_la_sante_est_lue_par_l_animation_et_tenue_par_la_direction_seule():
    sante = {"fichesanitaire", "vaccination"}
    tenues = {(d.groupe, d.codename.split("_")[0]) for d in droits_prevus() if d.modele in sante}
    assert tenues == {(ANIMATION, "view"), *((DIRECTION, verbe) for verbe in ("view", "add", "change", "delete"))}


def test_le_journal_des_lectures_se_lit_et_ne_s_ecrit_pas():
    [seul] = {droit for droit in droits_prevus() if droit.modele == "lectureconfidentielle"}
    assert seul == Droit(DIRECTION, "famille", "lectureconfidentielle", "view_lectureconfidentielle")


def test_un_iban_est_pour_la_regie_et_la_direction():
    assert {droit.groupe for droit in droits_prevus() if droit.modele == "informationsbancaires"} == {REGIE, DIRECTION}


def test_la_direction_seule_ouvre_les_comptes_des_agents():
    assert {droit.groupe for droit in droits_prevus() if droit.modele == "compte"} == {DIRECTION}


def test_l_argent_n_est_recu_ni_par_l_accueil_ni_par_l_animation():
    ecrits = {d.groupe for d in droits_prevus() if d.app == "facturation" and not d.codename.startswith("view_")}
    assert ecrits == {REGIE, DIRECTION}


# --- What the town makes of them ------------------------------------------------------------------


def test_un_droit_que_la_ville_retire_reste_retire():
    _retirer(DECIDER)
    accorder_apres_migration()
    assert not _a(DECIDER)
    assert Groupes().ecarts() == Ecarts(retires={DECIDER})


def test_un_droit_que_la_ville_ajoute_reste_et_se_voit():
    _ajouter(VOIR_LES_TIERS)
    accorder_apres_migration()
    assert _a(VOIR_LES_TIERS)
    assert Groupes().ecarts() == Ecarts(ajoutes={VOIR_LES_TIERS})


def test_un_droit_nouveau_dans_une_table_est_donne_et_lui_seul(monkeypatch):
    _retirer(DECIDER)
    monkeypatch.setitem(famille.droits.DROITS[REGIE], "tiers", "voir")
    assert Groupes().ecarts() == Ecarts(a_accorder={VOIR_LES_TIERS}, retires={DECIDER})
    assert Groupes().accorder() == {VOIR_LES_TIERS}
    assert (_a(VOIR_LES_TIERS), _a(DECIDER)) == (True, False)


def test_un_droit_que_la_ville_avait_donne_avant_la_table_n_est_pas_donne_deux_fois(monkeypatch):
    _ajouter(VOIR_LES_TIERS)
    monkeypatch.setitem(famille.droits.DROITS[REGIE], "tiers", "voir")
    Groupes().accorder()
    assert Groupes().ecarts() == Ecarts()
    _retirer(VOIR_LES_TIERS)
    assert Groupes().accorder() == set()


def test_un_droit_qui_sort_d_une_table_n_est_pas_retire_mais_se_voit(monkeypatch):
    monkeypatch.setitem(demandes.droits.DROITS[ANIMATION], "demande", "voir traiter_demande")
    assert Groupes().accorder() == set()
    assert _a(DECIDER)
    assert Groupes().ecarts() == Ecarts(abandonnes={DECIDER})


def test_un_groupe_que_la_ville_a_renomme_ne_revient_pas(monkeypatch):
    Group.objects.filter(name=ANIMATION).update(name="Équipe d’animation")
    monkeypatch.setitem(planning.droits.DROITS[ANIMATION], "inscription", "voir modifier")
    Groupes().accorder()
    assert not Group.objects.filter(name=ANIMATION).exists()


def test_des_groupes_vides_sont_remplis():
    Group.objects.all().delete()
    DroitAccorde.objects.all().delete()
    accorder_apres_migration()
    assert Groupes().ecarts() == Ecarts()
    assert set(Group.objects.values_list("name", flat=True)) == {ACCUEIL, ANIMATION, REGIE, DIRECTION}


def test_une_faute_dans_une_table_se_voit(monkeypatch):
    monkeypatch.setitem(planning.droits.DROITS[REGIE], "structure", "voir fermer")
    with pytest.raises(CommandError, match=r"planning\.fermer"):
        _droits()


# --- What is printed ------------------------------------------------------------------------------


def test_la_commande_imprime_une_ligne_par_groupe_et_par_objet():
    tete, *lignes = _droits().splitlines()
    assert tete.split() == ["Groupe", "Domaine", "Objet", "Voir", "Ajouter", "Modifier", "Supprimer", "Et", "aussi"]
    assert len(lignes) == len({(droit.groupe, droit.app, droit.modele) for droit in droits_prevus()})
    [ligne] = [ligne for ligne in lignes if ligne.startswith("Animation") and "réservations  " in ligne]
    assert ligne.split() == ["Animation", "Planning", "réservations", "oui", "·", "·", "·", "faire", "l’appel"]
    assert ligne.index("oui") == tete.index("Voir")


def test_verifier_dit_ce_qui_differe_et_n_ecrit_rien(monkeypatch):
    _retirer(DECIDER)
    _ajouter(VOIR_LES_TIERS)
    with CaptureQueriesContext(connection) as requetes:
        dit = _droits("--verifier")
    assert all(requete["sql"].startswith("SELECT") for requete in requetes)
    assert dit.split("\n\n")[1:] == [
        "Retirés par la ville, et qui le restent\u00a0:\n"
        "  Animation, demandes\u00a0: décider des réservations et des absences",
        "Ajoutés par la ville\u00a0:\n  Régie, personnes autorisées ou interdites\u00a0: voir\n",
    ]


def test_verifier_echoue_tant_qu_il_reste_des_droits_a_donner(monkeypatch):
    monkeypatch.setitem(famille.droits.DROITS[REGIE], "tiers", "voir")
    with pytest.raises(CommandError, match="Il reste des droits à donner"):
        _droits("--verifier")
    assert not _a(VOIR_LES_TIERS)
    assert "Donnés à l’instant\u00a0:\n  Régie, personnes autorisées ou interdites\u00a0: voir" in _droits()
    assert _a(VOIR_LES_TIERS)


def test_les_droits_d_un_groupe_de_la_ville_s_impriment_aussi():
    Group.objects.create(name="Bénévoles").permissions.add(_permission(VOIR_LES_TIERS))
    assert [ligne.split()[0] for ligne in _droits().splitlines()].count("Bénévoles") == 1
