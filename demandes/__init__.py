"""What parents ask and the centre decides. A form goes in; a request, its decision, and a changed record come out.

From the bottom up: `valeurs`, `genre` (what a kind is), `types` (the kinds there are), `annonces` (what the famille is
told), `models` (a request is deposited, accepted, refused), `suivi`, `liste`, `views`, `admin`.
"""
