"""What the direction has set is read once, never after it has changed, and the environment says the rest."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from socle.models import Reglage
from socle.reglages.centre import CENTRE, expediteur, la_commune, le_centre, repondre_a
from socle.reglages.ecriture import ecrire
from socle.reglages.lecture import lire
from socle.reglages.moment import une_lecture


def regler(**valeurs: object) -> Reglage:
    return ecrire(CENTRE, valeurs, par="Diane MAIRIE")


def lectures(requetes: CaptureQueriesContext) -> int:
    return sum('FROM "socle_reglage"' in r["sql"] and r["sql"].startswith("SELECT DISTINCT") for r in requetes)


def test_ce_que_personne_n_a_regle_est_dans_l_environnement(db, settings):
    settings.CENTRE_NOM, settings.COMMUNE_NOM = "La Ruche", "Sainte-Foy"
    assert (le_centre().nom, la_commune().nom) == ("La Ruche", "Sainte-Foy")
    regler(nom="Les Tilleuls")
    assert (le_centre().nom, la_commune().nom) == ("Les Tilleuls", "Sainte-Foy")


def test_la_derniere_version_vaut_et_les_autres_restent(db):
    regler(nom="Un")
    regler(nom="Deux")
    assert lire(CENTRE) == {"nom": "Deux"}
    assert [version.valeurs["nom"] for version in Reglage.objects.de(CENTRE)] == ["Deux", "Un"]


def test_un_moment_lit_une_fois_et_relit_ce_qu_il_ecrit(db):
    with une_lecture(), CaptureQueriesContext(connection) as requetes:
        assert [le_centre().nom for _ in range(3)]
    assert lectures(requetes) == 1
    with une_lecture():
        avant = le_centre().nom
        regler(nom=f"{avant}, le nouveau")
        assert le_centre().nom == f"{avant}, le nouveau"


def test_une_page_ne_relit_que_ce_qui_a_change(client, dupont):
    client.force_login(dupont.compte)
    regler(nom="Les Lilas")
    for nom, attendues in (("Les Lilas", 1), ("Les Lilas", 0)):
        with CaptureQueriesContext(connection) as requetes:
            assert nom in client.get("/mon-compte/").content.decode()
        assert lectures(requetes) == attendues
    regler(nom="Les Glycines")
    assert "Les Glycines" in client.get("/mon-compte/").content.decode()


def test_une_version_que_l_on_defait_ne_laisse_rien(db):
    """Its key is never given again: who kept it meanwhile shows it to nobody."""
    regler(nom="Avant")
    with transaction.atomic():
        perdue = regler(nom="Perdue")
        assert le_centre().nom == "Perdue"
        transaction.set_rollback(True)
    assert regler(nom="Après").pk > perdue.pk
    assert le_centre().nom == "Après"


def test_sans_base_une_page_d_erreur_a_encore_un_nom(db, monkeypatch):
    regler(nom="Les Tilleuls")
    assert le_centre().nom == "Les Tilleuls"

    def absente(*args: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("socle.models.ReglageQuerySet.en_vigueur", absente)
    with une_lecture():
        assert le_centre().nom == "Les Tilleuls"


def test_un_e_mail_part_de_l_adresse_du_serveur_sous_le_nom_du_centre(db, settings):
    settings.DEFAULT_FROM_EMAIL, settings.CENTRE_COURRIEL = "Centre <portail@ville.example>", "portail@ville.example"
    assert (expediteur(), repondre_a()) == ("Centre <portail@ville.example>", [])
    regler(nom="Maison de quartier", courriel="accueil@ville.example")
    assert (expediteur(), repondre_a()) == ("Maison de quartier <portail@ville.example>", ["accueil@ville.example"])


@pytest.mark.parametrize("fin", ["\n", "\r", "\x0b", "\u2028"])
def test_un_nom_de_plusieurs_lignes_ne_commence_pas_un_autre_en_tete(db, settings, fin):
    settings.DEFAULT_FROM_EMAIL = "Centre <portail@ville.example>"
    regler(nom=f"Centre{fin}Bcc: x@ville.example")
    assert expediteur().splitlines() == ['"Centre Bcc: x@ville.example" <portail@ville.example>']
