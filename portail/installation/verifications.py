"""What `check --deploy` adds to Django's: each setting left as it comes that would shame a town, each that would fail.

An Error is what breaks pages, mail or money; a Warning, what the law or good sense asks. docs/exploitation.md has both.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError, connection
from django.http.request import split_domain_port, validate_host

from socle.reglages.centre import CENTRE
from socle.reglages.lecture import lire

# What letters, invoices and e-mails say of the centre. Residence, hence prices, is reckoned by the town's name.
DU_CENTRE = (
    "COMMUNE_NOM",
    "CENTRE_NOM",
    "CENTRE_ADRESSE",
    "CENTRE_TELEPHONE",
    "CENTRE_COURRIEL",
    "CENTRE_HORAIRES",
)
# What the law wants on « Mentions légales » and « Données personnelles »; the licence, in the foot of each page.
DE_LA_LOI = ("HEBERGEUR", "DELEGUE_DONNEES_COURRIEL", "CODE_SOURCE")
# What « Le centre » sets in the browser: the environment only says it first.
VARIABLES_REGLEES = (*DU_CENTRE, "HEBERGEUR", "DELEGUE_DONNEES_COURRIEL")
POSTGRESQL_MIN = 150000
INVENTAIRE = "staticfiles.json"  # what collectstatic writes last


def verifier_l_installation(app_configs: Sequence[AppConfig] | None = None, **options: object) -> list[CheckMessage]:
    """For `check --deploy`."""
    return [*_la_ville(), *_le_courrier(), *_les_adresses(), *_le_proxy(), *_les_fichiers()]


def verifier_la_base(app_configs: Sequence[AppConfig] | None = None, **options: object) -> list[CheckMessage]:
    """For `check --deploy`. A database that does not answer is told by whoever needs it."""
    try:
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT current_setting('server_version_num')::int, getdatabaseencoding(), upper('é') = 'É'"
            )
            version, encodage, majuscules = curseur.fetchone()
    except DatabaseError:
        return []
    messages: list[CheckMessage] = []
    if version < POSTGRESQL_MIN:
        messages.append(Error("PostgreSQL is older than 15.", id="portail.E006"))
    if encodage != "UTF8" or not majuscules:
        texte = (
            "The database does not know French letters: create it with the command of docs/exploitation.md (UTF8, ICU)."
        )
        messages.append(Error(texte, id="portail.E007"))
    return messages


def _la_ville() -> Iterator[CheckMessage]:
    if oublies := _oublies(DU_CENTRE):
        yield Error(f"Letters and invoices would name the town of the demonstration: set {oublies}.", id="portail.E001")
    if not os.environ.get("ZONE_SCOLAIRE"):
        yield Error("School holidays would be those of zone C: set ZONE_SCOLAIRE.", id="portail.E002")
    if oublies := _oublies(DE_LA_LOI):
        yield Warning(f"The legal pages are not complete: set {oublies}.", id="portail.W001")


def _le_courrier() -> Iterator[CheckMessage]:
    if not settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend"):
        yield Error("Nobody would get any e-mail: set EMAIL_URL to a server that carries them.", id="portail.E003")
    for nom in ("CENTRE_COURRIEL", "DELEGUE_DONNEES_COURRIEL"):
        if (adresse := getattr(settings, nom)) and not _est_une_adresse(adresse):
            yield Error(f"{nom} is not an e-mail address.", id="portail.E004")


def _les_adresses() -> Iterator[CheckMessage]:
    hote = split_domain_port(urlsplit(settings.PORTAIL_ADRESSE).netloc)[0]
    if not validate_host(hote, settings.ALLOWED_HOSTS):
        yield Error(
            "The links of e-mails would be refused: ALLOWED_HOSTS lacks the name in PORTAIL_ADRESSE.", id="portail.E005"
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Warning("Any name is taken for the portal's: name them in ALLOWED_HOSTS.", id="portail.W002")
    site = urlsplit(settings.COMMUNE_SITE)
    if settings.COMMUNE_SITE and (site.scheme not in {"http", "https"} or not site.netloc):
        yield Error("COMMUNE_SITE is not an address: begin it with https://.", id="portail.E008")


def _le_proxy() -> Iterator[CheckMessage]:
    if not settings.PROXYS:
        texte = (
            "PROXYS is 0: behind a reverse proxy, every page would redirect to itself, and everybody would seem to "
            "come from one address. Set it to how many stand in front."
        )
        yield Warning(texte, id="portail.W003")


def _les_fichiers() -> Iterator[CheckMessage]:
    for nom in ("ETAT", "MEDIA_ROOT"):
        dossier = Path(getattr(settings, nom))
        if not os.access(_qui_existe(dossier), os.W_OK | os.X_OK):
            yield Error(f"{nom}, {dossier}, is not a folder where the portal may write.", id="portail.E009")
    if not (Path(settings.STATIC_ROOT) / INVENTAIRE).exists():
        yield Error("Pages have neither style nor pictures yet: run collectstatic.", id="portail.E010")


def _qui_existe(dossier: Path) -> Path:
    """The folder, or the one in which it would be made."""
    while not dossier.exists() and dossier != dossier.parent:
        dossier = dossier.parent
    return dossier


def _oublies(variables: Sequence[str]) -> str:
    """Neither in the environment nor, once the direction has set the centre, in the database."""
    regles = VARIABLES_REGLEES if lire(CENTRE) else ()
    return ", ".join(nom for nom in variables if nom not in regles and not os.environ.get(nom, "").strip(" ,"))


def _est_une_adresse(texte: str) -> bool:
    try:
        validate_email(texte)
    except ValidationError:
        return False
    return True
