"""What is put in the place of what: operators, functions; and the links of a query that may be taken away."""

import ast

COMPARAISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
CALCULS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.RShift: ast.LShift,
}  # fmt: skip
JUMEAUX = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
# Links of a chain of calls: without one of them, the rest still means something.
MAILLONS = {"filter", "exclude", "select_for_update", "order_by", "distinct", "strip", "lower", "casefold"}
CRITERES = {"filter", "exclude", "get", "Q"}
