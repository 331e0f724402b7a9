"""What every test relies on."""

import pytest

pytest_plugins = ["tests.distribution"]


@pytest.fixture(autouse=True)
def fichiers_a_part(settings, tmp_path):
    """No test writes among the files of the demo or of development."""
    settings.MEDIA_ROOT = tmp_path
