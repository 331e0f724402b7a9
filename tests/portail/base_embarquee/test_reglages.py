"""Production refuses to start half-configured; well configured, Django has nothing to add."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

RACINE = Path(__file__).resolve().parents[3]
# Without what `check --deploy` would have to say: tests/installation/test_verifications.py.
PRODUCTION = {
    "PORTAIL_MODE": "production",
    "SECRET_KEY": "".join(chr(c) for c in range(48, 108)),
    "CLES_CHIFFREMENT": Fernet.generate_key().decode(),
    "DATABASE_URL": "postgres://portail@localhost/portail",
    "ALLOWED_HOSTS": "portail.example",
    "PORTAIL_ADRESSE": "https://portail.example",
    "PROXYS": "1",
    "EMAIL_URL": "smtp+tls://portail:essai@smtp.example:587",
    "COMMUNE_NOM": "Ville",
    "ZONE_SCOLAIRE": "C",
    "CENTRE_NOM": "Centre social",
    "CENTRE_ADRESSE": "1 place de la Mairie,31000 Ville",
    "CENTRE_TELEPHONE": "05 61 00 00 00",
    "CENTRE_COURRIEL": "accueil@ville.example",
    "CENTRE_HORAIRES": "du lundi au vendredi",
    "HEBERGEUR": "Ville",
    "DELEGUE_DONNEES_COURRIEL": "donnees@ville.example",
    "CODE_SOURCE": "https://forge.example",
}


def manage(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=RACINE,
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_la_production_complete_ne_souleve_aucun_avertissement(tmp_path: Path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").touch()
    resultat = manage("check", "--deploy", "--fail-level", "WARNING", env=PRODUCTION | {"ETAT": str(tmp_path)})
    assert resultat.stdout == "System check identified no issues (0 silenced).\n"
    # Nothing else: cron would post it at each run.
    assert (resultat.returncode, resultat.stderr) == (0, "")


@pytest.mark.parametrize(
    "variable", ["SECRET_KEY", "CLES_CHIFFREMENT", "DATABASE_URL", "ALLOWED_HOSTS", "PORTAIL_ADRESSE"]
)
@pytest.mark.parametrize("vide", [True, False])
def test_la_production_refuse_de_demarrer_sans(variable: str, vide: bool):
    env = {nom: valeur for nom, valeur in PRODUCTION.items() if nom != variable} | ({variable: ""} if vide else {})
    resultat = manage("check", env=env)
    assert resultat.returncode != 0
    assert resultat.stderr.splitlines()[-1].startswith(
        f"django.core.exceptions.ImproperlyConfigured: {variable} is missing: set it to "
    )


def test_la_production_refuse_la_fausse_page_du_tresor():
    resultat = manage("check", env=PRODUCTION | {"TIPI_FACTICE": "1"})
    assert resultat.returncode != 0
    assert "TIPI_FACTICE is set: the stand-in" in resultat.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("variable", "valeur", "phrase"),
    [
        ("CLES_CHIFFREMENT", "abc", "CLES_CHIFFREMENT holds what is no key"),
        ("CLES_CHIFFREMENT", f"{'A' * 43}=,é", "CLES_CHIFFREMENT holds what is no key"),
        ("PORTAIL_ADRESSE", "http://127.0.0.1:8000", "PORTAIL_ADRESSE must begin with https://"),
        ("PORTAIL_ADRESSE", "https://ville.example/portail", "PORTAIL_ADRESSE must be https:// and the name"),
        ("ALLOWED_HOSTS", ",", "ALLOWED_HOSTS is missing"),
        ("ZONE_SCOLAIRE", "D", "ZONE_SCOLAIRE must be one of A, B, C."),
        ("PROXYS", "oui", "PROXYS must be a whole number."),
        ("EMAIL_URL", "pigeon://colombier", "EMAIL_URL must be smtp+tls://"),
        ("DATABASE_URL", "sqlite:///base", "DATABASE_URL must be postgres://"),
        ("TIPI_RESEAUX", "Trésor", "TIPI_RESEAUX must be networks as 192.0.2.0/24."),
        ("LOG_LEVEL", "bavard", "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL."),
    ],
)
def test_la_production_refuse_ce_qui_ne_va_pas(variable: str, valeur: str, phrase: str):
    resultat = manage("check", env=PRODUCTION | {variable: valeur})
    assert resultat.returncode != 0
    assert resultat.stderr.splitlines()[-1].startswith(f"django.core.exceptions.ImproperlyConfigured: {phrase}")


def test_un_mode_oublie_vaut_production(tmp_path: Path):
    """Copied without its `.env`, the project is in production and asks for its variables."""
    (tmp_path / "portail" / "installation").mkdir(parents=True)
    environnement = [f"installation/{nom}" for nom in ("__init__.py", "environnement.py")]
    for nom in ("__init__.py", "settings.py", "journal.py", *environnement):
        (tmp_path / "portail" / nom).write_text((RACINE / "portail" / nom).read_text())
    resultat = subprocess.run(
        [sys.executable, "-c", "import portail.settings"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert resultat.returncode != 0
    assert "SECRET_KEY is missing" in resultat.stderr


def test_un_mode_inconnu_est_refuse():
    resultat = manage("check", env=PRODUCTION | {"PORTAIL_MODE": "prod"})
    assert resultat.stderr.splitlines()[-1].endswith("PORTAIL_MODE must be production, demo or developpement.")
