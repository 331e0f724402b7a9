"""The file, read. Its bytes come in (`fichier`; `tableur` opens spreadsheets apart), with what each of its columns is
(`colonnes`, `correspondance`); lines of values go out (`lignes`, `valeurs`), and every fault.
"""
