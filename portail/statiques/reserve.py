"""Where `collectstatic` puts them, compressed."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StatiquesScelles(CompressedManifestStaticFilesStorage):
    """Kept for ever by browsers, since another content has another name: in what our modules import, too."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.adresses: dict[str, str] = {}
        super().__init__(*args, **kwargs)

    def url(self, name: str | None, force: bool = False) -> str:
        """Found once for each manifest: Django reads and quotes the same names on every page."""
        if name is None or force:
            return super().url(name, force)
        if name not in self.adresses:
            self.adresses[name] = super().url(name)
        return self.adresses[name]

    def load_manifest(self) -> tuple[dict[str, str], str]:
        self.adresses.clear()
        return super().load_manifest()

    def save_manifest(self) -> None:
        self.adresses.clear()
        super().save_manifest()
