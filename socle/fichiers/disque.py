"""Files on the disk: each is there whole, or not at all."""

import os
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

# Never over what is there.
NOUVEAU = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class Disque(FileSystemStorage):
    """Django's, but for what a full disk leaves: half a file under the name of none."""

    def _save(self, name: str, content: File) -> str:
        chemin = Path(self.path(name))
        chemin.parent.mkdir(parents=True, exist_ok=True)
        try:
            descripteur = os.open(chemin, NOUVEAU, 0o666)
        except FileExistsError:
            # Somebody else has taken that name meanwhile.
            return self._save(self.get_available_name(name), content)
        try:
            with os.fdopen(descripteur, "wb") as fichier:
                for morceau in content.chunks():
                    fichier.write(morceau)
        except BaseException:
            # Ours: nobody else could open it.
            chemin.unlink(missing_ok=True)
            raise
        if self.file_permissions_mode is not None:
            chemin.chmod(self.file_permissions_mode)
        return str(name).replace("\\", "/")
