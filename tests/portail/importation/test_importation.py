"""A file of familles: what it makes, what it changes, and that the same again changes nothing."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courriels.models import Courriel
from famille.models import Enfant, Famille, Rattachement, Responsable
from planning.models import Inscription, Prestation
from planning.regles.jours import Jours
from portail.importation.importation import ApercuPerime
from tests import fabriques

FAMILLE = {
    "Référence famille": "F-1",
    "Titulaire nom": "durand",
    "Titulaire prénom": "JEAN",
    "Titulaire mobile": "612345678",
    "Titulaire ville": "Saint-Jean",
    "Titulaire e-mail": "jean@example.org",
    "Conjoint nom": "Durand",
    "Conjoint prénom": "Anne",
    "N° allocataire": "1234567",
    "QF": "612,40",
    "QF depuis le": "01/09/2014",
}
LEA = {
    "Référence enfant": "E-1",
    "Enfant nom": "Durand",
    "Enfant prénom": "Léa",
    "Date de naissance": "03/06/2010",
    "École": "ecole jean moulin",
    "Classe": "CE1",
    "Prestation 1": "Garderie matin",
    "Inscrit du 1": "01/09/2014",
    "Jours 1": "lundi, jeudi",
}
TOM = {
    "Référence famille": "F-1",
    "Référence enfant": "E-2",
    "Enfant nom": "Durand",
    "Enfant prénom": "Tom",
    "Date de naissance": "20/01/2012",
}


def _famille() -> Famille:
    return Famille.objects.get(reference="F-1")


def test_une_ligne_est_un_enfant_avec_sa_famille(importer):
    bilan = importer(FAMILLE | LEA, TOM)
    assert bilan.fait
    famille = _famille()
    jean, anne = famille.responsables.all()
    assert (jean.nom, jean.prenom, str(jean.mobile), jean.role) == ("DURAND", "Jean", "+33612345678", "titulaire")
    assert (anne.nom, anne.prenom, anne.role) == ("DURAND", "Anne", "conjoint")
    assert famille.informations_caf.numero_allocataire == "1234567"
    assert famille.qf_au(date(2014, 10, 1)) == 612
    lea, tom = famille.enfants.order_by("date_naissance")
    assert (lea.ecole.nom, lea.classe, tom.prenom) == ("École Jean-Moulin", "CE1", "Tom")
    inscription = lea.inscriptions.get()
    assert (str(inscription.prestation), inscription.du, inscription.jours) == (
        "Garderie matin",
        date(2014, 9, 1),
        Jours.LUNDI | Jours.JEUDI,
    )
    assert bilan.nombres == [
        "Familles\u00a0: 1\u00a0nouvelle.",
        "Enfants\u00a0: 2\u00a0nouveaux.",
        "Inscriptions\u00a0: 1\u00a0nouvelle.",
        "Quotients familiaux\u00a0: 1\u00a0nouveau.",
    ]


def test_un_essai_n_ecrit_rien(importer):
    assert importer(FAMILLE | LEA, essai=True).est_possible
    assert not Famille.objects.exists()


def test_le_meme_fichier_une_seconde_fois_ne_change_rien(importer):
    importer(FAMILLE | LEA, TOM)
    avant = (Famille.objects.count(), Enfant.objects.count(), Inscription.objects.count(), LogEntry.objects.count())
    bilan = importer(FAMILLE | LEA, TOM)
    assert (bilan.ne_change_rien, bilan.ecarts) == (True, ())
    apres = (Famille.objects.count(), Enfant.objects.count(), Inscription.objects.count(), LogEntry.objects.count())
    assert avant == apres


def test_ce_qui_differe_se_dit_puis_change(importer):
    importer(FAMILLE | LEA)
    change = (
        FAMILLE
        | LEA
        | {"Titulaire mobile": "06 98 76 54 32", "Classe": "CE2", "QF": "700", "Inscrit au 1": "03/07/2015"}
    )
    bilan = importer(change)
    assert [(e.ligne, e.qui, e.quoi, e.avant, e.apres) for e in bilan.ecarts] == [
        (
            2,
            "Jean DURAND, titulaire",
            "mobile",
            "06\u00a012\u00a034\u00a056\u00a078",
            "06\u00a098\u00a076\u00a054\u00a032",
        ),
        (2, str(_famille()), "QF au 01/09/2014", "612", "700"),
        (2, "Léa DURAND", "classe", "CE1", "CE2"),
        (2, "Léa DURAND, Garderie matin", "dernier jour", "sans fin", "03/07/2015"),
    ]
    assert Enfant.objects.get().classe == "CE2"
    assert _famille().qf_au(date(2014, 10, 1)) == 700
    assert Inscription.objects.get().au == date(2015, 7, 3)


def test_une_cellule_vide_ne_change_rien(importer):
    importer(FAMILLE | LEA)
    assert importer({"Référence famille": "F-1", "Référence enfant": "E-1", "Classe": ""}).ne_change_rien


def test_un_nom_en_capitales_n_efface_pas_ses_accents(importer):
    importer(FAMILLE | LEA)
    assert importer(FAMILLE | LEA | {"Enfant prénom": "LEA"}).ne_change_rien
    assert Enfant.objects.get().prenom == "Léa"


def test_une_famille_connue_se_retrouve_par_son_numero(importer, dupont):
    importer({"N° famille": "1001001818331", "Référence famille": "F-9", "Titulaire mobile": "0612345678"})
    dupont.famille.refresh_from_db()
    assert dupont.famille.reference == "F-9"
    assert str(dupont.famille.titulaire.mobile) == "+33612345678"
    assert Famille.objects.count() == 1


def test_une_adresse_qui_change_previent_l_ancienne(importer):
    importer(FAMILLE | LEA)
    importer(FAMILLE | {"Titulaire e-mail": "jean.durand@example.org"})
    assert Courriel.objects.get().destinataire == "jean@example.org"
    assert Responsable.objects.get(role="titulaire").email_confirme_le is None


def test_une_garde_alternee_est_un_enfant_de_deux_familles(importer):
    autre = {"Référence famille": "F-2", "Titulaire nom": "PETIT", "Titulaire prénom": "Zoé", "Référence enfant": "E-1"}
    importer(FAMILLE | LEA, autre)
    enfant = Enfant.objects.get()
    assert sorted(famille.reference for famille in enfant.familles.all()) == ["F-1", "F-2"]


def test_un_enfant_connu_rejoint_une_autre_famille_par_sa_reference(importer):
    importer(FAMILLE | LEA)
    importer(
        {"Référence famille": "F-2", "Titulaire nom": "PETIT", "Titulaire prénom": "Zoé", "Référence enfant": "E-1"}
    )
    assert Rattachement.objects.filter(enfant__reference="E-1").count() == 2


def test_un_homonyme_se_dit_si_la_reference_le_distingue(importer, dupont):
    (avertissement,) = importer(FAMILLE | {"Titulaire nom": "Dupont", "Titulaire prénom": "Jean"}).avertissements
    assert "Jean DUPONT est déjà dans la famille" in avertissement


def test_les_places_se_comptent_dans_l_ordre_du_fichier(importer):
    def enfant(rang: int) -> dict[str, str]:
        return {
            "Référence famille": f"F-{rang}",
            "Titulaire nom": f"Durand{'abc'[rang]}",
            "Titulaire prénom": "Jean",
            "Enfant nom": "Durand",
            "Enfant prénom": f"Léa{'abc'[rang]}",
            "Date de naissance": "03/06/2010",
            "Prestation 1": "Garderie soir",
            "Inscrit du 1": "01/09/2014",
            "Jours 1": "lundi",
        }

    (faute,) = importer(enfant(0), enfant(1), enfant(2)).fautes
    assert (faute.ligne, faute.colonne) == (4, "Prestation 1")
    assert "Il n’y a plus de place" in faute.attendu
    assert not Famille.objects.exists()


def test_ce_que_seul_le_verbe_peut_refuser_se_dit_des_l_essai(importer, directrice):
    importer(FAMILLE | LEA | {"Jours 1": ""})
    enfant, matin = Enfant.objects.get(), Prestation.objects.get(nom="Garderie matin")
    Inscription.objects.get().reserver([date(2015, 4, 9)], par=directrice)
    fin = FAMILLE | LEA | {"Jours 1": "", "Inscrit au 1": "01/04/2015"}
    (faute,) = importer(fin, essai=True).fautes
    assert "Il reste 1\u00a0jour réservé ou pointé après le 01/04/2015." in faute.attendu
    assert enfant.inscriptions.get(prestation=matin).au is None


def test_un_rythme_qui_change_passe_par_son_verbe(importer):
    importer(FAMILLE | LEA)
    importer(FAMILLE | LEA | {"Jours 1": "mardi", "Semaines 1": "paires"})
    inscription = Inscription.objects.get()
    assert (inscription.jours, inscription.parite) == (Jours.MARDI, 0)
    assert importer(FAMILLE | LEA | {"Jours 1": "mardi", "Semaines 1": ""}).ne_change_rien
    importer(FAMILLE | LEA | {"Jours 1": "mardi", "Semaines 1": "toutes"})
    assert Inscription.objects.get().parite is None


def test_ce_qui_a_change_depuis_l_apercu_se_relit(importer):
    vu = importer(FAMILLE | LEA, essai=True).empreinte
    importer(FAMILLE)
    with pytest.raises(ApercuPerime) as refus:
        importer(FAMILLE | LEA, vu=vu)
    assert refus.value.bilan.est_possible
    assert not Enfant.objects.exists()
    assert importer(FAMILLE | LEA, vu=refus.value.bilan.empreinte).fait


def test_l_histoire_dit_d_ou_cela_vient(importer, directrice):
    importer(FAMILLE | LEA)
    importer(FAMILLE | LEA | {"Classe": "CM1", "Titulaire ville": "Toulouse"})
    dites = {note.change_message for note in LogEntry.objects.filter(user=directrice)}
    assert dites == {
        "Importé de «\u00a0familles.csv\u00a0».",
        "Importation de «\u00a0familles.csv\u00a0»\u00a0: ville.",
        "Importation de «\u00a0familles.csv\u00a0»\u00a0: classe.",
    }


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_familles(importer):
    def lignes(debut: int, combien: int) -> list[dict[str, str]]:
        return [
            FAMILLE | LEA | {"Référence famille": f"G-{n}", "Référence enfant": f"H-{n}", "Enfant prénom": f"Léa {n}"}
            for n in range(debut, debut + combien)
        ]

    importer(*lignes(0, 1))
    with CaptureQueriesContext(connection) as peu:
        importer(*lignes(1, 2))
    with CaptureQueriesContext(connection) as beaucoup:
        importer(*lignes(3, 30))
    assert len(beaucoup) <= len(peu)


def test_une_famille_sans_enfant_s_importe(importer):
    assert importer(FAMILLE).fait
    assert _famille().enfants.count() == 0


def test_une_fiche_d_ecole_inconnue_dit_celles_qu_on_connait(importer):
    (faute,) = importer(FAMILLE | LEA | {"École": "Moulin"}).fautes
    assert (
        faute.attendu == "Inconnue du portail\u00a0: créez-la d’abord, ou choisissez «\u00a0École Jean-Moulin\u00a0»."
    )


def test_un_enfant_sans_reference_se_retrouve_dans_sa_famille(importer, dupont):
    ligne = {
        "N° famille": "1001001818331",
        "Enfant nom": "Dupont",
        "Enfant prénom": "lea",
        "Date de naissance": "03/06/2007",
        "Classe": "CE2",
    }
    assert [ecart.quoi for ecart in importer(ligne).ecarts] == ["classe"]
    assert fabriques.Enfant.objects.count() == 1
