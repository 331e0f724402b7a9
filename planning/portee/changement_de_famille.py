"""A child goes from one famille to another: from a day on, another one books and pays. What is before stays."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

import francais
from famille.models import Compte, Enfant, Famille
from planning import erreurs
from planning.acteurs import exiger_agent
from planning.models import Inscription, Reservation
from planning.models.inscription import InscriptionQuerySet
from planning.models.relais import relais
from planning.portee.messager import ecrire
from planning.regles.etats import OCCUPENT, Etat
from socle.verrous import verrouiller

# What the former famille was told of a day is its own business.
REFUSE_AVANT = "Refusé avant le changement de famille."


@dataclass(frozen=True)
class ChangementDeFamille:
    """`reste`: the child stays in both familles, as in a garde alternée."""

    enfant: Enfant
    de: Famille
    vers: Famille
    du: date
    reste: bool = False

    def essayer(self, *, par: Compte) -> list[str]:
        """What `faire` would do, in numbers, and nothing written. Raises InscriptionImpossible."""
        with transaction.atomic():
            passees = self._faire(par)
            reserves = Reservation.objects.filter(inscription__in=passees, etat__in=OCCUPENT).count()
            transaction.set_rollback(True)
        return list(self._dire(passees, reserves))

    @transaction.atomic
    def faire(self, *, par: Compte) -> list[Inscription]:
        """Both familles are told. Raises InscriptionImpossible."""
        passees = self._faire(par)
        if passees:
            self._prevenir(passees, par)
        return passees

    @property
    def quitte_aujourd_hui(self) -> bool:
        """The tie goes at once; later, the agent removes it, once the last day is over."""
        return not self.reste and self.du <= timezone.localdate()

    def _faire(self, par: Compte) -> list[Inscription]:
        exiger_agent(par)
        verrouiller(Enfant.objects.only("pk"), self.enfant.pk)
        en_cours = Inscription.objects.de_ce_foyer(self.enfant, self.de).a_venir(self.du)
        self._refuser(en_cours)
        self.enfant.rattachements.get_or_create(famille=self.vers)
        passees = [self._passer(inscription, par) for inscription in en_cours.select_related("prestation", "enfant")]
        if self.quitte_aujourd_hui:
            self.enfant.rattachements.filter(famille=self.de).delete()
        return passees

    def _refuser(self, en_cours: InscriptionQuerySet) -> None:
        """Raises InscriptionImpossible."""
        if self.de == self.vers:
            raise erreurs.InscriptionImpossible("C’est la famille où l’enfant est déjà\u00a0: choisissez-en une autre.")
        if self.du < timezone.localdate():
            raise erreurs.InscriptionImpossible(
                "Le passé ne change pas de famille\u00a0: choisissez aujourd’hui, ou plus tard."
            )
        attendent = Reservation.objects.en_attente().filter(inscription__in=en_cours, jour__gte=self.du).count()
        if attendent:
            jours = francais.pluriel(attendent, "jour demandé attend", "jours demandés attendent")
            raise erreurs.InscriptionImpossible(
                f"{jours} encore une réponse\u00a0: décidez d’abord dans «\u00a0Demandes\u00a0»."
            )
        deja = Inscription.objects.de_ce_foyer(self.enfant, self.vers).a_venir(self.du).filter(a_regulariser=False)
        if double := deja.filter(prestation__in=en_cours.values("prestation")).select_related("prestation").first():
            raise erreurs.InscriptionImpossible(
                f"L’enfant est déjà inscrit à «\u00a0{double.prestation}\u00a0» par l’autre famille\u00a0: "
                "terminez d’abord l’une des deux inscriptions."
            )
        self._refuser_une_presence_en_double(en_cours)

    def _refuser_une_presence_en_double(self, en_cours: InscriptionQuerySet) -> None:
        """One day of one prestation is one row: that of the roll stands in the way of the one that comes."""
        passent = Reservation.objects.filter(
            inscription__in=en_cours, prestation=OuterRef("prestation"), jour=OuterRef("jour")
        )
        venues = Inscription.objects.de_ce_foyer(self.enfant, self.vers).a_venir(self.du).a_regulariser()
        doubles = Reservation.objects.filter(Exists(passent), inscription__in=venues, jour__gte=self.du)
        if double := doubles.select_related("prestation").order_by("jour").first():
            raise erreurs.InscriptionImpossible(
                f"Le {francais.date_courte(double.jour)}, l’enfant est aussi à « {double.prestation} » pour "
                "l’autre famille, sans y être inscrit : effacez d’abord cette présence, à l’appel de ce jour."
            )

    def _passer(self, inscription: Inscription, par: Compte) -> Inscription:
        """Its days to come, as they are: the same child, the same places."""
        suite = Inscription(
            enfant=inscription.enfant,
            prestation=inscription.prestation,
            famille=self.vers,
            du=max(self.du, inscription.du),
            au=inscription.au,
            jours=inscription.jours,
            parite=inscription.parite,
            a_regulariser=inscription.a_regulariser,
            par=par,
        )
        with relais():
            suite.save()
            inscription.ceder_a(suite)
            suite.absorber(suite.venues())
        suite.reservations.exclude(etat=Etat.REFUSEE).update(motif="")
        suite.reservations.filter(etat=Etat.REFUSEE).update(motif=REFUSE_AVANT)
        return suite

    def _dire(self, passees: list[Inscription], reserves: int) -> list[str]:
        jour = francais.date_courte(self.du)
        phrases = [f"{self.enfant}, de {self.de} à {self.vers}, à partir du {jour}."]
        if passees:
            noms = francais.enumerer(dict.fromkeys(str(passee.prestation) for passee in passees))
            combien = francais.pluriel(len(passees), "inscription passe", "inscriptions passent")
            phrases.append(f"{combien} à la seconde, jours réguliers compris\u00a0: {noms}.")
            jours = francais.pluriel(reserves, "jour réservé passe", "jours réservés passent")
            passent = f"{jours} avec l’enfant" if reserves else "Aucun jour n’est encore réservé"
            phrases.append(f"{passent}. Ce qui précède reste à la première, et lui est facturé.")
            phrases.append("2 familles seront prévenues par un message.")
        else:
            phrases.append("Aucune inscription n’est en cours\u00a0: seule la fiche de l’enfant change de famille.")
        return [*phrases, self._dire_le_lien()]

    def _dire_le_lien(self) -> str:
        if self.reste:
            return "L’enfant reste aussi dans la première famille."
        if self.quitte_aujourd_hui:
            return "L’enfant quitte la première famille aussitôt\u00a0: elle ne verra plus sa fiche ni son planning."
        return (
            f"Le {francais.date_courte(self.du)}, retirez l’enfant de la première famille, depuis sa fiche\u00a0: "
            "d’ici là, elle paie encore."
        )

    def _prevenir(self, passees: list[Inscription], par: Compte) -> None:
        prenom, jour = self.enfant.prenom, francais.date_courte(self.du)
        liste = "\n".join(f"– {nom}" for nom in dict.fromkeys(str(passee.prestation) for passee in passees))
        mois = reverse("planning:mois", args=[self.enfant.pk, self.du.year, f"{self.du.month:02}"])
        a_dire: list[tuple[Famille, str, str, str, str]] = [
            (
                self.de,
                f"À partir du {jour}, ces activités de {prenom} ne sont plus réservées ni payées par votre "
                "famille\u00a0:",
                "Ce qui précède vous sera facturé comme d’habitude.",
                reverse("famille:enfants"),
                "Voir mes enfants",
            ),
            (
                self.vers,
                f"À partir du {jour}, ces activités de {prenom} sont réservées et payées par votre famille\u00a0:",
                "Les jours déjà réservés le restent, au tarif de votre famille.",
                mois,
                f"Voir le planning de {prenom}",
            ),
        ]
        for famille, debut, fin, chemin, bouton in a_dire:
            sujet = f"Les inscriptions de {prenom} changent de famille"
            ecrire(famille, sujet, [f"{debut}\n{liste}", fin], chemin=chemin, bouton=bouton, par=par)
