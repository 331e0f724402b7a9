"""Places: how many are taken on a day, and who may count them while nobody else takes one."""
