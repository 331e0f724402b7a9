"""Giving rights: in one order, all or none, whatever another machine does meanwhile; and how a right is said."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

import famille.droits
from socle.models import DroitAccorde
from socle.octroi.application import Ecarts, Groupes
from socle.octroi.impression import decrire, droits_en_vigueur, imprimer, nommer
from socle.octroi.table import ACCUEIL, Droit, droits_prevus, tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def base_neuve(db) -> None:
    Group.objects.all().delete()
    DroitAccorde.objects.all().delete()


@pytest.mark.usefixtures("base_neuve")
class TestOrdre:
    """Two machines that migrate at once write in the same order, and do not block each other."""

    def test_les_groupes_se_font_par_nom(self):
        Groupes().accorder()
        noms = list(Group.objects.order_by("pk").values_list("name", flat=True))
        assert noms == sorted(noms)

    def test_les_droits_se_donnent_et_se_retiennent_par_groupe_et_par_objet(self):
        assert Groupes().accorder() == droits_prevus()
        prevus = [(droit.groupe, droit.permission) for droit in sorted(droits_prevus())]
        assert list(DroitAccorde.objects.order_by("pk").values_list("groupe", "permission")) == prevus
        donnes = Group.permissions.through.objects.order_by("pk").values_list(
            "group__name", "permission__content_type__app_label", "permission__codename"
        )
        assert [(groupe, f"{app}.{code}") for groupe, app, code in donnes] == prevus

    def test_ce_qu_une_autre_machine_vient_de_retenir_ne_se_retient_pas_deux_fois(self, monkeypatch):
        Groupes().accorder()
        monkeypatch.setattr(Groupes, "_accordes", lambda groupes: set())
        Groupes().accorder()
        assert DroitAccorde.objects.count() == len(droits_prevus())

    def test_tous_ou_aucun(self, monkeypatch):
        def manquer(lignes: list, **options: object) -> None:
            raise OSError("gone")

        monkeypatch.setattr(DroitAccorde.objects, "bulk_create", manquer)
        with pytest.raises(OSError, match="gone"):
            Groupes().accorder()
        assert not Group.objects.exists()


def test_un_groupe_que_la_ville_avait_deja_est_rempli():
    DroitAccorde.objects.all().delete()
    Groupes().accorder()
    assert Groupes().ecarts() == Ecarts()


def test_une_permission_qui_manque_est_faite_avant_d_etre_donnee(capsys):
    droit = Droit(ACCUEIL, "famille", "enfant", "view_enfant")
    Permission.objects.filter(codename="view_enfant").delete()
    DroitAccorde.objects.filter(groupe=ACCUEIL, permission=droit.permission).delete()
    assert Groupes().accorder() == {droit}
    assert Group.objects.filter(name=ACCUEIL, permissions__codename="view_enfant").exists()
    assert capsys.readouterr().out == ""


def test_un_droit_sur_ce_qui_n_a_pas_de_table_n_est_pas_un_ecart():
    """Django's own: the town does as it likes."""
    Group.objects.get(name=ACCUEIL).permissions.add(Permission.objects.get(codename="view_group"))
    assert Groupes().ecarts() == Ecarts()


def test_une_application_sans_droits_n_a_pas_de_table(monkeypatch):
    assert "famille" in tables()
    monkeypatch.setattr(famille.droits, "DROITS", {})
    assert "famille" not in tables()


# --- How they are said ----------------------------------------------------------------------------

ENFANTS = Droit(ACCUEIL, "famille", "enfant", "change_enfant")


@pytest.mark.parametrize(
    ("droit", "dit"),
    [
        (ENFANTS, "Accueil, enfants\u00a0: modifier"),
        (
            Droit(ACCUEIL, "famille", "enfant", "fusionner_enfants"),
            "Accueil, enfants\u00a0: fusionner deux fiches d’enfant",
        ),
        (Droit(ACCUEIL, "famille", "enfant", "adopter"), "Accueil, enfants\u00a0: adopter"),
        (Droit(ACCUEIL, "disparue", "chose", "view_chose"), "Accueil, chose\u00a0: voir"),
        (Droit(ACCUEIL, "disparue", "chose", "jeter"), "Accueil, chose\u00a0: jeter"),
    ],
)
def test_un_droit_se_dit_en_francais_meme_si_le_code_ne_le_connait_plus(droit, dit):
    assert decrire(droit) == dit


@pytest.mark.parametrize(("app", "domaine"), [("famille", "Familles"), ("disparue", "disparue")])
def test_une_permission_se_nomme_par_son_domaine(app, domaine):
    sorte = ContentType(app_label=app, model="chose")
    assert nommer(Permission(content_type=sorte, codename="view_chose")) == f"{domaine}, chose\u00a0: voir"


def test_la_table_se_lit_par_groupe_quel_que_soit_l_ordre_ou_on_la_donne():
    voir, autre = Droit(ACCUEIL, "famille", "enfant", "view_enfant"), Droit("Zones", "famille", "enfant", "view_enfant")
    lignes = [ligne.split() for ligne in imprimer([autre, ENFANTS, autre, voir])][1:]
    assert lignes == [
        ["Accueil", "Familles", "enfants", "oui", "·", "oui", "·"],
        ["Zones", "Familles", "enfants", "oui", "·", "·", "·"],
    ]


def test_les_droits_en_vigueur_sont_dans_l_ordre():
    droits = droits_en_vigueur()
    assert droits == sorted(droits)
    assert set(droits) == droits_prevus()
