"""Who has a backup and no key reads nothing of anybody's health or bank account, whatever way it came in."""

from io import StringIO
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import InternalError, transaction
from django.test import Client
from django.urls import reverse

from courriels.models import Courriel
from demandes.models import Decision, Demande
from famille.models import InformationsBancaires
from messagerie.models import Fil, Message
from planning.models import Reservation
from socle.fichiers.coffre import MARQUE
from tests.demandes.bureau import adresse, vu
from tests.demandes.jours import MERCREDIS, codes
from tests.demandes.outils import PDF, deposer, saisir
from tests.demandes.views.test_session_terminee import entrer, envoyer_trop_tard
from tests.socle.sauvegarde import deverser, formes, lisibles

pytestmark = pytest.mark.django_db

ALLERGIE, PROTOCOLE, ORDONNANCE = "Méthacholine", "Adrénaline à midi", "ordonnance-ventoline"
RAISON, PRECISION, CERTIFICAT = "Scarlatine déclarée", "Otite séreuse aussi", "certificat-oreillons"
REFUS_SANTE, REFUS_ABSENCE = "Protocole d’épilepsie à signer", "Coqueluche sans certificat"
TITULAIRE, BANQUE, IBAN, BIC = "Rosemonde PLAISANT", "Crédit des Îles", "DE89370400440532013000", "COBADEFFXXX"
MESSAGE, JOINTE = "Léa est suivie pour un diabète", "bilan-glycemie"
REPONSE, BROUILLON = "Nous gardons l’insuline au frais", "Bronchiolite depuis lundi"
CONTENU = "Salbutamol 100 microgrammes"
SANTE = [ALLERGIE, PROTOCOLE, ORDONNANCE, RAISON, PRECISION, CERTIFICAT, REFUS_SANTE, REFUS_ABSENCE, MESSAGE, JOINTE]
SECRETS = [*SANTE, REPONSE, BROUILLON, CONTENU, TITULAIRE, BANQUE, IBAN, "DE89 3704 0044", BIC]


def fichier(nom: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{nom}.pdf", PDF.replace(b"<<>>", f"<</Titre ({CONTENU})>>".encode()))


@pytest.fixture
def annee_ecoulee(parent, dupont, mercredis, directrice, jeudi_2_avril) -> None:
    """Everything that a famille and its centre may write of health and money, in every place that keeps it."""
    parent.force_login(dupont.compte)
    _demander_la_sante(parent, dupont)
    _declarer_une_absence(parent, dupont, mercredis)
    deposer(dupont, "bancaires", titulaire=TITULAIRE, banque=BANQUE, iban=IBAN, bic=BIC)
    nouveau = {"sujet": "Rendez-vous", "texte": MESSAGE, "pieces": [fichier(JOINTE)]}
    assert parent.post(reverse("messagerie:nouveau"), nouveau).status_code == 302
    bureau = Client()
    bureau.force_login(directrice)
    _decider(bureau)
    fil = Fil.objects.get(sujet="Rendez-vous")
    bureau.post(reverse("admin:messagerie_fil_change", args=[fil.pk]), {"texte": REPONSE})


def _demander_la_sante(parent, dupont) -> None:
    lea = dupont.enfants[0]
    champs = saisir(dupont, "sanitaires", lea, allergies=ALLERGIE) | {
        "avec-commentaire": PROTOCOLE,
        "avec-pieces": [fichier(ORDONNANCE)],
    }
    assert parent.post(reverse("demandes:nouvelle_enfant", args=[lea.pk, "sanitaires"]), champs).status_code == 302


def _declarer_une_absence(parent, dupont, mercredis) -> None:
    mercredis.prendre(MERCREDIS[:2], "reservee", par=dupont.compte)
    page = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "absence"])
    envoi = {
        "jours": codes(mercredis, MERCREDIS[:2]),
        "raison": RAISON,
        "avec-commentaire": PRECISION,
        "avec-pieces": [fichier(CERTIFICAT)],
    }
    assert parent.post(page, envoi).status_code == 302


def _decider(bureau: Client) -> None:
    sante, absence, banque = (Demande.objects.get(type=code) for code in ("sanitaires", "absence", "bancaires"))
    bureau.post(adresse("refus", sante), {"precision": REFUS_SANTE})
    bureau.post(adresse("refus", absence), {"precision": REFUS_ABSENCE})
    bureau.post(adresse("acceptation", banque), {"vu": vu(bureau, banque)})
    assert Decision.objects.count() == 3


def test_la_sauvegarde_ne_dit_rien_de_la_sante_ni_de_la_banque(annee_ecoulee):
    sauvegarde = deverser()

    assert lisibles(SECRETS, sauvegarde) == []
    # What is no secret is there: one who looks finds.
    assert lisibles(["DUPONT", "Léa", "Rendez-vous", "ALSH Mercredi journée"], sauvegarde) == [
        "DUPONT",
        "Léa",
        "Rendez-vous",
        "ALSH Mercredi journée",
    ]


def test_avec_la_cle_chacun_relit_ce_qu_il_a_ecrit(annee_ecoulee):
    _relire()


def test_une_autre_cle_prend_la_suite_sans_rien_changer_aux_decisions(annee_ecoulee, settings):
    """A decision never changes: only the key that wrote its words does."""
    settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode(), *settings.CLES_CHIFFREMENT]
    call_command("rechiffrer", stdout=StringIO())

    settings.CLES_CHIFFREMENT = settings.CLES_CHIFFREMENT[:1]
    call_command("rechiffrer", "--verifier", stdout=StringIO())
    _relire()
    with pytest.raises(InternalError, match="une_decision_ne_change_pas"), transaction.atomic():
        Decision.objects.update(motif="Autre chose")


def _relire() -> None:
    sante, absence = Demande.objects.get(type="sanitaires"), Demande.objects.get(type="absence")
    compte = InformationsBancaires.objects.get(famille=sante.famille)

    assert (sante.valeurs["allergies"], sante.commentaire, sante.decision.motif) == (ALLERGIE, PROTOCOLE, REFUS_SANTE)
    assert (absence.valeurs["raison"], absence.commentaire) == (RAISON, PRECISION)
    assert set(Reservation.objects.values_list("jour", flat=True)) == set(MERCREDIS[:2])
    assert {journee.motif for journee in Reservation.objects.all()} == {REFUS_ABSENCE}
    assert (compte.titulaire, compte.banque, compte.iban, compte.bic) == (TITULAIRE, BANQUE, IBAN, BIC)
    assert compte.iban_masque == "DE89 •••• •••• 3000"
    assert [message.texte for message in Message.objects.filter(fil__sujet="Rendez-vous")] == [MESSAGE, REPONSE]
    assert [piece.nom for piece in absence.pieces.all()] == [f"{CERTIFICAT}.pdf"]
    assert CONTENU.encode() in absence.pieces.get().fichier.read()
    decision = Courriel.objects.filter(cle=f"demande:{absence.pk}:decision").first()
    assert REFUS_ABSENCE in " ".join(decision.prive["phrases"])


def test_les_fichiers_des_familles_sont_au_coffre(annee_ecoulee):
    ecrits = [chemin for chemin in Path(settings.MEDIA_ROOT).rglob("*") if chemin.is_file()]

    assert len(ecrits) == 3
    assert all(chemin.read_bytes().startswith(MARQUE) for chemin in ecrits)


def test_une_saisie_interrompue_attend_sans_que_la_session_la_dise(parent, dupont, mercredis, jeudi_2_avril, settings):
    parent.force_login(dupont.compte)
    mercredis.prendre(MERCREDIS[:1], "reservee", par=dupont.compte)
    page = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "absence"])
    page = f"{page}?inscription={mercredis.pk}&jours=2015-04-08"
    envoi = {"jours": codes(mercredis, MERCREDIS[:1]), "raison": BROUILLON}
    porte = envoyer_trop_tard(parent, page, envoi)

    assert lisibles([BROUILLON], deverser()) == []
    assert BROUILLON in entrer(parent, porte)


def test_ce_qui_cherche_trouverait_un_mot_sous_toutes_ses_formes():
    mot = "Épilepsie"

    assert len(formes(mot)) >= 6
    for forme in formes(mot):
        assert lisibles([mot], b"avant " + forme + b" apres") == [mot]
