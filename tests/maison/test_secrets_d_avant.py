"""What a version that encrypted less had left in clear is encrypted by its upgrade, nothing lost; and the way back."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from courriels.models import Courriel
from demandes.models import Demande
from famille.models import InformationsBancaires
from messagerie.models import Message
from planning.models import Reservation
from tests.socle.sauvegarde import deverser, lisibles

AVANT = [
    ("courriels", "0004_libelles"),
    ("demandes", "0007_expirees"),
    ("famille", "0010_libelles"),
    ("messagerie", "0007_libelles"),
    ("planning", "0009_prevenue"),
]
RAISON, PRECISION, REFUS = "Scarlatine déclarée", "Otite séreuse aussi", "Coqueluche sans certificat"
IBAN, TITULAIRE, BANQUE, BIC = "DE89370400440532013000", "Rosemonde PLAISANT", "Crédit des Îles", "COBADEFFXXX"
MESSAGE, CERTIFICAT = "Léa est suivie pour un diabète", "certificat-oreillons.pdf"
SECRETS = [RAISON, PRECISION, REFUS, TITULAIRE, BANQUE, BIC, MESSAGE, CERTIFICAT]
# More rows than a batch of the test.
NOMBRE = 5


def _peupler(anciens) -> None:
    """As the former version wrote them."""
    famille = anciens.get_model("famille", "Famille").objects.create(numero="1001001818331")
    enfant = anciens.get_model("famille", "Enfant").objects.create(
        nom="DUPONT", prenom="Léa", date_naissance=date(2007, 6, 3)
    )
    anciens.get_model("famille", "Rattachement").objects.create(famille=famille, enfant=enfant)
    anciens.get_model("famille", "InformationsBancaires").objects.create(
        famille=famille, titulaire=TITULAIRE, banque=BANQUE, iban=IBAN, bic=BIC
    )
    _demander(anciens, famille, enfant)
    _reserver(anciens, famille, enfant)
    fil = anciens.get_model("messagerie", "Fil").objects.create(famille=famille, sujet="Rendez-vous")
    message = anciens.get_model("messagerie", "Message").objects.create(
        fil=fil, signature="Jean", du_centre=False, texte=MESSAGE
    )
    anciens.get_model("messagerie", "Piece").objects.create(message=message, **_fichier())
    anciens.get_model("courriels", "Courriel").objects.create(
        cle="demande:1:decision",
        destinataire="jean@example.org",
        gabarit="demande_decidee",
        contexte={"phrases": [REFUS], "chemin": "/demandes/1/"},
    )


def _demander(anciens, famille, enfant) -> None:
    demandes = anciens.get_model("demandes", "Demande").objects
    decisions = anciens.get_model("demandes", "Decision").objects
    for n in range(NOMBRE):
        jours = {"jours": [f"1:2015-04-{n + 1:02}"], "prestations": {"1": "Garderie"}}
        absence = demandes.create(
            famille=famille, enfant=enfant, type="absence", donnees=jours | {"raison": RAISON}, commentaire=PRECISION
        )
        decisions.create(demande=absence, verdict="refusee", motif=f"{REFUS} {n}")
        anciens.get_model("demandes", "Piece").objects.create(demande=absence, **_fichier())
    demandes.create(
        famille=famille,
        type="bancaires",
        donnees={"titulaire": TITULAIRE, "bic": BIC},
        avant={"titulaire": "", "bic": ""},
        secret={"donnees": {"iban": IBAN}, "avant": {"iban": ""}},
    )


def _reserver(anciens, famille, enfant) -> None:
    modele = {nom: anciens.get_model("planning", nom).objects for nom in ("Structure", "Prestation", "Inscription")}
    structure = modele["Structure"].create(nom="Accueil")
    prestation = modele["Prestation"].create(
        structure=structure, nom="Garderie", heure_debut="07:30", heure_fin="08:30"
    )
    inscription = modele["Inscription"].create(
        enfant=enfant, prestation=prestation, famille=famille, du=date(2014, 9, 1)
    )
    journees = anciens.get_model("planning", "Reservation").objects
    for jour, etat, motif in [(1, "absence_demandee", RAISON), (2, "refusee", REFUS), (3, "reservee", "")]:
        journees.create(
            inscription=inscription, prestation=prestation, jour=date(2015, 4, jour), etat=etat, motif=motif
        )


def _fichier() -> dict:
    fichier = {"nom": CERTIFICAT, "type_mime": "application/pdf", "taille": 1, "empreinte": "0" * 64}
    return fichier | {"fichier": "pieces/ab/ab.pdf"}


@pytest.mark.long
@pytest.mark.lent
def test_ce_qui_etait_en_clair_est_chiffre_sans_se_perdre_et_revient(migrations, monkeypatch):
    """Both ways at once: each takes half a minute."""
    monkeypatch.setattr("socle.colonnes.LOT", 2)
    _peupler(migrations(AVANT))
    assert lisibles(SECRETS, deverser()) == SECRETS

    call_command("migrate", verbosity=0)
    assert lisibles(SECRETS, deverser()) == []
    _verifier()

    migrations(AVANT)
    assert lisibles(SECRETS, deverser()) == SECRETS
    _verifier_le_retour()


def _verifier() -> None:
    absences = list(Demande.objects.filter(type="absence").order_by("pk"))
    assert [absence.valeurs["raison"] for absence in absences] == [RAISON] * NOMBRE
    assert {tuple(absence.donnees) for absence in absences} == {("jours", "prestations")}
    assert {absence.commentaire for absence in absences} == {PRECISION}
    assert [absence.decision.motif for absence in absences] == [f"{REFUS} {n}" for n in range(NOMBRE)]
    assert {absence.pieces.get().nom for absence in absences} == {CERTIFICAT}
    assert len({absence.pieces.get().empreinte for absence in absences}) == NOMBRE
    banque = Demande.objects.get(type="bancaires")
    assert banque.donnees == banque.avant == {}
    assert banque.valeurs == {"titulaire": TITULAIRE, "bic": BIC, "iban": IBAN}
    assert banque.valeurs_avant == {"titulaire": "", "bic": "", "iban": ""}
    compte = InformationsBancaires.objects.get()
    assert (compte.titulaire, compte.banque, compte.iban, compte.bic) == (TITULAIRE, BANQUE, IBAN, BIC)
    assert [journee.motif for journee in Reservation.objects.order_by("jour")] == [RAISON, REFUS, ""]
    assert Message.objects.get().texte == MESSAGE
    courriel = Courriel.objects.get()
    assert (courriel.contexte, courriel.prive) == ({"chemin": "/demandes/1/"}, {"phrases": [REFUS]})


def _verifier_le_retour() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT donnees->>'raison', commentaire FROM demandes_demande WHERE type = 'absence'")
        assert curseur.fetchall() == [(RAISON, PRECISION)] * NOMBRE
        curseur.execute("SELECT contexte->'phrases'->>0 FROM courriels_courriel")
        assert curseur.fetchall() == [(REFUS,)]
