"""A file of familles becomes familles. Bytes come in; what they would change goes out, in numbers, then is written.

`lecture` makes values of it; `foyers` puts its lines together by famille; `connu` is what the portal knows already;
`plan` what is new or changes; `bilan` says it; `ecriture` writes it in one transaction. The agents' screen and
`manage.py importer_familles` share it.
"""
