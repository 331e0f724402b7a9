"""Where `collectstatic` puts them, compressed."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StatiquesScelles(CompressedManifestStaticFilesStorage):
    """Kept for ever by browsers, since another content has another name: in what our modules import, too."""

    support_js_module_import_aggregation = True
