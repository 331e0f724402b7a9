"""The copy of one's data: all that is the famille's, nothing that is another's, and the files themselves."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courriels.models import Courriel
from demandes.models import Piece as PieceDeDemande
from facturation.models import Facture, PaiementEnLigne
from famille.models import Famille
from famille.mots_de_passe.lien import envoyer_liens
from messagerie.models import Fil
from portail.copie import CopieDuDossier
from portail.copie.fiche import champs_copies
from socle.fichiers.examen import Fichier, TypeMime
from tests import fabriques
from tests.demandes.outils import changer_de_mobile, deposer
from tests.facturation.fabriques import RegieFactory, facture, paiement_en_ligne
from tests.messagerie.fabriques import cinq_cents_fils
from tests.planning.fabriques import planning
from tests.portail.copie.outils import PDF, les_donnees, telecharger, tout

# What a copy leaves out, and why. A new table must be on one side or the other.
HORS_COPIE = {
    # The town's own, the same for everybody.
    *("famille.datedecertification", "famille.piecedemandee", "planning.pieceexigee"),
    *(
        "planning.structure",
        "planning.prestation",
        "planning.encadrement",
        "planning.feuilledecuisine",
        "planning.appeltermine",
        "planning.placesdujour",
        "planning.fermeture",
    ),
    *("planning.vacances", "planning.jourferie", "facturation.regie", "facturation.structureenregie"),
    *(
        "facturation.compteur",
        "facturation.tarif",
        "facturation.tranchedetarif",
        "facturation.reportdetarif",
        "facturation.campagnedefacturation",
    ),
    # What the operations say, and the inscriptions.
    *("facturation.restedu", "planning.reconduction"),
    *("facturation.apercudecampagne", "facturation.partdapercu", "facturation.cahier", "demandes.motifusuel"),
    *("messagerie.information", "messagerie.document"),
    # A mailing: each famille finds its message among its conversations.
    *("messagerie.envoi", "messagerie.destination"),
    # The Treasury's words, raw; what they settled is in the payments.
    "facturation.notificationtipi",
    # How much was sent on one day: what was is there.
    "famille.envoisdujour",
    # An agent's, who comes in by them; no parent has any.
    *("famille.authentificateur", "famille.codedesecours", "famille.appareildeconfiance"),
    # An agent's, until the next night; and the words of another software.
    "famille.fichieraimporter",
    "famille.correspondancedecolonnes",
}
COPIES = {
    *("famille.famille", "famille.responsable", "famille.compte", "famille.informationsbancaires"),
    *("famille.informationscaf", "famille.quotientfamilial", "famille.informationsfiscales", "famille.rattachement"),
    *("famille.enfant", "famille.ecole", "famille.assurance", "famille.tiers", "famille.fichesanitaire"),
    *("famille.vaccination", "famille.lectureconfidentielle", "planning.inscription", "planning.reservation"),
    *("planning.derogation", "famille.noteducentre", "famille.passagedeclasse", "famille.certification"),
    *("famille.piecefournie", "famille.fichierdepiece"),
    *("demandes.demande", "demandes.decision", "demandes.piece", "facturation.facture", "facturation.ligne"),
    *("facturation.documentfacture", "facturation.avoir", "facturation.reglement", "facturation.affectation"),
    *("facturation.paiementenligne", "messagerie.fil", "messagerie.message", "messagerie.piece"),
    *("messagerie.lecture", "courriels.courriel"),
}


def test_chaque_table_est_dans_la_copie_ou_n_a_pas_a_y_etre():
    tables = {
        modele._meta.label_lower
        for nom in ("famille", "planning", "messagerie", "facturation", "demandes", "courriels")
        for modele in apps.get_app_config(nom).get_models()
    }
    assert tables == COPIES | HORS_COPIE


@pytest.mark.parametrize("label", sorted(COPIES))
def test_deux_colonnes_d_une_table_ne_portent_pas_le_meme_nom(label):
    sauf = {"iban_masque"}
    noms = [str(champ.verbose_name) for champ in champs_copies(apps.get_model(label)) if champ.name not in sauf]
    assert len(noms) == len(set(noms))


def test_la_copie_dit_le_dossier_en_clair_et_en_francais(dupont, remplir):
    remplir(dupont)
    donnees = les_donnees(dupont)
    assert donnees["famille"]["N° Famille"] == "1001001818331"
    jean, jeanne = donnees["responsables"]
    assert (jean["prénom"], jean["situation"], jean["mobile"]) == ("Jean", "Séparé(e)", "")
    assert (jeanne["rôle"], jean["téléphone domicile"]) == ("Conjoint", "+33 1 02 03 04 05")
    assert donnees["informations bancaires"]["IBAN"] == "FR1420041010050500013M02606"
    assert donnees["informations fiscales"][0]["nombre de parts"] == "3.00"
    assert donnees["quotients familiaux"] == [{"quotient familial": 612, "date d’effet": "2014-09-01"}]
    assert donnees["votre compte"]["identifiant"] == "dupont"
    [demande] = donnees["demandes"]
    assert demande["demandé"] == {"mobile": "+33601020304"}
    assert demande["décision"] is None


def test_la_copie_dit_la_sante_des_enfants_et_quand_elle_fut_lue_mais_non_par_qui(dupont, remplir):
    remplir(dupont)
    archive = telecharger(dupont)
    [lea] = json.loads(archive.read("donnees.json"))["enfants"]
    assert lea["fiche sanitaire"]["allergies"] == "Arachide"
    assert lea["fiche sanitaire"]["médecin traitant"] == "Dr PETIT"
    assert lea["vaccinations"] == [{"vaccin": "DTP", "dernier rappel": "2014-03-12"}]
    assert lea["personnes autorisées ou interdites"][0]["lien avec l’enfant"] == "Grand-mère"
    assert len(lea["lectures de ses données confidentielles par un agent"]) == 1
    assert "animateur" not in tout(archive)


def test_la_copie_dit_l_argent_en_texte_et_joint_la_facture(dupont, remplir):
    remplir(dupont)
    archive = telecharger(dupont)
    donnees = json.loads(archive.read("donnees.json"))
    [due] = donnees["factures"]
    assert (due["référence"], due["montant"], due["du"]) == ("AL-1", "120.60", "2015-04-01")
    assert due["lignes"][0]["prix unitaire"] == "120.60"
    with default_storage.open(Facture.objects.get().document.fichier.name) as pdf:
        assert archive.read(due["PDF"]) == pdf.read()
    [regle] = donnees["règlements"]
    assert (regle["montant"], regle["affectations"]) == ("60.30", [{"facture": "AL-1", "montant": "60.30"}])
    assert donnees["avoirs"][0]["facture"] == "AL-1"
    assert donnees["paiements en ligne"][0]["état"] == "Initié"


def test_la_copie_joint_les_pieces_des_messages_et_des_demandes(dupont, remplir):
    remplir(dupont)
    archive = telecharger(dupont)
    donnees = json.loads(archive.read("donnees.json"))
    [fil] = donnees["conversations"]
    question, reponse = fil["messages"]
    assert (question["de"], reponse["texte"]) == ("Jean DUPONT", "Oui, il l’est.")
    assert archive.read(question["pièces jointes"][0]["fichier"]) == PDF
    assert archive.read(donnees["demandes"][0]["pièces jointes"][0]["fichier"]) == PDF
    assert {courriel["destinataire"] for courriel in donnees["e-mails"]} == {"jean.dupont@wanadoo.fr"}


def test_du_mot_de_passe_de_l_autre_parent_la_copie_ne_dit_rien(dupont):
    dupont.conjoint.compte = fabriques.CompteFactory(identifiant="jeanne")
    dupont.conjoint.email = "jeanne@example.org"
    dupont.conjoint.save()
    for adresse in ("jean.dupont@wanadoo.fr", "jeanne@example.org"):
        envoyer_liens(adresse)
    ecrits = Courriel.objects.filter(dossier=dupont.famille.pk)
    assert set(ecrits.values_list("destinataire", flat=True)) == {"jean.dupont@wanadoo.fr", "jeanne@example.org"}
    assert [courriel["destinataire"] for courriel in les_donnees(dupont)["e-mails"]] == ["jean.dupont@wanadoo.fr"]


def test_la_copie_dit_les_reservations(dupont, agent):
    planning(dupont.enfants[0], dupont.famille, par=agent)
    [inscription] = les_donnees(dupont)["inscriptions"]
    assert (inscription["enfant"], inscription["prestation"]) == ("Léa DUPONT", "Garderie matin")
    assert inscription["jours réguliers"] == []
    [reservation] = inscription["réservations"]
    assert (reservation["jour"], reservation["état"]) == ("2014-09-01", "Réservé")


def test_un_secret_d_une_demande_est_rendu_en_clair_a_qui_l_a_ecrit(dupont):
    deposer(dupont, "sanitaires", dupont.enfants[0], allergies="Arachide et sésame")
    [demande] = les_donnees(dupont)["demandes"]
    assert demande["demandé"]["allergies"] == "Arachide et sésame"
    assert demande["remplace"]["allergies"] == "Arachide"


def test_la_famille_d_a_cote_n_y_est_pas(dupont, martin, remplir):
    remplir(martin)
    remplir(dupont)
    texte = tout(telecharger(dupont))
    assert "Arachide" in texte
    for secret in ("MARTIN", "Sophie", "Pénicilline", "DE8937", "sophie.martin", "1001001818332", "AL-1.pdf"):
        assert secret not in texte


def test_en_garde_alternee_chacun_n_a_que_l_enfant_en_commun(dupont, martin, agent, remplir):
    lea = dupont.enfants[0]
    fabriques.RattachementFactory(famille=martin.famille, enfant=lea)
    planning(lea, dupont.famille, par=agent)
    remplir(dupont)
    archive = telecharger(martin)
    donnees = json.loads(archive.read("donnees.json"))
    assert [enfant["prénom"] for enfant in donnees["enfants"]] == ["Léa", "Tom"]
    assert donnees["enfants"][0]["fiche sanitaire"]["allergies"] == "Arachide"
    kinds = ("inscriptions", "demandes", "factures", "avoirs", "règlements", "conversations", "e-mails")
    assert {kind: donnees[kind] for kind in kinds} == {kind: [] for kind in kinds}
    assert archive.namelist() == ["donnees.json"]
    texte = tout(archive)
    for secret in (
        "Jeanne",
        "jean.dupont",
        "BONBONS",
        "FR1420041010050500013M02606",
        "1001001818331",
        "24350",
        "1234567",
    ):
        assert secret not in texte


def test_ni_mot_de_passe_ni_compte_de_l_autre_parent_ni_note_d_agent(dupont, regisseur, agent):
    autre = fabriques.CompteFactory(identifiant="jeanne.secrete")
    dupont.conjoint.compte = autre
    dupont.conjoint.save()
    paiement_en_ligne(dupont.famille).confirmer(motif="Vu sur le relevé du Trésor", par=regisseur)
    fil = Fil.ecrire_au_centre(dupont.titulaire, "Goûter", "Est-il fourni ?")
    fil.prendre_en_charge(agent)
    Courriel.objects.update(erreur="SMTP 550 boîte pleine")
    texte = tout(telecharger(dupont))
    absents = ("argon2", "jeanne.secrete", "Vu sur le relevé", "550", "suivi par", regisseur.identifiant, "Alice")
    assert [mot for mot in absents if mot in texte] == []
    assert PaiementEnLigne.objects.get().refdet in texte


def test_un_nom_de_piece_ne_mene_nulle_part_ailleurs(dupont):
    demande = changer_de_mobile(dupont)
    piece = PieceDeDemande.depuis(Fichier("../../etc/rib.pdf", TypeMime.PDF, PDF))
    piece.demande = demande
    piece.save()
    assert telecharger(dupont).namelist()[1] == f"demandes/{demande.pk}/{piece.pk}-.._.._etc_rib.pdf"


def test_un_fichier_perdu_n_empeche_pas_la_copie(dupont, remplir):
    remplir(dupont)
    default_storage.delete(Facture.objects.get().document.fichier.name)
    archive = telecharger(dupont)
    assert archive.testzip() is None
    assert "factures/AL-1.pdf" not in archive.namelist()


def test_la_copie_ne_reste_pas_sur_l_ordinateur(client, dupont):
    client.force_login(dupont.compte)
    reponse = client.get("/mon-compte/donnees/")
    reponse.getvalue()
    assert reponse.headers["Cache-Control"] == "private, no-store"
    assert reponse.headers["Content-Disposition"] == 'attachment; filename="mes-donnees-1001001818331.zip"'
    assert reponse.headers["Content-Type"] == "application/zip"


def test_un_grand_dossier_ne_coute_pas_plus_de_requetes_et_rien_n_est_ecrit(dupont, agent, remplir):
    remplir(dupont)
    planning(dupont.enfants[0], dupont.famille, par=agent)

    def requetes() -> list[str]:
        with CaptureQueriesContext(connection) as captees:
            CopieDuDossier(Famille.objects.get(pk=dupont.famille.pk), pour=dupont.titulaire)
        return [requete["sql"] for requete in captees]

    petit = requetes()
    cinq_cents_fils(dupont.famille, agent)
    for rang in range(12):
        enfant = fabriques.EnfantFactory(famille=dupont.famille)
        fabriques.VaccinationFactory(fiche=fabriques.FicheSanitaireFactory(enfant=enfant))
        du = date(2013, rang + 1, 1)
        facture(RegieFactory(), dupont.famille, "10.00", du, du, le=du)
        changer_de_mobile(dupont, f"06 11 22 33 {rang + 10}")
    grand = requetes()
    assert len(grand) == len(petit), grand
    assert {sql.split()[0] for sql in grand} == {"SELECT"}


def test_mon_compte_dit_ou_telecharger_ses_donnees(client, dupont):
    client.force_login(dupont.compte)
    assert 'href="/mon-compte/donnees/"' in client.get("/mon-compte/").content.decode()
