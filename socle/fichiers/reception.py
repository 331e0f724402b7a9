"""Files on their way in: in memory only. A temporary file would be in clear, and outlive a process that is killed."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from socle.fichiers.pieces import ENVOI_MAX

# Of one request: above what any form takes, under what would weigh on the machine.
GARDES_MAX = ENVOI_MAX + 7 * 1024 * 1024


class EnMemoire(FileUploadHandler):
    """Keeps so many bytes of a request; of the rest, only how many they were: the form says that it is too much."""

    recus = 0

    def new_file(self, *args: object, **options: object) -> None:
        super().new_file(*args, **options)  # type: ignore[arg-type]  # Django's own arguments, handed on
        self.contenu = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.recus += len(raw_data)
        if self.recus <= GARDES_MAX:
            self.contenu.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.contenu.seek(0)
        return InMemoryUploadedFile(
            self.contenu,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
