"""Who they are, and how to reach them: the two adults, the children, and what one must not forget of each child."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

import francais
from famille.alertes.alerte import SANTE, Alerte, alertes_d_assurance, lire_les_alertes
from famille.models import Compte, Enfant, Famille, Responsable

ASSURANCE = "famille.view_assurance"
LIEES = {"fiche_sanitaire": SANTE, "assurance": ASSURANCE}


@dataclass(frozen=True)
class Adulte:
    """`telephones`: their kind, the number as one dials it, as one reads it."""

    responsable: Responsable
    telephones: list[tuple[str, str, str]]
    adresse: str
    fiche: str

    @classmethod
    def de(cls, responsable: Responsable) -> "Adulte":
        numeros = (
            ("mobile", responsable.mobile),
            ("domicile", responsable.telephone_domicile),
            ("travail", responsable.telephone_professionnel),
        )
        ville = " ".join(filter(None, [responsable.code_postal, responsable.ville]))
        return cls(
            responsable,
            [(sorte, numero.as_rfc3966, francais.telephone(numero)) for sorte, numero in numeros if numero],
            ", ".join(filter(None, [responsable.adresse, ville])),
            reverse("admin:famille_responsable_change", args=[responsable.pk]),
        )

    @property
    def role(self) -> str:
        """« Titulaire, père, séparé »."""
        dits = [
            self.responsable.get_role_display(),
            self.responsable.get_qualite_display().lower(),
            self.responsable.situation_accordee.lower(),
        ]
        return ", ".join(filter(None, dits))


@dataclass(frozen=True)
class EnfantDuDossier:
    enfant: Enfant
    alertes: list[Alerte]
    ailleurs: list[Famille]
    fiche: str

    @property
    def presentation(self) -> str:
        """« 7 ans, née le 03/06/2007, CE1, École Jules-Ferry »."""
        enfant = self.enfant
        accord = {Enfant.Sexe.FILLE.value: "née", Enfant.Sexe.GARCON.value: "né"}.get(enfant.sexe, "né(e)")
        dits = [
            francais.pluriel(enfant.age_au(timezone.localdate()), "an"),
            f"{accord} le {francais.date_courte(enfant.date_naissance)}",
            enfant.get_classe_display(),
            str(enfant.ecole or ""),
        ]
        return ", ".join(filter(None, dits))


def adultes(famille: Famille) -> list[Adulte]:
    return [Adulte.de(responsable) for responsable in famille.responsables.all()]


def enfants(famille: Famille, *, pour: Compte) -> list[EnfantDuDossier]:
    """Health is read, and its reading noted, only for who may."""
    voit_l_assurance, aujourd_hui = pour.has_perm(ASSURANCE), timezone.localdate()
    liees = [nom for nom, droit in LIEES.items() if pour.has_perm(droit)]
    lus = list(famille.enfants.select_related("ecole", *liees).prefetch_related("familles"))
    alertes = lire_les_alertes(lus, pour=pour)
    return [
        EnfantDuDossier(
            enfant,
            [*alertes[enfant.pk], *(alertes_d_assurance(enfant, aujourd_hui) if voit_l_assurance else [])],
            [autre for autre in enfant.familles.all() if autre.pk != famille.pk],
            reverse("admin:famille_enfant_change", args=[enfant.pk]),
        )
        for enfant in lus
    ]
