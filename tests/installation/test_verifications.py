"""What would shame a town is told by `check --deploy`; what means nothing is refused at start, by its name."""

import pytest
from django.core.checks import Error, Warning
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from planning.calendrier.manques import manques, verifier_le_calendrier
from planning.models import JourFerie, Vacances
from portail.installation import verifications
from portail.installation.environnement import Environnement
from portail.installation.verifications import verifier_l_installation, verifier_la_base

DITES = {
    "COMMUNE_NOM": "Ville",
    "CENTRE_NOM": "Centre social",
    "CENTRE_ADRESSE": "1 place de la Mairie",
    "CENTRE_TELEPHONE": "05 61 00 00 00",
    "CENTRE_COURRIEL": "accueil@ville.example",
    "CENTRE_HORAIRES": "le matin",
    "ZONE_SCOLAIRE": "C",
    "HEBERGEUR": "Ville",
    "DELEGUE_DONNEES_COURRIEL": "donnees@ville.example",
    "CODE_SOURCE": "https://forge.ville.example",
}


@pytest.fixture
def installation(settings, monkeypatch, tmp_path):
    """One that has nothing to be ashamed of."""
    for nom, valeur in DITES.items():
        monkeypatch.setenv(nom, valeur)
    settings.CENTRE_COURRIEL = DITES["CENTRE_COURRIEL"]
    settings.DELEGUE_DONNEES_COURRIEL = DITES["DELEGUE_DONNEES_COURRIEL"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.PORTAIL_ADRESSE, settings.ALLOWED_HOSTS = "https://famille.ville.example", ["famille.ville.example"]
    settings.COMMUNE_SITE, settings.PROXYS = "https://www.ville.example", 1
    settings.ETAT = settings.MEDIA_ROOT = settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()
    return settings


def dites() -> list[str]:
    return [message.id for message in verifier_l_installation()]


def test_une_installation_faite_selon_le_guide_n_a_rien_a_entendre(installation):
    assert dites() == []


@pytest.mark.parametrize("variable", DITES)
@pytest.mark.parametrize("vide", [True, False])
def test_ce_que_la_ville_n_a_pas_dit_se_dit(installation, monkeypatch, variable, vide):
    monkeypatch.setenv(variable, "") if vide else monkeypatch.delenv(variable)
    (message,) = verifier_l_installation()
    assert variable in message.msg
    loi = variable in {"HEBERGEUR", "DELEGUE_DONNEES_COURRIEL", "CODE_SOURCE"}
    assert isinstance(message, Warning if loi else Error)


@pytest.mark.parametrize(
    ("reglage", "valeur", "attendue"),
    [
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "portail.E003"),
        ("CENTRE_COURRIEL", "accueil", "portail.E004"),
        ("DELEGUE_DONNEES_COURRIEL", "M. Petit", "portail.E004"),
        ("ALLOWED_HOSTS", ["portail.ville.example"], "portail.E005"),
        ("ALLOWED_HOSTS", ["*"], "portail.W002"),
        ("COMMUNE_SITE", "www.ville.example", "portail.E008"),
        ("ETAT", "/usr/interdit", "portail.E009"),
        ("MEDIA_ROOT", "/usr/interdit/fichiers", "portail.E009"),
        ("STATIC_ROOT", "/nulle/part", "portail.E010"),
        ("PROXYS", 0, "portail.W003"),
    ],
)
def test_un_reglage_qui_ferait_honte_se_dit(installation, monkeypatch, reglage, valeur, attendue):
    # Root may write anywhere: what the portal's user may is asked of the system.
    monkeypatch.setattr(verifications.os, "access", lambda dossier, droits: str(dossier) != "/usr")
    setattr(installation, reglage, valeur)
    assert dites() == [attendue]


def test_un_nom_parmi_d_autres_ou_un_sous_domaine_suffit(installation):
    installation.ALLOWED_HOSTS = ["10.0.0.1", ".ville.example"]
    assert dites() == []


@pytest.mark.parametrize(
    ("ligne", "attendue"),
    [
        ((150000, "UTF8", True), []),
        ((140011, "UTF8", True), ["portail.E006"]),
        ((150006, "SQL_ASCII", True), ["portail.E007"]),
        ((150006, "UTF8", False), ["portail.E007"]),
    ],
)
def test_une_base_qui_ne_sait_pas_le_francais_se_dit(db, monkeypatch, ligne, attendue):
    assert verifier_la_base() == []
    monkeypatch.setattr(CursorWrapper, "fetchone", lambda curseur: ligne, raising=False)
    assert [message.id for message in verifier_la_base()] == attendue


def test_une_base_absente_ne_fait_pas_taire_le_reste(db, monkeypatch):
    def absente() -> None:
        raise OperationalError

    with monkeypatch.context() as panne:
        panne.setattr(connection, "cursor", absente)
        assert verifier_la_base() == []


class TestCalendrier:
    """Without it, nobody books Christmas."""

    pytestmark = pytest.mark.django_db

    def test_une_installation_neuve_n_a_pas_de_calendrier(self, time_machine):
        time_machine.move_to("2026-11-10T12:00:00+01:00")
        assert manques(timezone.localdate()) == ["Vacances scolaires 2026-2027, zone\u00a0C", "Jours fériés 2026-2027"]
        (vacances, feries) = verifier_le_calendrier()
        assert (vacances.id, feries.id) == ("planning.W001", "planning.W001")
        assert vacances.msg.startswith(
            "The calendar lacks Vacances scolaires 2026-2027, zone\u00a0C: run importer_calendrier"
        )

    def test_l_importer_suffit(self, time_machine, capsys):
        time_machine.move_to("2026-11-10T12:00:00+01:00")
        call_command("importer_calendrier")
        assert verifier_le_calendrier() == []

    def test_l_annee_prochaine_manque_des_l_ete(self, time_machine, capsys):
        time_machine.move_to("2026-06-10T12:00:00+02:00")
        call_command("importer_calendrier", annees=1)
        assert manques(timezone.localdate()) == []
        time_machine.move_to("2026-07-01T12:00:00+02:00")
        assert manques(timezone.localdate()) == ["Vacances scolaires 2026-2027, zone\u00a0C", "Jours fériés 2026-2027"]

    def test_une_requete(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert manques(timezone.localdate())

    def test_l_administration_le_dit_a_qui_l_ouvre(self, client, directrice, time_machine, capsys):
        time_machine.move_to("2026-11-10T12:00:00+01:00")
        client.force_login(directrice)
        phrase = "Calendrier incomplet"
        assert phrase in client.get("/admin/").text
        assert phrase in client.get("/admin/planning/vacances/").text
        call_command("importer_calendrier")
        assert phrase not in client.get("/admin/").text
        assert Vacances.objects.exists()
        assert JourFerie.objects.exists()


@pytest.mark.parametrize(
    ("lire", "valeur", "phrase"),
    [
        (lambda env: env.entier("X", 3), "beaucoup", "X must be a whole number."),
        (lambda env: env.entier("X", 3), "", "X must be a whole number."),
        (lambda env: env.entier("X", 3), "-1", "X must be a whole number."),
        (lambda env: env.choix("X", ("A", "B"), "A"), "D", "X must be one of A, B."),
        (
            lambda env: env.courrier("X", ""),
            "smtp+tls://moi:mot/de/passe@hote:587",
            "X must be smtp+tls:",
        ),
        (lambda env: env.courrier("X", ""), "pigeon://hote", "X must be smtp+tls:"),
        (lambda env: env.postgresql("X"), "sqlite:///base", "X must be postgres:"),
        (lambda env: env.postgresql("X"), "postgres://moi:mot/de/passe@hote/base", "X must be postgres:"),
        (lambda env: env.adresse("X", ""), "https://ville.example/portail/", "X must be https:// and the name"),
        (lambda env: env.adresse("X", ""), "ville.example", "X must be https:// and the name"),
        (lambda env: env.fuseau("X", ""), "Reunion", "X must be a time zone as Europe/Paris"),
        (lambda env: env.fuseau("X", ""), "../mot/de/passe", "X must be a time zone as Europe/Paris"),
        (lambda env: env.lue("X", "numbers", int, []), "1,deux", "X must be numbers."),
    ],
)
def test_une_valeur_qui_ne_veut_rien_dire_se_refuse_par_son_nom_et_ne_se_cite_pas(monkeypatch, lire, valeur, phrase):
    monkeypatch.setenv("X", valeur)
    with pytest.raises(ImproperlyConfigured) as refus:
        lire(Environnement())
    assert str(refus.value).startswith(phrase)
    assert "mot/de/passe" not in str(refus.value)


def test_une_liste_peut_avoir_des_espaces(monkeypatch):
    monkeypatch.setenv("X", "a.example, b.example,,")
    assert Environnement().liste("X") == ["a.example", "b.example"]


def test_un_courrier_vide_est_un_courrier_absent(monkeypatch):
    monkeypatch.setenv("X", "")
    assert Environnement().courrier("X", "filemail:////tmp")["EMAIL_FILE_PATH"] == "/tmp"
