"""A child's record, section by section."""

from datetime import date

import francais
from famille.fiches.section import Section, _champs, _telephone
from famille.models import Enfant, Tiers, Vaccination
from socle.requetes.preparee import Preparee, inconnue

FICHES = Preparee(
    lambda: Enfant.objects.filter(familles=inconnue("famille"), pk=inconnue("enfant")).select_related(
        "ecole", "assurance", "fiche_sanitaire"
    )
)
TIERS = Preparee(lambda: Tiers.objects.filter(enfant=inconnue("enfant")))
VACCINATIONS = Preparee(lambda: Vaccination.objects.filter(fiche=inconnue("fiche")))


def lire_fiche(famille: int, enfant: int) -> Enfant | None:
    """That child of that famille (their keys), with what its record says first. None if it is not one of theirs."""
    return FICHES.premier(famille=famille, enfant=enfant)


def sections_enfant(enfant: Enfant, *, au: date) -> list[Section]:
    """A child's record on a day. Reads its health data: only for pages that show them."""
    return [
        _identite(enfant, au),
        *_tiers(enfant),
        *_sante(enfant),
        Section("regime", "Régime alimentaire", _champs(("Régime", enfant.get_regime_display()))),
        Section(
            "autorisations",
            "Autorisations",
            _champs(
                ("Droit à l’image", francais.oui_non(enfant.autorise_image)),
                ("Peut partir seul", francais.oui_non(enfant.autorise_sortie_seul)),
                ("Transport en car ou en véhicule du centre", francais.oui_non(enfant.autorise_transport)),
                ("Hospitalisation en cas d’urgence", francais.oui_non(enfant.autorise_hospitalisation)),
            ),
        ),
        _assurance(enfant, au),
    ]


def _identite(enfant: Enfant, au: date) -> Section:
    return Section(
        "identite",
        "Identité et scolarité",
        _champs(
            ("Nom", enfant.nom),
            ("Prénom", enfant.prenom),
            ("Sexe", enfant.get_sexe_display()),
            ("Date de naissance", francais.date_courte(enfant.date_naissance)),
            ("Âge", francais.pluriel(enfant.age_au(au), "an")),
            ("École", str(enfant.ecole or "")),
            ("Classe", enfant.get_classe_display()),
        ),
    )


def _tiers(enfant: Enfant) -> list[Section]:
    tiers = TIERS.lire(enfant=enfant.pk)

    def section(statut: str, code: str, titre: str, vide: str) -> Section:
        lignes = [[f"{t.prenom} {t.nom}", t.lien, _telephone(t.telephone)] for t in tiers if t.statut == statut]
        return Section(code, titre, colonnes=["Personne", "Lien avec l’enfant", "Téléphone"], lignes=lignes, vide=vide)

    return [
        section(
            "autorise",
            "personnes-autorisees",
            "Personnes autorisées à venir chercher l’enfant",
            "En dehors de ses responsables, personne n’est autorisé à venir chercher l’enfant.",
        ),
        section(
            "interdit",
            "personnes-interdites",
            "Personnes interdites",
            "Aucune interdiction de venir chercher l’enfant n’est enregistrée.",
        ),
    ]


def _sante(enfant: Enfant) -> list[Section]:
    fiche = getattr(enfant, "fiche_sanitaire", None)
    vaccinations = VACCINATIONS.lire(fiche=fiche.pk) if fiche else []

    def valeur(nom: str) -> str:
        return getattr(fiche, nom) if fiche else ""

    medecin = _champs(
        ("Médecin traitant", valeur("medecin_nom")),
        ("Téléphone", _telephone(valeur("medecin_telephone"))),
        ("Adresse", valeur("medecin_adresse")),
    )
    sanitaires = _champs(
        ("Allergies", valeur("allergies")),
        ("PAI (projet d’accueil individualisé)", valeur("pai")),
        ("Traitement en cours", valeur("traitement")),
        ("Port de lunettes", valeur("lunettes")),
        ("Appareils (dentaire, auditif…)", valeur("appareils")),
        ("Observations", valeur("observations")),
    )
    return [
        Section("medecin", "Médecin", medecin),
        Section("sanitaires", "Données sanitaires", sanitaires),
        Section(
            "vaccins",
            "Vaccins",
            colonnes=["Vaccin", "Dernier rappel"],
            lignes=[[v.vaccin, francais.date_courte(v.date) if v.date else ""] for v in vaccinations],
            vide="Aucun vaccin n’est enregistré.",
        ),
    ]


def _assurance(enfant: Enfant, au: date) -> Section:
    assurance = getattr(enfant, "assurance", None)
    if assurance is None:
        return Section("assurance", "Assurance", alerte="Aucune attestation d’assurance n’est enregistrée.")
    champs = _champs(
        ("Compagnie", assurance.compagnie),
        ("Numéro de contrat", assurance.numero_contrat),
        ("Valable jusqu’au", francais.date_courte(assurance.expire_le)),
    )
    expiree = "Cette assurance est expirée\u00a0: transmettez la nouvelle attestation."
    return Section("assurance", "Assurance", champs, alerte=expiree if assurance.est_expiree_au(au) else "")
