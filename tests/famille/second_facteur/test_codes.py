"""A code of the phone opens once, in its time; a recovery code once; failures lock."""

import re
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_otp.oath import TOTP

from famille.models import Authentificateur, CodeDeSecours
from famille.models.second_facteur.authentificateur import BLOCAGE, ECHECS_MAX, CodeRefuse
from tests.famille.second_facteur.outils import code, proteger

pytestmark = pytest.mark.django_db


def test_un_code_ouvre_une_fois(agent, maintenant):
    cle, _ = proteger(agent)
    lu = code(cle)
    cle.verifier(f"{lu[:3]} {lu[3:]}")
    with pytest.raises(CodeRefuse, match="déjà servi"):
        cle.verifier(lu)


@pytest.mark.parametrize("pas", [-2, 2, 10])
def test_un_code_trop_vieux_ou_trop_jeune_n_ouvre_pas(agent, maintenant, pas):
    cle, _ = proteger(agent)
    with pytest.raises(CodeRefuse):
        cle.verifier(code(cle, pas=pas))


def test_un_code_ne_s_ecrit_que_d_une_facon(agent, maintenant):
    cle, _ = proteger(agent)
    lu = code(cle)
    for autrement in (f"0{lu}", lu.translate(dict(zip(map(ord, "0123456789"), "٠١٢٣٤٥٦٧٨٩", strict=True)))):
        with pytest.raises(CodeRefuse, match="n’est pas le bon"):
            cle.verifier(autrement)
    cle.verifier(lu)


def test_celui_qui_a_confirme_n_ouvre_plus(agent, maintenant):
    cle, _ = proteger(agent)
    with pytest.raises(CodeRefuse):
        cle.verifier(code(cle, pas=-1))


def test_un_telephone_en_avance_d_un_pas_ouvre_et_le_pas_d_avant_plus(agent, maintenant):
    cle, _ = proteger(agent)
    cle.verifier(code(cle, pas=1))
    with pytest.raises(CodeRefuse):
        cle.verifier(code(cle))


def test_le_code_d_un_autre_n_ouvre_pas(agent, regisseur, maintenant):
    cle, _ = proteger(agent)
    autre, _ = proteger(regisseur)
    with pytest.raises(CodeRefuse):
        cle.verifier(code(autre))


@pytest.mark.parametrize("tape", ["", "000", "abcdef", "١٢٣٤٥٦", "-12345", "1" * 40])
def test_ce_qui_n_est_pas_un_code_est_refuse(agent, maintenant, tape):
    cle, _ = proteger(agent)
    with pytest.raises(CodeRefuse):
        cle.verifier(tape)


def test_un_code_de_secours_ouvre_une_fois_meme_mal_recopie(agent, maintenant):
    cle, codes = proteger(agent)
    assert len(set(codes)) == 10
    cle.verifier(codes[3].lower().replace("-", " "))
    with pytest.raises(CodeRefuse):
        cle.verifier(codes[3])
    assert cle.codes.count() == 9


def test_de_nouveaux_codes_remplacent_les_anciens(agent, maintenant):
    cle, anciens = proteger(agent)
    nouveaux = cle.renouveler_les_codes()
    with pytest.raises(CodeRefuse):
        cle.verifier(anciens[0])
    cle.verifier(nouveaux[0])


def test_cinq_codes_faux_bloquent_un_quart_d_heure_meme_le_bon(agent, maintenant):
    cle, _ = proteger(agent)
    for _ in range(ECHECS_MAX):
        with pytest.raises(CodeRefuse):
            cle.verifier("000000")
    with pytest.raises(CodeRefuse, match="15\u00a0minutes"):
        cle.verifier(code(cle))
    maintenant.move_to(timezone.now() + BLOCAGE, tick=False)
    for _ in range(ECHECS_MAX - 1):
        with pytest.raises(CodeRefuse, match="pas le bon"):
            cle.verifier("000000")
    cle.verifier(code(cle))


@pytest.mark.parametrize(("reste", "dit"), [(61, "2\u00a0minutes"), (60, "1\u00a0minute."), (1, "1\u00a0minute.")])
def test_un_blocage_dit_dans_combien_de_minutes_il_finit(agent, maintenant, reste, dit):
    cle, _ = proteger(agent)
    Authentificateur.objects.update(bloque_jusqu_au=timezone.now() + timedelta(seconds=reste))
    with pytest.raises(CodeRefuse, match=dit):
        cle.verifier(code(cle))


def test_un_code_lu_quand_il_change_laisse_servir_le_suivant(agent, maintenant, monkeypatch):
    cle, _ = proteger(agent)
    verifier = TOTP.verify

    def lentement(*appel: object, **options: object) -> bool:
        vu = verifier(*appel, **options)
        maintenant.shift(30)
        return vu

    lu = code(cle)
    with monkeypatch.context() as lent:
        lent.setattr(TOTP, "verify", lentement)
        cle.verifier(lu)
    cle.verifier(code(cle))


def test_un_code_de_secours_se_lit_par_groupes_de_quatre(agent):
    assert all(re.fullmatch("([A-Z2-9]{4}-){3}[A-Z2-9]{4}", un) for un in proteger(agent)[1])


def test_un_bon_code_efface_les_echecs(agent, maintenant):
    cle, codes = proteger(agent)
    for bon in codes[:3]:
        for _ in range(ECHECS_MAX - 1):
            with pytest.raises(CodeRefuse):
                cle.verifier("000000")
        cle.verifier(bon)


def test_ni_la_cle_ni_les_codes_ne_se_lisent_dans_la_base(agent, maintenant):
    cle, codes = proteger(agent)
    with connection.cursor() as curseur:
        curseur.execute("SELECT a::text, c::text FROM famille_authentificateur a, famille_codedesecours c")
        base = str(curseur.fetchall())
    assert base.count("gAAAA") == 10
    for secret in (cle.cle, cle.en_lettres.replace(" ", ""), *codes, *(c.replace("-", "") for c in codes)):
        assert secret not in base


def test_la_cle_se_rechiffre_et_ouvre_encore(agent, maintenant, settings):
    cle, _ = proteger(agent)
    settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode(), *settings.CLES_CHIFFREMENT]
    call_command("rechiffrer", verbosity=0)
    settings.CLES_CHIFFREMENT = settings.CLES_CHIFFREMENT[:1]
    Authentificateur.objects.get(pk=cle.pk).verifier(code(cle))


def test_une_nouvelle_cle_ne_laisse_rien_de_l_ancienne(agent, maintenant):
    ancienne, _ = proteger(agent)
    nouvelle = Authentificateur.preparer(agent)
    assert (nouvelle.cle != ancienne.cle, nouvelle.generation != ancienne.generation) == (True, True)
    assert not nouvelle.est_confirme
    assert not CodeDeSecours.objects.exists()
