"""The parents' side. An address goes in; the list, a form, an acknowledgement or a follow-up comes out."""
