"""The numbers of operations: per régie and kind, in a row, without gap or duplicate, under concurrency."""

from django.db import connection, models

from .regie import Regie


class CompteurManager(models.Manager["Compteur"]):
    def prendre(self, regie: Regie, genre: "Compteur.Genre", combien: int = 1) -> int:
        """The first of `combien` numbers in a row. The counter stays locked until the transaction ends.

        So there is no gap: if the transaction fails, its numbers are given back before anybody else sees the counter.
        """
        with connection.cursor() as curseur:
            curseur.execute(
                "INSERT INTO facturation_compteur (regie_id, genre, dernier) VALUES (%(regie)s, %(genre)s, %(n)s) "
                "ON CONFLICT (regie_id, genre) DO UPDATE SET dernier = facturation_compteur.dernier + %(n)s "
                "RETURNING dernier",
                {"regie": regie.pk, "genre": genre, "n": combien},
            )
            (dernier,) = curseur.fetchone()
        return dernier - combien + 1


class Compteur(models.Model):
    """The last number given, per régie and kind of operation. A town that changes software starts it where it was."""

    class Genre(models.TextChoices):
        FACTURE = "facture", "Factures"
        REGLEMENT = "reglement", "Règlements"
        AVOIR = "avoir", "Avoirs"

    regie = models.ForeignKey(Regie, models.PROTECT, related_name="compteurs", verbose_name="régie")
    genre = models.CharField(max_length=10, choices=Genre)
    dernier = models.PositiveIntegerField("dernier numéro", default=0)

    objects = CompteurManager()

    class Meta:
        verbose_name = "compteur"
        verbose_name_plural = "compteurs"
        ordering = ["regie", "genre"]
        constraints = [models.UniqueConstraint(fields=["regie", "genre"], name="un_compteur_par_regie_et_genre")]

    def __str__(self) -> str:
        return f"{self.regie.code}, {self.get_genre_display().lower()}\u00a0: {self.dernier}"
