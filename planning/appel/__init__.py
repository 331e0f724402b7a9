"""The roll. A prestation and a day come in; who is expected (`attendus`), what is typed (`saisie`), children who come
without being enrolled (`imprevus`), and the whole saved in one go (`enregistrement`) go out.
"""
