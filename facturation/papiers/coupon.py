"""The coupon of an invoice: what is cut off and joined to a cheque, with the QR code that leads to paying online."""

from dataclasses import dataclass

import segno
from django.conf import settings

from facturation.models import Facture


@dataclass(frozen=True)
class Coupon:
    """Where the invoice is paid online, as an address and as a QR code (the address of an SVG picture)."""

    lien: str
    qr: str

    @classmethod
    def de(cls, facture: Facture) -> "Coupon":
        lien = settings.PORTAIL_ADRESSE.rstrip("/") + facture.adresse_de_paiement
        # Few and large squares: the paper stays clean. Any mask can be read: to try the eight of them takes longer than
        # to draw the code.
        code = segno.make_qr(lien, error="l", mask=0)
        return cls(lien, code.svg_data_uri(border=0, dark="#000000"))
