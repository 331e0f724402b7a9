"""The forms of the admin whose fields depend on the row, on today, or on what the address says."""

from django import forms


class FormulairePrepare(forms.ModelForm):
    """Django makes the fields; `preparer` then changes what it must of them. The admin may have left some out."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own arguments, handed on
        self.preparer()

    def preparer(self) -> None:
        """Once, before anything is asked of the form."""
