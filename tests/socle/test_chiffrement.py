"""Encryption at rest: PostgreSQL sees tokens, pages that show nothing decrypt nothing, keys rotate."""

from datetime import date
from io import StringIO

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from famille.models import FicheSanitaire, InformationsBancaires, Vaccination
from socle.chiffrement import Chiffre, Secret
from socle.cles import refuser_d_autres_cles, verifier_les_cles
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def dechiffrements(monkeypatch) -> list[str]:
    """The clear texts read from now on."""
    lus = []
    en_clair = Secret.en_clair

    def compter(secret: Secret) -> str:
        lus.append(en_clair(secret))
        return lus[-1]

    monkeypatch.setattr(Secret, "en_clair", compter)
    return lus


def colonnes_chiffrees() -> dict[tuple[str, str], list[str]]:
    """Every encrypted column as PostgreSQL holds it: `{(table, column): values that are not empty}`."""
    colonnes = {}
    for modele in apps.get_models():
        for champ in modele._meta.local_concrete_fields:
            if isinstance(champ, Chiffre):
                table = modele._meta.db_table
                with connection.cursor() as curseur:
                    curseur.execute(f'SELECT "{champ.column}" FROM "{table}" WHERE "{champ.column}" <> %s', [""])
                    colonnes[table, champ.column] = [valeur for (valeur,) in curseur.fetchall()]
    return colonnes


def test_la_base_ne_contient_que_des_jetons(dupont, martin):
    valeurs = [valeur for colonne in colonnes_chiffrees().values() for valeur in colonne]

    assert len(valeurs) == 7  # two IBANs, two allergies, a doctor, a vaccine and its date
    assert all(valeur.startswith("gAAAAA") for valeur in valeurs)


def test_un_secret_ne_se_montre_pas_par_megarde(dupont):
    secret = Secret.de("Arachide")

    assert (str(secret), f"{secret}") == ("••••", "••••")


def test_charger_une_ligne_ne_dechiffre_rien(dupont, dechiffrements):
    fiche = FicheSanitaire.objects.get(enfant=dupont.enfants[0])

    assert dechiffrements == []
    assert fiche.allergies == "Arachide"
    assert dechiffrements == ["Arachide"]


def test_un_secret_est_enregistre_tel_quel(dupont, dechiffrements):
    jeton = Secret.de("Gluten")
    FicheSanitaire.objects.filter(enfant=dupont.enfants[0]).update(allergies=jeton)

    assert dechiffrements == []
    assert FicheSanitaire.objects.get(enfant=dupont.enfants[0]).allergies == "Gluten"


@pytest.mark.parametrize("adresse", ["/", "/mon-compte/", "/enfants/"])
def test_ces_pages_ne_dechiffrent_rien(client, dupont, dechiffrements, adresse):
    client.force_login(dupont.compte)

    assert client.get(adresse).status_code == 200
    assert dechiffrements == []


def test_mon_compte_montre_l_iban_masque(client, dupont):
    client.force_login(dupont.compte)

    page = client.get("/mon-compte/").content.decode()

    assert "FR14 •••• •••• 2606" in page
    assert "FR1420041010050500013M02606" not in page.replace(" ", "")


def test_la_fiche_de_son_enfant_montre_ses_donnees_sanitaires(client, dupont, dechiffrements):
    client.force_login(dupont.compte)

    page = client.get(f"/enfants/{dupont.enfants[0].pk}/").content.decode()

    assert "Arachide" in page
    assert "Arachide" in dechiffrements


class TestRechiffrer:
    """`manage.py rechiffrer`, once a new key is put first."""

    @pytest.fixture
    def cles(self, settings) -> tuple[str, str]:
        """The old key and the new one, both in force."""
        ancienne, nouvelle = settings.CLES_CHIFFREMENT[0], Fernet.generate_key().decode()
        settings.CLES_CHIFFREMENT = [nouvelle, ancienne]
        return ancienne, nouvelle

    def test_l_ancienne_cle_peut_ensuite_disparaitre(self, dupont, martin, cles, settings):
        sortie = StringIO()
        call_command("rechiffrer", stdout=sortie)
        settings.CLES_CHIFFREMENT = [cles[1]]

        assert {b.famille: b.iban for b in InformationsBancaires.objects.all()} == {
            dupont.famille: "FR1420041010050500013M02606",
            martin.famille: "DE89370400440532013000",
        }
        assert {f.enfant: (f.allergies, f.medecin_nom) for f in FicheSanitaire.objects.all()} == {
            dupont.enfants[0]: ("Arachide", "Dr PETIT"),
            martin.enfants[0]: ("Pénicilline", ""),
        }
        assert [(v.vaccin, v.date) for v in Vaccination.objects.all()] == [("DTP", date(2014, 3, 12))]
        lignes = set(sortie.getvalue().replace("\xa0", " ").splitlines())
        assert lignes >= {
            "fiches sanitaires : 2 lignes",
            "informations bancaires : 2 lignes",
            "vaccinations : 1 ligne",
        }

    def test_sans_rechiffrer_l_ancienne_cle_manquerait(self, dupont, cles, settings):
        settings.CLES_CHIFFREMENT = [cles[1]]

        with pytest.raises(InvalidToken):
            InformationsBancaires.objects.get(famille=dupont.famille).iban  # noqa: B018 — reading decrypts

    def test_aucune_colonne_n_est_oubliee(self, dupont, cles):
        avant = colonnes_chiffrees()
        call_command("rechiffrer", stdout=StringIO())
        apres = colonnes_chiffrees()

        nouvelle = Fernet(cles[1])
        assert {colonne: len(valeurs) for colonne, valeurs in apres.items()} == {
            colonne: len(valeurs) for colonne, valeurs in avant.items()
        }
        assert all(nouvelle.decrypt(valeur.encode()) for valeurs in apres.values() for valeur in valeurs)

    def test_il_procede_par_lots(self, monkeypatch, cles, settings):
        monkeypatch.setattr("socle.management.commands.rechiffrer.LOT", 2)
        fiches = [fabriques.FicheSanitaireFactory(allergies=f"Allergie {n}") for n in range(5)]
        call_command("rechiffrer", stdout=StringIO())
        settings.CLES_CHIFFREMENT = [cles[1]]

        relues = FicheSanitaire.objects.filter(pk__in=[f.pk for f in fiches]).order_by("pk")
        assert [f.allergies for f in relues] == [f"Allergie {n}" for n in range(5)]

    def test_une_valeur_illisible_est_nommee_et_reste_intacte(self, dupont, settings):
        avant = colonnes_chiffrees()
        settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode()]

        with pytest.raises(CommandError, match=r"famille\.\w+ \d+"):
            call_command("rechiffrer", stdout=StringIO())
        assert colonnes_chiffrees() == avant


class TestDAutresCles:
    """A backup restored with another town's keys."""

    def test_elles_sont_dites_au_demarrage_et_a_la_verification(self, dupont, settings):
        fabriques.FicheSanitaireFactory(allergies="Arachide")
        assert verifier_les_cles() == []
        settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode()]
        assert [erreur.id for erreur in verifier_les_cles()] == ["socle.E001"]

    def test_une_base_vide_n_en_dit_rien(self, db, settings):
        settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode()]
        assert verifier_les_cles() == []

    def test_le_serveur_refuse_de_demarrer(self, dupont, settings, monkeypatch):
        fabriques.FicheSanitaireFactory(allergies="Arachide")
        monkeypatch.setattr(connection, "close", lambda: None)
        refuser_d_autres_cles()
        settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode()]
        with pytest.raises(ImproperlyConfigured, match="does not decrypt what this database holds"):
            refuser_d_autres_cles()
