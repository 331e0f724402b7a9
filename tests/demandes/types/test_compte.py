"""« Mon compte »: what each kind changes at acceptance, and what it keeps secret until then."""

from datetime import date
from decimal import Decimal

import pytest

from demandes.erreurs import NeTientPlus
from demandes.genre.saisie import saisie
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import InformationsBancaires, InformationsCaf, Responsable
from tests.demandes.outils import accepter_telle_quelle, deposer, en_base

pytestmark = pytest.mark.django_db
IBAN = "FR76 3000 6000 0112 3456 7890 189"


def test_le_conjoint_se_modifie(dupont, accepter):
    accepter(deposer(dupont, "conjoint", profession="Infirmière"))
    dupont.conjoint.refresh_from_db()
    assert (dupont.conjoint.profession, dupont.conjoint.prenom) == ("Infirmière", "Jeanne")


def test_un_premier_conjoint_s_ajoute(martin, accepter):
    accepter(deposer(martin, "conjoint", nom="MARTIN", prenom="Paul", qualite="pere"))
    paul = martin.famille.responsables.get(role=Responsable.Role.CONJOINT)
    assert (paul.prenom, paul.qualite, paul.autorisation_courriel) == ("Paul", "pere", False)


def test_on_ne_modifie_pas_un_conjoint_parti_entre_temps(dupont, agent):
    demande = deposer(dupont, "conjoint", profession="Infirmière")
    dupont.conjoint.delete()
    with pytest.raises(NeTientPlus, match="ne figure plus"):
        accepter_telle_quelle(demande, par=agent)


def test_un_avis_d_impot_s_ajoute_sans_effacer_le_precedent(dupont, accepter):
    accepter(deposer(dupont, "fiscales", annee="2014", revenu_fiscal_reference="25000"))
    avis = dupont.famille.informations_fiscales.values_list("annee", "revenu_fiscal_reference", "parts")
    assert list(avis) == [(2014, 25000, Decimal(3)), (2013, 24350, Decimal(3))]


def test_un_avis_d_impot_se_corrige(dupont, accepter):
    accepter(deposer(dupont, "fiscales", parts="2,5"))
    assert dupont.famille.informations_fiscales.get().parts == Decimal("2.5")


def test_un_nouveau_quotient_s_ajoute_a_l_historique(dupont, accepter):
    accepter(deposer(dupont, "caf", quotient="701", date_effet="2015-01-01"))
    quotients = dupont.famille.quotients.values_list("valeur", "date_effet")
    assert list(quotients) == [(701, date(2015, 1, 1)), (612, date(2014, 9, 1))]


def test_le_numero_d_allocataire_change_sans_toucher_au_quotient(dupont, accepter):
    accepter(deposer(dupont, "caf", numero_allocataire="7654321"))
    assert InformationsCaf.objects.get(famille=dupont.famille).numero_allocataire == "7654321"
    assert dupont.famille.quotients.count() == 1


def test_un_quotient_sans_sa_date_est_refuse(martin):
    genre = GENRES.pour("caf")
    contenu = genre(martin.famille, None, saisie(genre(martin.famille)) | {"quotient": "500", "date_effet": ""})
    assert contenu.errors == {"date_effet": ["Le quotient familial et sa date vont ensemble."]}


def test_l_iban_demande_est_chiffre_puis_applique(dupont, accepter):
    demande = deposer(dupont, "bancaires", iban=IBAN)
    assert "0112" not in en_base(demande).replace(" ", "")
    assert "0505" not in en_base(demande)
    assert (demande.donnees, demande.avant) == ({}, {})
    accepter(Demande.objects.get(pk=demande.pk))
    banque = InformationsBancaires.objects.get(famille=dupont.famille)
    assert (banque.iban, banque.iban_masque) == (IBAN.replace(" ", ""), "FR76 •••• •••• 0189")


def test_un_iban_demande_se_lit_masque(dupont):
    demande = deposer(dupont, "bancaires", iban=IBAN)
    contenu = GENRES.pour("bancaires")(dupont.famille, None)
    (ecart,) = contenu.difference(Demande.objects.get(pk=demande.pk))
    assert "FR76 •••• •••• 0189" in str(ecart)
    assert "0112" not in str(ecart).replace(" ", "")


def test_un_iban_faux_n_est_pas_demande(dupont):
    genre = GENRES.pour("bancaires")
    contenu = genre(dupont.famille, None, saisie(genre(dupont.famille)) | {"iban": "FR76 1234"})
    assert list(contenu.errors) == ["iban"]
