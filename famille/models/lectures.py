"""The journal of readings: which agent read what is confidential (health, a bank account, a reason), and when.

Who may read it: `famille/droits.py`.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from .compte import Compte
from .enfant import Enfant
from .famille import Famille

NOM_MAX = 200
# Set by set, in one statement: what the same agent has read of the same child since that instant is not said again.
UNE_FOIS = """
    INSERT INTO famille_lectureconfidentielle (enfant_id, enfant_nom, objet, par_id, par_identifiant, le)
    SELECT lu.enfant, lu.nom, %(objet)s, %(par)s, %(identifiant)s, %(le)s
    FROM unnest(%(enfants)s::bigint[], %(noms)s::text[]) AS lu(enfant, nom)
    WHERE NOT EXISTS (
        SELECT FROM famille_lectureconfidentielle deja
        WHERE deja.enfant_id = lu.enfant AND deja.par_id = %(par)s AND deja.objet = %(objet)s AND deja.le >= %(depuis)s
    )
"""
FICHE = "Fiche sanitaire"
COMPTE_BANCAIRE = "Compte bancaire"


class LectureConfidentielleQuerySet(models.QuerySet["LectureConfidentielle"]):
    def noter(self, de: Enfant | Famille, *, par: Compte, objet: str = FICHE) -> "LectureConfidentielle":
        """Write that this agent is reading that, now, of this child, or of this famille and of no child."""
        enfant = de if isinstance(de, Enfant) else None
        nom = enfant.nom_complet if enfant else str(de)
        return self.create(
            enfant=enfant, enfant_nom=nom[:NOM_MAX], objet=objet, par=par, par_identifiant=par.identifiant
        )

    def noter_les_fiches(self, enfants: Iterable[Enfant], *, par: Compte) -> None:
        """Of several children at once, in one statement: a page shows what must be known of each."""
        self.bulk_create(
            self.model(
                enfant=enfant,
                enfant_nom=enfant.nom_complet[:NOM_MAX],
                objet=FICHE,
                par=par,
                par_identifiant=par.identifiant,
            )
            for enfant in enfants
        )

    def noter_les_fiches_du_jour(self, enfants: Iterable[Enfant], *, par: Compte) -> None:
        """The same, once a day for each child: a page that is opened again and again, as a roll is."""
        lus = list(enfants)
        if not lus:
            return
        le = timezone.now()
        with connection.cursor() as curseur:
            curseur.execute(
                UNE_FOIS,
                {
                    "enfants": [enfant.pk for enfant in lus],
                    "noms": [enfant.nom_complet[:NOM_MAX] for enfant in lus],
                    "objet": FICHE,
                    "par": par.pk,
                    "identifiant": par.identifiant,
                    "le": le,
                    "depuis": timezone.localtime(le).replace(hour=0, minute=0, second=0, microsecond=0),
                },
            )


class LectureConfidentielle(models.Model):
    """An agent read what is confidential of a child or of a famille: who, whose, what, when."""

    AU_LIEU_DE_SUPPRIMER = (
        "laissez-la. Le journal dit qui a lu quoi, et s’efface de lui-même, une fois passé le temps où il se garde."
    )

    # The journal outlives the record and the account it names.
    enfant = models.ForeignKey("famille.Enfant", models.SET_NULL, null=True, related_name="lectures")
    enfant_nom = models.CharField("enfant ou famille", max_length=NOM_MAX)
    objet = models.CharField("ce qui a été lu", max_length=80, default=FICHE)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="lue par")
    par_identifiant = models.CharField("identifiant", max_length=100)
    le = models.DateTimeField("lue le", default=timezone.now)

    objects = LectureConfidentielleQuerySet.as_manager()

    class Meta:
        verbose_name = "lecture de données confidentielles"
        verbose_name_plural = "lectures de données confidentielles"
        ordering = ["-le"]
        # Kept by us, never written by hand.
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.enfant_nom}, par {self.par_identifiant}"
