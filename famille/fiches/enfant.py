"""A child's record, section by section."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists

import francais
from famille.fiches.section import Section, _champs, _telephone
from famille.models import Enfant, PieceDemandee, Tiers, Vaccination
from famille.models.certification.date_fixee import a_certifier_depuis
from socle.requetes.preparee import Preparee, inconnue

FICHES = Preparee(
    lambda: (
        Enfant.objects.filter(familles=inconnue("famille"), pk=inconnue("enfant"))
        .select_related("ecole", "assurance", "fiche_sanitaire")
        .annotate(pieces_demandees=Exists(PieceDemandee.objects.order_by().en_cours(inconnue("le"))))
    )
)
FICHES_DES_ENFANTS = Preparee(
    lambda: (
        Enfant.objects.filter(familles=inconnue("famille"))
        .select_related("ecole", "assurance", "fiche_sanitaire")
        .prefetch_related("tiers", "fiche_sanitaire__vaccinations")
        .annotate(a_certifier_depuis=a_certifier_depuis(inconnue("famille"), inconnue("le")))
    )
)
TIERS = Preparee(lambda: Tiers.objects.filter(enfant=inconnue("enfant")))
VACCINATIONS = Preparee(lambda: Vaccination.objects.filter(fiche=inconnue("fiche")))


def lire_fiche(famille: int, enfant: int, *, le: date) -> Enfant | None:
    """That child of that famille (their keys), with what its record says first, and whether the centre asks for
    documents on that day. None if it is not one of theirs."""
    return FICHES.premier(famille=famille, enfant=enfant, le=le)


def lire_les_fiches(famille: int, *, le: date) -> list[Enfant]:
    """Those of all its children, with all that `sections_lues` says: three queries. Annotated with since when the
    famille must certify its record, if it must on that day."""
    return FICHES_DES_ENFANTS.lire(famille=famille, le=le)


def sections_enfant(enfant: Enfant, *, au: date) -> list[Section]:
    """A child's record on a day. Reads its health data: only for pages that show them."""
    fiche = getattr(enfant, "fiche_sanitaire", None)
    vaccinations = VACCINATIONS.lire(fiche=fiche.pk) if fiche else []
    return _sections(enfant, TIERS.lire(enfant=enfant.pk), vaccinations, au)


def sections_lues(enfant: Enfant, *, au: date) -> list[Section]:
    """The same of a child of `lire_les_fiches`: no query."""
    fiche = getattr(enfant, "fiche_sanitaire", None)
    return _sections(enfant, enfant.tiers.all(), fiche.vaccinations.all() if fiche else [], au)


def _sections(enfant: Enfant, tiers: Iterable[Tiers], vaccinations: Iterable[Vaccination], au: date) -> list[Section]:
    return [
        _identite(enfant, au),
        *_tiers(tiers),
        *_sante(enfant, vaccinations),
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


def _tiers(tiers: Iterable[Tiers]) -> list[Section]:
    tous = list(tiers)

    def section(statut: str, code: str, titre: str, vide: str) -> Section:
        lignes = [[f"{t.prenom} {t.nom}", t.lien, _telephone(t.telephone)] for t in tous if t.statut == statut]
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


def _sante(enfant: Enfant, vaccinations: Iterable[Vaccination]) -> list[Section]:
    fiche = getattr(enfant, "fiche_sanitaire", None)

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
