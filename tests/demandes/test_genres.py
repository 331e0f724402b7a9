"""Each kind of request: what it changes at acceptance, and what it keeps secret until then."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from demandes.erreurs import NeTientPlus
from demandes.genre.onglet import MES_ENFANTS, MON_COMPTE
from demandes.genre.saisie import saisie
from demandes.genre.type_demande import TypeDemande
from demandes.models import Demande
from demandes.types import GENRES
from famille.fiches.enfant import sections_enfant
from famille.fiches.famille import FicheFamille
from famille.models import Enfant, FicheSanitaire, InformationsBancaires, InformationsCaf, Responsable, Tiers
from tests.demandes.outils import deposer, remplir
from tests.fabriques import EcoleFactory, TiersFactory

pytestmark = pytest.mark.django_db
IBAN = "FR76 3000 6000 0112 3456 7890 189"


@pytest.fixture
def lea(dupont):
    return dupont.enfants[0]


@pytest.fixture
def accepter(directrice):
    return lambda demande: demande.accepter(par=directrice)


def _en_base(demande: Demande) -> str:
    with connection.cursor() as curseur:
        curseur.execute("SELECT demandes_demande::text FROM demandes_demande WHERE id = %s", [demande.pk])
        return curseur.fetchone()[0]


def test_chaque_section_du_dossier_a_sa_demande(dupont, lea):
    du_dossier = [s.code for s in FicheFamille(dupont.famille, dupont.titulaire).sections()]
    de_l_enfant = [s.code for s in sections_enfant(lea, au=date(2015, 4, 8))]
    assert set(du_dossier) <= {genre.code for genre in GENRES.tous(MON_COMPTE)}
    assert set(de_l_enfant) <= {g.code for g in GENRES.tous(MES_ENFANTS) if g.porte_sur_un_enfant()}


def test_rien_n_est_demande_par_un_formulaire_qu_on_renvoie_tel_quel(dupont, lea):
    for genre in GENRES.tous():
        if genre.code == "ajouter-enfant" or genre.gabarit != TypeDemande.gabarit:
            continue
        enfant = lea if genre.porte_sur_un_enfant() else None
        contenu = genre(dupont.famille, enfant, saisie(genre(dupont.famille, enfant)))
        assert contenu.is_valid(), (genre, contenu.errors)
        assert contenu.changements == {}, genre


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
        demande.accepter(par=agent)


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
    assert "0112" not in _en_base(demande).replace(" ", "")
    assert "0505" not in _en_base(demande)
    assert (demande.donnees, demande.avant) == ({}, {})
    accepter(Demande.objects.get(pk=demande.pk))
    banque = InformationsBancaires.objects.get(famille=dupont.famille)
    assert (banque.iban, banque.iban_masque) == (IBAN.replace(" ", ""), "FR76 •••• •••• 0189")


def test_un_iban_faux_n_est_pas_demande(dupont):
    genre = GENRES.pour("bancaires")
    contenu = genre(dupont.famille, None, saisie(genre(dupont.famille)) | {"iban": "FR76 1234"})
    assert list(contenu.errors) == ["iban"]


def test_un_enfant_s_ajoute_a_la_famille(dupont, accepter):
    demande = deposer(
        dupont,
        "ajouter-enfant",
        prenom="Hugo",
        nom="DUPONT",
        date_naissance="2012-02-29",
        ecole=str(EcoleFactory().pk),
        arrivee_souhaitee="2015-09-01",
        activites="Mercredis",
    )
    assert demande.donnees["arrivee_souhaitee"] == "2015-09-01"
    accepter(demande)
    assert list(dupont.famille.enfants.values_list("prenom", flat=True)) == ["Hugo", "Léa"]


def test_un_enfant_a_naitre_ne_s_ajoute_pas(dupont, time_machine):
    time_machine.move_to("2015-04-08 12:00 +0200")
    genre = GENRES.pour("ajouter-enfant")
    contenu = genre(dupont.famille, None, {"prenom": "Hugo", "nom": "DUPONT", "date_naissance": "2015-04-09"})
    assert contenu.errors == {"date_naissance": ["Cette date de naissance est à venir."]}


def test_l_agent_est_averti_qu_un_enfant_est_deja_connu(dupont, martin):
    demande = deposer(dupont, "ajouter-enfant", prenom="tom", nom="Martin", date_naissance="2009-01-20")
    (alerte,) = demande.contenu().mises_en_garde(demande)
    assert "Tom MARTIN" in alerte


def test_la_classe_et_l_ecole_changent(dupont, lea, accepter):
    ecole = EcoleFactory(nom="École Marie-Curie")
    demande = deposer(dupont, "identite", lea, classe="CE2", ecole=str(ecole.pk))
    assert [(x.libelle, x.avant, x.demande) for x in demande.contenu().difference(demande)] == [
        ("École", "École Jean-Moulin", "École Marie-Curie"),
        ("Classe", "CE1", "CE2"),
    ]
    accepter(demande)
    lea.refresh_from_db()
    assert (lea.classe, lea.ecole) == ("CE2", ecole)


def test_une_autorisation_se_donne_et_se_reprend(dupont, lea, accepter):
    accepter(deposer(dupont, "autorisations", lea, autorise_image="on"))
    lea.refresh_from_db()
    assert lea.autorise_image
    genre = GENRES.pour("autorisations")
    envoi = saisie(genre(dupont.famille, lea))
    del envoi["autorise_image"]
    contenu = genre(dupont.famille, lea, envoi)
    assert contenu.is_valid()
    accepter(Demande.deposer(contenu, par=dupont.compte))
    lea.refresh_from_db()
    assert not lea.autorise_image


def test_l_assurance_se_renouvelle(dupont, lea, accepter):
    accepter(deposer(dupont, "assurance", lea, expire_le="2016-08-31"))
    lea.assurance.refresh_from_db()
    assert lea.assurance.expire_le == date(2016, 8, 31)


def test_une_personne_s_ajoute_se_modifie_et_se_retire(dupont, lea, accepter):
    odile, rene = lea.tiers.get(), TiersFactory(enfant=lea, nom="BERNARD", prenom="René")
    champs = {
        f"{odile.pk}-telephone": "0611223344",
        f"{rene.pk}-retirer": "on",
        "n1-prenom": "Zoé",
        "n1-nom": "PETIT",
    }
    demande = deposer(dupont, "personnes-autorisees", lea, **champs)
    accepter(demande)
    assert list(lea.tiers.values_list("prenom", "nom", "telephone")) == [
        ("Odile", "BERNARD", "+33611223344"),
        ("Zoé", "PETIT", ""),
    ]
    libelles = [x.libelle for x in Demande.objects.get().contenu().difference(demande)]
    assert "René BERNARD\u00a0: Retirer de la liste" in libelles


def test_la_meme_personne_ne_s_ajoute_pas_deux_fois(dupont, lea):
    genre = GENRES.pour("personnes-autorisees")
    envoi = saisie(genre(dupont.famille, lea)) | {"n1-prenom": "Odile", "n1-nom": "BERNARD"}
    contenu = genre(dupont.famille, lea, envoi)
    assert "figure déjà" in str(contenu.non_field_errors())


def test_une_personne_retiree_entre_temps_ne_se_modifie_plus(dupont, lea, agent):
    odile = lea.tiers.get()
    demande = deposer(dupont, "personnes-autorisees", lea, **{f"{odile.pk}-lien": "Voisine"})
    odile.delete()
    with pytest.raises(NeTientPlus, match="ne figure plus"):
        demande.accepter(par=agent)


def test_les_personnes_interdites_ne_se_melent_pas_aux_autorisees(dupont, lea, accepter):
    accepter(deposer(dupont, "personnes-interdites", lea, **{"n1-prenom": "Guy", "n1-nom": "ROUX"}))
    assert list(lea.tiers.values_list("nom", "statut")) == [
        ("BERNARD", Tiers.Statut.AUTORISE),
        ("ROUX", Tiers.Statut.INTERDIT),
    ]


def test_la_sante_demandee_est_chiffree_puis_appliquee(dupont, lea, accepter):
    demande = deposer(dupont, "sanitaires", lea, allergies="Noisette", lunettes="Pour lire")
    for mot in ("Noisette", "Arachide", "lunettes", "allergies"):
        assert mot not in _en_base(demande)
    accepter(Demande.objects.get(pk=demande.pk))
    fiche = FicheSanitaire.objects.get(enfant=lea)
    assert (fiche.allergies, fiche.lunettes, fiche.medecin_nom) == ("Noisette", "Pour lire", "Dr PETIT")


def test_une_premiere_fiche_sanitaire_nait_de_la_demande(dupont, accepter):
    hugo = Enfant.objects.create(nom="DUPONT", prenom="Hugo", date_naissance=date(2012, 2, 29))
    dupont.famille.enfants.add(hugo)
    accepter(deposer(dupont, "medecin", hugo, medecin_nom="Dr GRAND"))
    accepter(deposer(dupont, "vaccins", hugo, **{"n1-vaccin": "ROR", "n1-date": "2013-05-01"}))
    fiche = FicheSanitaire.objects.get(enfant=hugo)
    assert fiche.medecin_nom == "Dr GRAND"
    assert [(v.vaccin, v.date) for v in fiche.vaccinations.all()] == [("ROR", date(2013, 5, 1))]


def test_un_vaccin_se_corrige_sans_rien_dire_en_clair(dupont, lea, accepter):
    dtp = lea.fiche_sanitaire.vaccinations.get()
    demande = deposer(dupont, "vaccins", lea, **{f"{dtp.pk}-date": "2015-03-12"})
    assert "2015-03-12" not in _en_base(demande).replace(str(demande.deposee_le), "")
    accepter(demande)
    dtp.refresh_from_db()
    assert dtp.date == date(2015, 3, 12)


def test_un_genre_confidentiel_ne_se_resume_pas(dupont, lea):
    demande = deposer(dupont, "sanitaires", lea, allergies="Noisette")
    assert demande.genre.resume(demande) == "Contenu confidentiel"


def test_le_resume_dit_ce_qui_change(dupont):
    demande = remplir_et_deposer(dupont)
    assert (
        demande.genre.resume(demande)
        == "Mobile\u00a0: 06\u00a001\u00a002\u00a003\u00a004 · Autorisation SMS\u00a0: Oui"
    )


def remplir_et_deposer(foyer) -> Demande:
    contenu = remplir(foyer, "responsable", mobile="0601020304", autorisation_sms="on")
    return Demande.deposer(contenu, par=foyer.compte)
