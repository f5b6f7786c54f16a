"""Goals that the letters name outside the table of styringsparametere, one module each.

Every module holds a FAMILY with its declaration and query. The registry finds the modules in this folder;
they share the calculation notebook `andre_mal`.
"""

from navbook.indicators.definition.declaration import Edge, Group, Window

NOTATBOK = "andre_mal"
ALLE = Group(id="alle", navn="Alle")
UNDER_30 = Group(
    id="under30",
    navn="Under 30 år",
    avgrensning="29 år eller yngre siste dag i måneden.",
    delmengde_av="alle",
)
HELE_MANEDEN = Window(fom=Edge(anker="forste_dag"), tom=Edge(), tekst="f(m) til d(m)")
