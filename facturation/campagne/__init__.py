"""Billing a period. Days and prices go in; a preview, or invoices and avoirs, come out."""
