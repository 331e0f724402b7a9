"""« Mon compte »: what each kind changes at acceptance, and what it keeps secret until then."""

from datetime import date
from decimal import Decimal

import pytest

from demandes.erreurs import NeTientPlus
from demandes.genre.saisie import saisie
from demandes.models import Demande
from demandes.types import GENRES
from demandes.types.compte import COLONNES, COORDONNEES
from famille.models import InformationsBancaires, InformationsCaf, Responsable
from tests.demandes.outils import accepter_telle_quelle, deposer, en_base
from tests.facturation.fabriques import RegieFactory, mettre_en_regie, tarif

pytestmark = pytest.mark.django_db
ENSEMBLE = "Le quotient familial et sa date vont ensemble."
IDENTITE = ["civilite", "nom", "prenom", "qualite"]
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
    assert demande.valeurs_avant == {"iban": InformationsBancaires.objects.get(famille=dupont.famille).iban}
    contenu = GENRES.pour("bancaires")(dupont.famille, None)
    (ecart,) = contenu.difference(Demande.objects.get(pk=demande.pk))
    assert "FR76 •••• •••• 0189" in str(ecart)
    assert "0112" not in str(ecart).replace(" ", "")


def test_un_iban_faux_n_est_pas_demande(dupont):
    genre = GENRES.pour("bancaires")
    contenu = genre(dupont.famille, None, saisie(genre(dupont.famille)) | {"iban": "FR76 1234"})
    assert list(contenu.errors) == ["iban"]


def vide(foyer, code: str):
    """The form of that kind, as it opens."""
    return GENRES.pour(code)(foyer.famille, None)


@pytest.mark.parametrize(("code", "identite"), [("responsable", [*IDENTITE, "situation"]), ("conjoint", IDENTITE)])
def test_chaque_champ_est_avec_ceux_qui_lui_ressemblent(dupont, code, identite):
    groupes = {groupe.legende: [champ.name for champ in groupe.champs] for groupe in vide(dupont, code).en_groupes()}
    assert groupes == {
        "Identité": identite,
        "Coordonnées": list(COORDONNEES),
        "Travail": ["profession", "csp", "employeur", "adresse_employeur"],
        "Autorisations": ["autorisation_courriel", "autorisation_sms"],
    }
    assert COLONNES["Adresse"] == ("adresse", "code_postal", "ville")


def test_le_navigateur_sait_remplir_ce_qui_est_a_soi(dupont):
    assert vide(dupont, "responsable").fields["mobile"].widget.attrs["autocomplete"] == "mobile tel"


def test_sans_titulaire_la_fiche_est_vide_et_non_celle_du_conjoint(dupont):
    dupont.famille.responsables.filter(role=Responsable.Role.TITULAIRE).delete()
    assert vide(dupont, "responsable")["prenom"].value() in ("", None)
    assert vide(dupont, "conjoint")["prenom"].value() == "Jeanne"
    nouvelle = vide(dupont, "responsable").instance
    assert (nouvelle.famille, nouvelle.role) == (dupont.famille, Responsable.Role.TITULAIRE)


@pytest.mark.parametrize("champ", ["nom", "prenom"])
def test_d_un_conjoint_parti_un_seul_nom_ne_suffit_pas(dupont, agent, champ):
    demande = deposer(dupont, "conjoint", **{champ: "Anne"})
    dupont.conjoint.delete()
    with pytest.raises(NeTientPlus, match="ne figure plus"):
        accepter_telle_quelle(demande, par=agent)


@pytest.mark.parametrize(("annee", "phrases"), [("2099", 1), ("20ab", 1), ("2014", 0)])
def test_l_annee_d_un_avis_est_une_annee_passee(dupont, annee, phrases):
    contenu = GENRES.pour("fiscales")(dupont.famille, None, saisie(vide(dupont, "fiscales")) | {"annee": annee})
    assert len(contenu.errors.get("annee", [])) == phrases


def test_le_quotient_connu_est_dans_le_formulaire_et_va_avec_sa_date(dupont):
    assert vide(dupont, "caf")["quotient"].value() == 612
    demande = deposer(dupont, "caf", quotient="701")
    assert demande.donnees == {"quotient": 701, "date_effet": "2014-09-01"}
    assert demande.valeurs_avant == {"quotient": 612, "date_effet": "2014-09-01"}


def test_une_famille_sans_caisse_ni_banque_n_a_pas_celles_d_une_autre(dupont, martin):
    InformationsBancaires.objects.filter(famille=martin.famille).delete()
    assert vide(martin, "caf")["numero_allocataire"].value() in ("", None)
    assert vide(martin, "bancaires")["iban"].value() in ("", None)
    # What it writes there is its own.
    assert [vide(martin, code).instance.famille for code in ("caf", "bancaires")] == [martin.famille] * 2


def test_chaque_famille_a_sa_banque(dupont, martin):
    assert vide(martin, "bancaires")["iban"].value() == "DE89370400440532013000"
    assert vide(dupont, "bancaires")["iban"].value() != vide(martin, "bancaires")["iban"].value()


@pytest.mark.parametrize(
    ("saisis", "erreurs"),
    [
        ({"quotient": "", "date_effet": ""}, {}),
        ({"quotient": "500", "date_effet": "hier"}, {"date_effet": ["Saisissez une date valide."]}),
        (
            {"quotient": "", "date_effet": "2015-01-01"},
            {"quotient": ["Le quotient familial et sa date vont ensemble."]},
        ),
    ],
)
def test_le_quotient_et_sa_date_vont_ensemble_et_une_seule_phrase_le_dit(martin, saisis, erreurs):
    envoi = saisie(vide(martin, "caf")) | {"numero_allocataire": "1234567", "regime": "general"} | saisis
    contenu = GENRES.pour("caf")(martin.famille, None, envoi)
    assert {nom: dites for nom, dites in contenu.errors.items() if nom in ("quotient", "date_effet")} == erreurs


def test_un_iban_absent_ne_se_montre_pas(dupont):
    assert vide(dupont, "bancaires").montrer("iban", None) == ""


def test_qui_lit_un_compte_bancaire_s_ecrit_au_journal(dupont):
    assert GENRES.pour("bancaires").se_lit_au_journal()
    assert not GENRES.pour("caf").se_lit_au_journal()


@pytest.mark.usefixtures("jeudi_2_avril")
class TestCeQuiChangeDePrix:
    """A Wednesday booked at 7,20 € under a quotient of 700, 9,00 € above, 14,40 € from outside."""

    @pytest.fixture(autouse=True)
    def mercredi_paye(self, mercredis, agent):
        tarif(mercredis.prestation, (700, "7.20", "14.40"), (None, "9.00", "14.40"), unite="journee")
        mettre_en_regie(RegieFactory(), mercredis.prestation.structure)
        mercredis.reserver([date(2015, 4, 8)], par=agent)

    def phrases(self, demande: Demande) -> list[str]:
        return demande.contenu().a_confirmer(demande, ())

    def test_quitter_la_commune_se_dit_avant_d_accepter(self, dupont):
        assert "7,20" in " ".join(self.phrases(deposer(dupont, "responsable", ville="Toulouse")))
        assert Responsable.objects.get(pk=dupont.titulaire.pk).ville == "SAINT - JEAN"

    @pytest.mark.parametrize("champs", [{"mobile": "0601020304"}, {"ville": "Saint-Jean"}, {"ville": ""}])
    def test_rester_dans_la_commune_n_a_rien_a_dire(self, dupont, champs):
        assert self.phrases(deposer(dupont, "responsable", **champs)) == []

    def test_un_quotient_plus_haut_se_dit_avant_d_accepter(self, dupont):
        assert "1,80" in " ".join(self.phrases(deposer(dupont, "caf", quotient="900", date_effet="2015-04-01")))
        assert self.phrases(deposer(dupont, "caf", numero_allocataire="7654321")) == []
