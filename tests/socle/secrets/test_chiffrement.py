"""Encryption at rest: PostgreSQL sees tokens, pages that show nothing decrypt nothing, keys rotate."""

from datetime import date
from functools import partial
from io import StringIO

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from famille.models import FicheSanitaire, InformationsBancaires, Vaccination
from socle.chiffrement import Chiffre, Secret
from socle.cles import (
    poser_le_temoin,
    refuser_d_autres_cles,
    verifier_les_cles,
    verifier_les_cles_de_la_base,
)
from socle.models import Temoin
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

    # Two bank accounts of four columns, two allergies, a doctor, a vaccine and its date, the witness of the keys.
    assert len(valeurs) == 14
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


@pytest.mark.parametrize("adresse", ["/", "/enfants/"])
def test_ces_pages_ne_dechiffrent_rien(client, dupont, dechiffrements, adresse):
    client.force_login(dupont.compte)

    assert client.get(adresse).status_code == 200
    assert dechiffrements == []


def test_mon_compte_ne_dechiffre_du_compte_bancaire_que_ce_qu_elle_montre(client, dupont, dechiffrements):
    client.force_login(dupont.compte)

    assert client.get("/mon-compte/").status_code == 200
    assert dechiffrements == ["DUPONT JEAN", "Banque postale", "PSSTFRPPTOU"]


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


class TestVerifier:
    """`manage.py rechiffrer --verifier`, after a restore, or before an old key goes."""

    def test_il_dit_ce_que_l_ancienne_cle_a_ecrit_et_n_ecrit_rien(self, dupont, martin, settings):
        settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode(), *settings.CLES_CHIFFREMENT]
        fabriques.FicheSanitaireFactory(allergies="Gluten")
        avant, sortie = colonnes_chiffrees(), StringIO()

        with CaptureQueriesContext(connection) as requetes:
            call_command("rechiffrer", "--verifier", stdout=sortie)

        assert colonnes_chiffrees() == avant
        assert {requete["sql"].split()[0] for requete in requetes} == {"SELECT"}
        assert not [requete for requete in requetes if "FOR UPDATE" in requete["sql"]]
        lignes = sortie.getvalue().replace("\xa0", " ").splitlines()
        assert "fiches sanitaires : 3 lignes, dont 2 d’une ancienne clé" in lignes

    def test_il_nomme_les_lignes_que_personne_ne_lit(self, dupont, martin, settings):
        fiche = FicheSanitaire.objects.get(enfant=dupont.enfants[0])
        autre = Secret(Fernet(Fernet.generate_key()).encrypt(b"Arachide").decode())
        FicheSanitaire.objects.filter(pk=fiche.pk).update(allergies=autre)
        erreurs = StringIO()

        with pytest.raises(CommandError, match=r"1\svaleur illisible"):
            call_command("rechiffrer", "--verifier", stdout=StringIO(), stderr=erreurs)
        dites = erreurs.getvalue().replace("\xa0", " ").splitlines()
        assert dites == [f"famille.FicheSanitaire {fiche.pk} : illisible (allergies)"]


class TestDAutresCles:
    """A backup restored with another town's keys."""

    @pytest.fixture
    def autre_cle(self, settings) -> None:
        settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode()]

    @pytest.mark.parametrize(
        "controle", [verifier_les_cles, partial(verifier_les_cles_de_la_base, databases=["default"])]
    )
    def test_la_verification_le_dit_meme_d_une_base_sans_famille(self, controle, settings):
        assert controle() == []
        settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode()]
        assert [erreur.id for erreur in controle()] == ["socle.E001"]

    @pytest.mark.parametrize("commande", [["check", "--deploy"], ["check", "--database", "default"], ["migrate"]])
    def test_chaque_commande_qui_precede_un_demarrage_le_dit_en_une_phrase(self, autre_cle, commande):
        # As the command line does, and `call_command` by itself does not.
        options = {"skip_checks": False} if commande == ["migrate"] else {}
        with pytest.raises(SystemCheckError) as refus:
            call_command(*commande, stdout=StringIO(), stderr=StringIO(), **options)
        assert str(refus.value).count("does not decrypt what this database holds: put back the key that wrote it") == 1

    @pytest.mark.parametrize("demarrer", [refuser_d_autres_cles, partial(call_command, "db_worker", "--batch")])
    def test_ni_le_serveur_ni_l_ouvrier_ne_demarrent(self, demarrer, autre_cle, settings, monkeypatch):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        monkeypatch.setattr(connection, "close", lambda: None)
        with pytest.raises(ImproperlyConfigured, match="does not decrypt what this database holds"):
            demarrer()

    def test_la_nouvelle_cle_devant_l_ancienne_ouvre_encore(self, settings):
        settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode(), *settings.CLES_CHIFFREMENT]
        assert verifier_les_cles() == []

    def test_une_base_d_avant_le_temoin_se_juge_a_ce_qu_elle_garde_puis_le_recoit(self, dupont, settings):
        Temoin.objects.all().delete()
        siennes = settings.CLES_CHIFFREMENT
        settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode()]
        poser_le_temoin()
        assert not Temoin.objects.exists()
        assert [erreur.id for erreur in verifier_les_cles()] == ["socle.E001"]

        settings.CLES_CHIFFREMENT = siennes
        assert verifier_les_cles() == []
        poser_le_temoin()
        poser_le_temoin()
        assert Temoin.objects.get().phrase == "portail famille"
