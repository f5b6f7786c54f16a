"""Names in the chapter on the case-mix model, from `templates/kapitler/modell.yml`."""

from navbook.pages.templates import sentences_under

WITHOUT, WITH = "uten_innsatsgruppe", "med_innsatsgruppe"
POPULATIONS = sentences_under("modell.personer")
TRAITS = sentences_under("modell.kjennetegn")
REASONS = sentences_under("modell.mangler")
