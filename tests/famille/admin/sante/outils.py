"""The pages of a health record, and what they send."""

from django.urls import reverse

from famille.models import FicheSanitaire, LectureConfidentielle


def page(fiche: FicheSanitaire, nom: str = "change") -> str:
    return reverse(f"admin:famille_fichesanitaire_{nom}", args=[fiche.pk])


LISTE = "admin:famille_fichesanitaire_changelist"


def saisie(fiche: FicheSanitaire, **champs: str) -> dict[str, object]:
    """The record's page as a browser sends it back, with these changes."""
    vaccination = fiche.vaccinations.get()
    texte = ["medecin_nom", "medecin_telephone", "medecin_adresse", "allergies", "pai", "traitement"]
    texte += ["lunettes", "appareils", "observations"]
    return {
        **{nom: getattr(fiche, nom) for nom in texte},
        "vaccinations-TOTAL_FORMS": 1,
        "vaccinations-INITIAL_FORMS": 1,
        "vaccinations-0-id": vaccination.pk,
        "vaccinations-0-fiche": fiche.pk,
        "vaccinations-0-vaccin": "DTP",
        "vaccinations-0-date": "12/03/2014",
        **champs,
    }


def lectures() -> list[tuple[str, str]]:
    return list(LectureConfidentielle.objects.order_by("pk").values_list("enfant_nom", "par_identifiant"))
