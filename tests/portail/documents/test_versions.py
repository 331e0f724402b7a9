"""A version has one number, wherever it is said; what is not released yet has its place above."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[3]
TITRE = re.compile(r"^## \[(.+?)\](?: - (\d{4}-\d{2}-\d{2}))?$", re.MULTILINE)


def versions(racine: Path = RACINE) -> list[tuple[str, str]]:
    """Each version of the changelog with its date, the newest first."""
    (attente, *faites) = TITRE.findall((racine / "CHANGELOG.md").read_text())
    assert attente == ("Unreleased", "")
    return faites


def version_du_projet(racine: Path = RACINE) -> str:
    return tomllib.loads((racine / "pyproject.toml").read_text())["project"]["version"]


@pytest.fixture
def projet(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    for nom in ("bin/version", "pyproject.toml"):
        shutil.copy(RACINE / nom, tmp_path / nom)
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n## [Unreleased]\n\n- Du neuf.\n\n## [0.1.0] - 2026-01-02\n\n- Tout.\n"
    )
    return tmp_path


def publier(projet: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([projet / "bin/version", *arguments], capture_output=True, text=True, check=False)


def test_la_derniere_version_du_journal_est_celle_du_projet():
    assert versions()[0][0] == version_du_projet()


def test_les_versions_descendent_et_leurs_dates_aussi():
    numeros = [tuple(map(int, version.split("."))) for version, _ in versions()]
    dates = [date for _, date in versions()]
    assert all(dates)
    assert (numeros, dates) == (sorted(numeros, reverse=True), sorted(dates, reverse=True))


def test_publier_donne_un_numero_a_ce_qui_attendait(projet):
    assert publier(projet, "0.9.0").returncode == 0
    assert [version for version, _ in versions(projet)] == ["0.9.0", "0.1.0"]
    assert version_du_projet(projet) == "0.9.0"
    sections = re.split(r"^## .*$", (projet / "CHANGELOG.md").read_text(), flags=re.MULTILINE)
    assert [section.strip() for section in sections[1:]] == ["", "- Du neuf.", "- Tout."]


@pytest.mark.parametrize("version", ["0.1.0", "neuf", ""])
def test_publier_refuse_une_version_deja_faite_ou_mal_ecrite(projet, version):
    assert publier(projet, version).returncode == 1
    assert versions(projet) == [("0.1.0", "2026-01-02")]


def test_publier_refuse_quand_rien_n_attend(projet):
    publier(projet, "0.9.0")
    assert publier(projet, "0.9.1").returncode == 1
