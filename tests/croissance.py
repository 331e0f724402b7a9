"""A town whose every table grows: around the rows that the pages of the tests show, and beside them."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import count, islice

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from demandes.models import MotifUsuel
from facturation.campagne.apercu import apercevoir
from facturation.campagne.emission import Emission
from facturation.campagne.lot_de_factures import FactureAEmettre, LotDeFactures
from facturation.models import ApercuDeCampagne, CampagneDeFacturation, Ligne, NotificationTipi, Regie, Reglement
from famille.models import Enfant, Famille, LectureConfidentielle
from messagerie.models import Fil
from planning.models import Fermeture, Inscription, JourFerie, PlacesDuJour, Prestation, Structure, Vacances
from planning.regles.etats import Presence
from socle.fichiers.examen import Fichier, TypeMime
from tests import fabriques
from tests.adresses import Troupe
from tests.courriels.fabriques import ecrire
from tests.demandes.outils import PDF, deposer
from tests.facturation.fabriques import (
    RegieFactory,
    campagne,
    facture,
    mettre_en_regie,
    operations,
    paiement_en_ligne,
    tarif,
)
from tests.messagerie.fabriques import DocumentFactory, InformationFactory, preparer
from tests.planning.fabriques import RENTREE, prestation

# The day that the call of the roll shows: a Wednesday.
AUJOURD_HUI = date(2015, 4, 8)
# Each time that the town grows, the next of these is billed.
MOIS = [(date(2015, 2, 1), date(2015, 2, 28)), (date(2015, 3, 1), date(2015, 3, 31))]


def _fichiers() -> Iterable[Fichier]:
    return [Fichier("certificat.pdf", TypeMime.PDF, PDF)]


def _jours_d_ecole(nombre: int, *, du: date) -> list[date]:
    """From that day on, Saturdays and Sundays left out."""
    jours = (du + timedelta(days=rang) for rang in count())
    return list(islice((jour for jour in jours if jour.weekday() < 5), nombre))


class VilleQuiGrandit:
    """`grandir(n)` adds n of everything; what is written once and for all is written anew, as big as the town is."""

    def __init__(self, troupe: Troupe) -> None:
        self.dupont, self.agent = troupe.dupont, troupe.agent
        self.lea = self.dupont.enfants[0]
        self.regie = RegieFactory()
        self.garderie = prestation()
        self.tarif = tarif(self.garderie, (None, "3.60", "7.20"))
        mettre_en_regie(self.regie, self.garderie.structure)
        self.inscription = self._inscrire(self.lea, self.dupont.famille, self.garderie)
        self.fil = Fil.ecrire_au_centre(self.dupont.titulaire, "Goûter", "Est-il fourni ?")
        self.campagne = campagne()
        self.mois = iter(MOIS)
        self.taille = 0

    def grandir(self, nombre: int) -> None:
        for rang in range(self.taille + 1, self.taille + nombre + 1):
            self._chez_les_dupont(rang)
            self._un_autre_foyer(rang)
            self._au_centre(rang)
            self._a_la_regie(rang)
        self.taille += nombre
        self._a_la_taille_de_la_ville()

    def _chez_les_dupont(self, rang: int) -> None:
        famille = self.dupont.famille
        enfant = self._enfant(famille, rang)
        self._inscrire(enfant, famille, self.garderie).reserver([AUJOURD_HUI], par=self.agent)
        fabriques.RattachementFactory(enfant=self.lea)
        fabriques.TiersFactory(enfant=self.lea)
        fabriques.VaccinationFactory(fiche=self.lea.fiche_sanitaire)
        LectureConfidentielle.objects.noter(self.lea, par=self.agent)
        fabriques.InformationsFiscalesFactory(famille=famille, annee=1980 + rang)
        fabriques.QuotientFamilialFactory(famille=famille, date_effet=date(1980 + rang, 1, 1))
        self._ecrire(self.fil)
        self._ecrire(Fil.ecrire_a(famille, f"Sujet {rang}", "Bonjour", self.agent))
        deposer(self.dupont, "responsable", mobile=f"06 01 02 03 {rang:02}").refuser(par=self.agent, motif="Non.")
        deposer(self.dupont, "identite", enfant, classe="CE1")
        for objet in (famille, self.lea, self.dupont.titulaire, self.garderie):
            LogEntry.objects.log_actions(self.agent.pk, [objet], CHANGE, "Modifié.", single_object=True)

    def _un_autre_foyer(self, rang: int) -> None:
        famille = fabriques.FamilleFactory()
        for role in ("titulaire", "conjoint"):
            compte = fabriques.CompteFactory()
            fabriques.ResponsableFactory(famille=famille, role=role, compte=compte, autorisation_courriel=True)
        fabriques.InformationsBancairesFactory(famille=famille)
        fabriques.InformationsCafFactory(famille=famille)
        fabriques.InformationsFiscalesFactory(famille=famille)
        fabriques.QuotientFamilialFactory(famille=famille)
        inscription = self._inscrire(self._enfant(famille, rang), famille, self.garderie)
        pointee, *_ = inscription.reserver(
            [AUJOURD_HUI, *(_jours_d_ecole(1, du=du)[0] for du, _ in MOIS)], par=self.agent
        )
        pointee.pointer(Presence.PRESENT, par=self.agent)
        self._ecrire(Fil.ecrire_a(famille, "Sortie au lac", "Bonjour", self.agent))
        operations(famille)
        paiement_en_ligne(famille)

    def _au_centre(self, rang: int) -> None:
        structure = Structure.objects.create(nom=f"Structure {rang}")
        ouverture = {"heure_debut": time(9, 5 * rang), "heure_fin": time(9, 5 * rang + 4)}
        Prestation.objects.create(nom=f"Prestation {rang}", structure=structure, **ouverture)
        autre = Prestation.objects.create(nom=f"Garderie {rang}", structure=self.garderie.structure, **ouverture)
        PlacesDuJour.objects.create(prestation=self.garderie, jour=RENTREE + timedelta(days=rang), places=10)
        self._inscrire(self.lea, self.dupont.famille, autre).reserver([AUJOURD_HUI], par=self.agent)
        loin = date(2030 + rang, 7, 1)
        Vacances.objects.create(nom=f"Vacances {rang}", du=loin, au=loin)
        JourFerie.objects.create(jour=loin, nom=f"Fête {rang}")
        Fermeture.objects.create(du=loin, au=loin, motif="Travaux", structure=self.garderie.structure)
        MotifUsuel.objects.create(texte=f"Motif {rang}")
        InformationFactory().structures.add(self.garderie.structure)
        DocumentFactory()
        preparer(self.agent)
        ecrire(cle=f"essai:{rang}")
        Group.objects.create(name=f"Groupe {rang}")
        DBTaskResult.objects.create(
            task_path="x", priority=0, args_kwargs={}, backend_name="default", run_after=timezone.now()
        )

    def _a_la_regie(self, rang: int) -> None:
        mois = date(2000 + rang, 4, 1)
        due = facture(self.regie, self.dupont.famille, "12.60", mois, mois)
        Reglement.objects.enregistrer(
            self.dupont.famille, self.regie, Decimal(3), "cheque", le=AUJOURD_HUI, par=self.agent
        )
        due.etablir_avoir(Decimal(1), motif="Geste", le=AUJOURD_HUI, par=self.agent)
        autre = Regie.objects.create(code=f"R{chr(64 + rang)}", nom=f"Régie {rang}", numcli="012345")
        CampagneDeFacturation.objects.create(regie=autre, du=mois, au=mois)
        tarif(self.garderie, (None, "3.60", "7.20"), du=mois, au=mois)
        self.tarif.tranches.create(qf_max=100 * rang, resident=Decimal(1), exterieur=Decimal(2))
        NotificationTipi.objects.recevoir("", jeton="faux", origine_admise=False)

    def _a_la_taille_de_la_ville(self) -> None:
        """An issued campaign and the preview of the next, an invoice, a payment, a request and a mailing."""
        famille, jours = self.dupont.famille, _jours_d_ecole(self.taille, du=date(2015, 9, 7 + self.taille))
        self._apercevoir(self.campagne)
        du, au = next(self.mois)
        emise = CampagneDeFacturation.objects.create(regie=self.regie, du=du, au=au)
        Emission(emise, le=AUJOURD_HUI, par=self.agent).emettre()
        lignes = [self._ligne(jour) for jour in jours]
        lot = LotDeFactures(regie=self.regie, du=jours[0], au=jours[-1], le=AUJOURD_HUI, par=self.agent)
        lot.emettre([FactureAEmettre(famille.pk, lignes)])
        Reglement.objects.enregistrer(
            famille, self.regie, Decimal(self.taille), "cheque", le=AUJOURD_HUI, par=self.agent
        )
        deposer(self.dupont, "reservation", self.lea, jours=[f"{self.inscription.pk}:{jour}" for jour in jours])
        envoi = preparer(self.agent)
        envoi.fixer([autre.pk for autre in Famille.objects.all()], par=self.agent)

    def _ligne(self, jour: date) -> Ligne:
        return Ligne(
            enfant=self.lea,
            prestation=self.garderie,
            libelle="Garderie matin",
            jours=[jour],
            quantites=[Decimal(1)],
            quantite=1,
            prix_unitaire=Decimal("3.60"),
            montant=Decimal("3.60"),
        )

    def _encaisser(self, montant: Decimal) -> None:
        """From the DUPONTs, for their oldest invoices."""
        options = {"le": AUJOURD_HUI, "par": self.agent}
        Reglement.objects.enregistrer(self.dupont.famille, self.regie, montant, "cheque", **options)

    def _apercevoir(self, campagne: CampagneDeFacturation) -> None:
        apercu = ApercuDeCampagne.objects.recommencer(campagne, au=AUJOURD_HUI)
        apercu.conclure(apercevoir(campagne, au=AUJOURD_HUI, recueillir=apercu.recueillir).en_json())

    def _enfant(self, famille: Famille, rang: int) -> Enfant:
        enfant = fabriques.EnfantFactory(famille=famille, ecole=fabriques.EcoleFactory(nom=f"École {rang}"))
        fiche = fabriques.FicheSanitaireFactory(enfant=enfant, allergies="Arachide")
        fabriques.VaccinationFactory(fiche=fiche)
        fabriques.AssuranceFactory(enfant=enfant)
        fabriques.TiersFactory(enfant=enfant)
        return enfant

    def _inscrire(self, enfant: Enfant, famille: Famille, ouverte: Prestation) -> Inscription:
        return Inscription.objects.inscrire(enfant, ouverte, famille, du=RENTREE, par=self.agent)

    def _ecrire(self, fil: Fil) -> None:
        fil.repondre("Oui.", par=self.agent, pieces=_fichiers())
