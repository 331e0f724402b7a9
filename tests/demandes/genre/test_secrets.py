"""What is written of a request in clear, and what is not."""

from demandes.genre.secrets import ContenuGarde

IBAN = {"iban"}


def test_ce_qui_est_secret_est_a_part_avec_ce_qu_il_remplace():
    garde = ContenuGarde.separer(
        {"banque": "Crédit local", "iban": "FR76 9"}, {"banque": "", "iban": "FR76 1"}, IBAN.__contains__
    )
    assert (garde.donnees, garde.avant) == ({"banque": "Crédit local"}, {"banque": ""})
    assert garde.secret == {"donnees": {"iban": "FR76 9"}, "avant": {"iban": "FR76 1"}}


def test_sans_secret_rien_n_est_a_chiffrer():
    assert ContenuGarde.separer({"banque": "Crédit local"}, {"banque": ""}, IBAN.__contains__).secret == {}
