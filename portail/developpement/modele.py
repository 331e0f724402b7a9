"""The data model as Mermaid diagrams, one an app, read from the models themselves: `docs/modele.md`."""

from collections.abc import Iterator

from django.apps import AppConfig, apps
from django.db import models

# From the noun that all others hang on, to what hangs on it.
APPLICATIONS = ("socle", "courriels", "famille", "planning", "messagerie", "facturation", "demandes")

ENTETE = """\
# Data model

Made by `manage.py modele` from the models; a test fails when it is not current. A line with a fork at one end reads
"one, several"; a circle, that there may be none. `chiffre` is a column that PostgreSQL only ever sees encrypted.
"""

TYPES = {
    "BigAutoField": "cle",
    "BigIntegerField": "entier",
    "BinaryField": "octets",
    "BooleanField": "oui_non",
    "CharField": "texte",
    "DateField": "date",
    "DateTimeField": "moment",
    "DecimalField": "decimal",
    "EmailField": "texte",
    "FileField": "fichier",
    "GenericIPAddressField": "adresse",
    "IntegerField": "entier",
    "JSONField": "json",
    "JoursField": "jours",
    "PhoneNumberField": "telephone",
    "PositiveBigIntegerField": "entier",
    "PositiveIntegerField": "entier",
    "PositiveSmallIntegerField": "entier",
    "TextField": "texte",
    "TimeField": "heure",
    "TexteChiffre": "chiffre",
    "DateChiffree": "chiffre",
    "JsonChiffre": "chiffre",
    "ArrayField": "liste",
}


def dessiner() -> str:
    """The whole page, in Markdown."""
    presentes = [apps.get_app_config(nom) for nom in APPLICATIONS if apps.is_installed(nom)]
    return "\n".join([ENTETE, *("\n".join(_application(application)) for application in presentes)])


def _application(application: AppConfig) -> Iterator[str]:
    modeles = sorted(application.get_models(), key=lambda modele: modele.__name__)
    yield f"## {application.verbose_name}\n"
    yield "| model | in French | what it is |\n|---|---|---|"
    for modele in modeles:
        yield f"| `{modele.__name__}` | {modele._meta.verbose_name} | {_phrase(modele)} |"
    yield "\n```mermaid\nerDiagram"
    for modele in modeles:
        yield from _liens(modele)
    for modele in modeles:
        yield from _entite(modele)
    yield "```\n"


def _phrase(modele: type[models.Model]) -> str:
    """The first sentence of its docstring."""
    return " ".join((modele.__doc__ or "").split("\n\n")[0].split())


def _liens(modele: type[models.Model]) -> Iterator[str]:
    for champ in _champs(modele):
        if not isinstance(champ, models.ForeignKey):
            continue
        un = "|o" if champ.null else "||"
        plusieurs = "o|" if isinstance(champ, models.OneToOneField) else "o{"
        yield f'    {champ.related_model.__name__} {un}--{plusieurs} {modele.__name__}: "{champ.name}"'


def _entite(modele: type[models.Model]) -> Iterator[str]:
    yield f"    {modele.__name__} {{"
    for champ in _champs(modele):
        if champ.remote_field is None and not isinstance(champ, models.AutoField):
            yield f'        {TYPES[type(champ).__name__]} {champ.name} "{champ.verbose_name}"'
    yield "    }"


def _champs(modele: type[models.Model]) -> list[models.Field]:
    return list(modele._meta.concrete_fields)
