"""« Vérifiez et certifiez votre dossier »: a famille's whole record comes in; its pages, and a code of what they say,
go out. Certifying is the verb of `famille.models.certification`.
"""
