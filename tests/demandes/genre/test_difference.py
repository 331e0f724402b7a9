"""What a form changes of the record, as it is kept and as the agent sees it."""

import pytest
from django import forms

from demandes.erreurs import NeTientPlus, RienDeChange
from demandes.genre.difference import Ecart, FormulaireCompare
from demandes.models import Demande
from famille.models import Famille
from tests.demandes.outils import MOBILE, changer_de_mobile, deposer, remplir

pytestmark = pytest.mark.django_db


def test_l_agent_voit_la_valeur_du_depot_l_actuelle_et_la_demandee(dupont):
    demande = deposer(dupont, "responsable", adresse="3 place du Marché")
    dupont.titulaire.adresse = "8 chemin Vert"
    dupont.titulaire.save()
    (ligne,) = demande.contenu().difference(demande)
    assert (ligne.libelle, ligne.avant, ligne.actuel, ligne.demande) == (
        "Adresse",
        "12 RUE DES BONBONS",
        "8 chemin Vert",
        "3 place du Marché",
    )
    assert ligne.en_conflit


def test_un_champ_invente_n_est_pas_garde(dupont):
    contenu = remplir(dupont, "responsable", mobile=MOBILE, role="conjoint", famille="1", compte="1")
    assert set(contenu.changements) == {"mobile"}


def test_seul_ce_qui_change_est_demande(dupont):
    demande = changer_de_mobile(dupont)
    assert demande.donnees == {"mobile": "+33601020304"}
    assert demande.avant == {"mobile": ""}


def test_une_demande_qui_ne_change_rien_n_est_pas_envoyee(dupont):
    with pytest.raises(RienDeChange, match="rien modifié"):
        deposer(dupont, "responsable")
    assert not Demande.objects.exists()


class Velo(FormulaireCompare):
    """A form that reckons something of what it is told."""

    marque = forms.CharField()

    def clean(self):
        return self.cleaned_data | {"prix": 250}


def test_ce_que_le_formulaire_calcule_n_est_pas_demande():
    velo = Velo(Famille(), None, {"marque": "Gitane"})
    assert velo.is_valid()
    assert velo.cleaned_data["prix"] == 250
    assert velo.changements == {"marque": "Gitane"}


def test_ce_qui_n_existe_plus_se_nomme_dans_l_ordre_et_rien_n_est_exige():
    partis = ("selle", "cadre", "guidon", "panier", "sonnette", "phare")
    attendu = "Ce qui devait changer n’existe plus\u00a0: cadre, guidon, panier, phare, selle, sonnette."
    with pytest.raises(NeTientPlus, match=f"^{attendu}$"):
        Velo(Famille(), None, {"marque": "Gitane"}).exiger({"marque": "Gitane"} | dict.fromkeys(partis, "neuf"))


def test_une_espace_de_trop_sur_la_fiche_n_est_pas_une_demande(dupont):
    dupont.titulaire.employeur = "Mairie de Balma "
    dupont.titulaire.save()
    assert remplir(dupont, "responsable").changements == {}


@pytest.mark.parametrize(
    ("avant", "actuel", "demande", "conflit"),
    [
        ("CE1", "CE1", "CE2", False),
        ("CE1", "CE2", "CE2", False),  # somebody did it already
        ("CE1", "CM1", "CE2", True),
        ("", "CM1", "CE2", True),
    ],
)
def test_un_ecart_est_un_conflit_si_la_fiche_a_change_pour_autre_chose(avant, actuel, demande, conflit):
    assert Ecart("Classe", avant, actuel, demande).en_conflit == conflit
