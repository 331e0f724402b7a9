"""What models are called, as agents read it in the admin's pages, lists and histories: in French, accents included."""

from pathlib import Path

from django.apps import apps
from django.conf import settings

from francais import replier

# Written with an accent somewhere, without one elsewhere, and right both ways.
DES_DEUX_FACONS = {"a", "demande", "du"}


def _libelles() -> dict[str, str]:
    """{« Demande.deposee_par »: « déposée par »}, of every field of ours that has a name."""
    applications = [app for app in apps.get_app_configs() if Path(app.path).parent == Path(settings.BASE_DIR)]
    modeles = [modele for app in applications for modele in app.get_models()]
    champs = [(modele, champ) for modele in modeles for champ in modele._meta.get_fields()]
    nommes = [(modele, champ) for modele, champ in champs if hasattr(champ, "verbose_name")]
    return {f"{modele.__name__}.{champ.name}": str(champ.verbose_name) for modele, champ in nommes}


def mots_sans_accent() -> set[str]:
    """« déposée le » tells how « deposee par » is written: a field without a name has that of its identifier."""
    mots = {mot for libelle in _libelles().values() for mot in libelle.lower().split()}
    return {replier(mot) for mot in mots if mot.isalpha() and not mot.isascii()} - DES_DEUX_FACONS


def test_un_mot_accentue_quelque_part_l_est_partout():
    libelles, accentues = _libelles(), mots_sans_accent()
    assert accentues
    fautes = {nom: libelle for nom, libelle in libelles.items() if accentues & set(libelle.lower().split())}
    assert fautes == {}


def test_un_participe_de_deux_e_a_son_accent():
    fautes = {nom: texte for nom, texte in _libelles().items() if any(mot.endswith("ee") for mot in texte.split())}
    assert fautes == {}
