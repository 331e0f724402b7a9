"""Who they are, and how to reach them: the two adults, the children, and what one must not forget of each child."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

import francais
from famille.models import Compte, Enfant, Famille, LectureConfidentielle, Responsable, Tiers

SANTE = "famille.view_fichesanitaire"
TIERS = "famille.view_tiers"
ASSURANCE = "famille.view_assurance"


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
class Alerte:
    """`niveau`: « danger » (health, who must not fetch the child) or « attention »."""

    titre: str
    texte: str = ""
    niveau: str = "attention"


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
    """Health is read, and its reading noted, only for who may: one statement for all the children."""
    voit_la_sante, voit_les_tiers = pour.has_perm(SANTE), pour.has_perm(TIERS)
    voit_l_assurance = pour.has_perm(ASSURANCE)
    liees = [
        "ecole",
        *(["assurance"] if voit_l_assurance else []),
        *(["fiche_sanitaire"] if voit_la_sante else []),
    ]
    avec = ["familles", *(["tiers"] if voit_les_tiers else [])]
    lus = list(famille.enfants.select_related(*liees).prefetch_related(*avec))
    sante = {enfant.pk: list(_sante(enfant)) for enfant in lus} if voit_la_sante else {}
    LectureConfidentielle.objects.noter_les_fiches([enfant for enfant in lus if sante.get(enfant.pk)], par=pour)
    return [
        EnfantDuDossier(
            enfant,
            [
                *sante.get(enfant.pk, []),
                *(_interdits(enfant) if voit_les_tiers else []),
                *_a_savoir(enfant),
                *(_assurance(enfant, timezone.localdate()) if voit_l_assurance else []),
            ],
            [autre for autre in enfant.familles.all() if autre.pk != famille.pk],
            reverse("admin:famille_enfant_change", args=[enfant.pk]),
        )
        for enfant in lus
    ]


def _sante(enfant: Enfant) -> Iterator[Alerte]:
    fiche = getattr(enfant, "fiche_sanitaire", None)
    if fiche is None:
        return
    for titre, texte in (("Allergies", fiche.allergies), ("PAI", fiche.pai), ("Traitement", fiche.traitement)):
        if texte:
            yield Alerte(titre, texte, "danger")


def _interdits(enfant: Enfant) -> Iterator[Alerte]:
    for tiers in enfant.tiers.all():
        if tiers.statut == Tiers.Statut.INTERDIT:
            lien = f" ({tiers.lien})" if tiers.lien else ""
            yield Alerte("Ne peut être remis à", f"{tiers}{lien}", "danger")


def _a_savoir(enfant: Enfant) -> Iterator[Alerte]:
    if enfant.regime != Enfant.Regime.STANDARD:
        yield Alerte("Régime", enfant.get_regime_display())
    if not enfant.autorise_sortie_seul:
        yield Alerte("Ne part pas seul")


def _assurance(enfant: Enfant, le: date) -> Iterator[Alerte]:
    assurance = getattr(enfant, "assurance", None)
    if assurance is None:
        yield Alerte("Assurance", "aucune au dossier")
    elif assurance.est_expiree_au(le):
        yield Alerte("Assurance", f"expirée le {francais.date_courte(assurance.expire_le)}")
