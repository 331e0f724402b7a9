"""A column that was in clear becomes an encrypted one, by a migration; and back."""

from types import SimpleNamespace

import pytest
from django.db import connection

from famille.models import EnvoisDuJour, InformationsBancaires
from socle import colonnes
from socle.chiffrement import Secret
from socle.colonnes import PREFIXE, chiffrer_la_colonne, dechiffrer
from tests import fabriques

pytestmark = pytest.mark.django_db
TABLE = InformationsBancaires._meta.db_table
OPERATION = chiffrer_la_colonne(TABLE, "banque")
SCHEMA = SimpleNamespace(connection=connection)


def aller() -> None:
    OPERATION.code(None, SCHEMA)


def retour() -> None:
    OPERATION.reverse_code(None, SCHEMA)


def stockees() -> list[str]:
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT banque FROM {TABLE} ORDER BY id")
        return [valeur for (valeur,) in curseur.fetchall()]


def lues() -> list[str]:
    return [compte.banque for compte in InformationsBancaires.objects.order_by("pk")]


def ecrire(*valeurs: str) -> None:
    """As the version that did not encrypt had left them."""
    for valeur in valeurs:
        compte = fabriques.InformationsBancairesFactory()
        with connection.cursor() as curseur:
            curseur.execute(f"UPDATE {TABLE} SET banque = %s WHERE id = %s", [valeur, compte.pk])


def test_ce_qui_etait_en_clair_se_chiffre_et_se_lit_comme_avant():
    ecrire("Banque postale", "Crédit agricole")
    aller()
    assert all(valeur.startswith(PREFIXE) for valeur in stockees())
    assert lues() == ["Banque postale", "Crédit agricole"]


def test_ce_qui_ne_cache_rien_reste_vide():
    ecrire("", "{}")
    aller()
    assert stockees() == ["", ""]


def test_ce_qui_est_deja_chiffre_le_reste_et_ce_qui_en_a_l_air_se_chiffre():
    jeton, faux = Secret.de("Banque postale").jeton, f"{PREFIXE} n’est pas un jeton"
    ecrire(jeton, faux)
    aller()
    assert stockees()[0] == jeton
    assert lues() == ["Banque postale", faux]


def test_par_lots_aucune_n_est_oubliee(monkeypatch):
    monkeypatch.setattr(colonnes, "LOT", 2)
    noms = [f"Banque {n}" for n in range(5)]
    ecrire(*noms)
    aller()
    assert all(valeur.startswith(PREFIXE) for valeur in stockees())
    assert lues() == noms


def test_le_retour_rend_le_clair():
    ecrire("Banque postale", "Crédit agricole")
    aller()
    with connection.cursor() as curseur:
        curseur.execute(f"UPDATE {TABLE} SET banque = %s WHERE banque = %s", ["Crédit agricole", stockees()[1]])
    retour()
    assert stockees() == ["Banque postale", "Crédit agricole"]


@pytest.mark.parametrize("texte", ["", "Banque postale", f"{PREFIXE} n’est pas un jeton"])
def test_un_texte_qui_n_est_pas_un_jeton_est_son_propre_clair(texte):
    assert dechiffrer(texte) == texte


def test_la_ligne_de_numero_un_n_est_pas_oubliee():
    compte = fabriques.InformationsBancairesFactory(pk=1)
    with connection.cursor() as curseur:
        curseur.execute(f"UPDATE {TABLE} SET banque = 'Banque postale' WHERE id = %s", [compte.pk])
    aller()
    assert stockees()[0].startswith(PREFIXE)


def test_ensuite_ce_qui_se_verifie_a_la_fin_se_verifie_encore_a_la_fin():
    """A row may come before that which it refers to."""
    ecrire("Banque postale")
    aller()
    EnvoisDuJour.objects.create(famille_id=999_999, jour="2015-04-08")
    EnvoisDuJour.objects.all().delete()
