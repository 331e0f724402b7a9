"""What is to be looked at: all of it counted, the first ones named."""

from dataclasses import asdict

from facturation.campagne.a_regarder.anomalie import Anomalie, Exemple


def notee(fois: int) -> Anomalie:
    anomalie = Anomalie("QF inconnu", lien="/familles/")
    for rang in range(fois):
        anomalie.noter(f"Famille {rang}", f"/familles/{rang}/")
    return anomalie


def test_les_vingt_premieres_sont_nommees_les_autres_comptees():
    anomalie = notee(22)
    assert (anomalie.nombre, len(anomalie.exemples), anomalie.autres) == (22, 20, 2)
    assert anomalie.exemples[19] == Exemple("Famille 19", "/familles/19/")


def test_vingt_sont_toutes_nommees():
    anomalie = notee(20)
    assert (anomalie.nombre, len(anomalie.textes), anomalie.autres) == (20, 20, 0)


def test_gardee_puis_relue_elle_est_la_meme():
    anomalie = notee(22)
    assert Anomalie.lire(asdict(anomalie)) == anomalie
