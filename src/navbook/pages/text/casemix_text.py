"""The printed text of the chapter on the case-mix model."""

WITHOUT, WITH = "uten_innsatsgruppe", "med_innsatsgruppe"
POPULATIONS = {"arbeidssokere": "arbeidssøkere", "nedsatt": "personer med nedsatt arbeidsevne"}
TRAITS = {
    "alder_og_kjonn": "Alder og kjønn",
    "utdanning": "Utdanning",
    "landgruppe": "Fødeland",
    "registrert": "Hvor lenge de hadde vært registrert",
    "ytelse": "Viktigste ytelse",
    "arbeid_for": "Arbeid året før de ble registrert",
    "permittert": "Permittert",
    "kalendermaned": "Måneden de sluttet",
    "innsatsgruppe": "Innsatsgruppe",
}
REASONS = {
    "ikke_i_uttrekket": "Uttrekket har bare tellinger, ikke personer, eller mangler en tabell som modellen "
    "trenger.",
    "ingen_tilpasningsperiode": "Uttrekket kjenner ikke noe helt år som modellen kan lages av. Årene med "
    "pandemi brukes aldri til det.",
    "lar_seg_ikke_tilpasse": "For få kom i arbeid, eller for få gjorde det ikke, til at en modell kan lages.",
}

WHAT = """\
Kontorene har ulike oppgaver. Et kontor der mange er unge og har utdanning, får flere i arbeid enn et kontor
der mange har vært lenge registrert, uten at det ene gjør en bedre jobb. Derfor spør vi også: hvor mange
kunne vi vente i arbeid av nettopp dem som sluttet her?

Svaret kommer fra en modell (logistisk regresjon) for {whole}. Det er to: en for arbeidssøkere og en for
personer med nedsatt arbeidsevne. Unge under 30 og innvandrere utenfor EØS (landgruppe 3) får sine
forventninger fra de samme to. Modellen vet ikke hvilket kontor noen hører til. Den ser bare på det folk har
med seg: alder og kjønn, utdanning, fødeland, hvor lenge de har vært registrert, ytelse, om de var i arbeid
det siste året før de ble registrert, om de er permittert, og hvilken måned de sluttet.

Det kontoret selv bestemmer, er holdt utenfor med vilje: tiltak (og tiltakspenger, som følger med), samtaler
og aktivitet. Retter vi for det, forsvinner nettopp det vi vil se. Innsatsgruppen er det også kontoret som
vedtar. Derfor finnes hver modell både uten og med innsatsgruppe, og det er den uten som brukes i tabellene.
Arbeidsledigheten på stedet er ikke i uttrekket, så modellen vet ikke om arbeidsmarkedet er stramt eller
slakt.

**Forventet** er snittet av det modellen venter av hver av dem som sluttet. **Avviket** er observert minus
forventet, per 100 som sluttet. Intervallet sier hvor mye avviket kan svinge av tilfeldige grunner når hver
person har sin egen sannsynlighet (alle logit-verdiene forskyves likt til tallet så vidt er forenlig med det
observerte). Er alle like, er det det samme intervallet som for en andel. At modellen selv er anslått, er
ikke regnet med: den bygger på {whole}, så det betyr lite. Ligger hele intervallet over null, sier vi
«over det forventede». Ligger hele under, sier vi «under det forventede», og ellers «som forventet». Med
færre enn ti personer regnes forventet ikke ut, og med færre enn 30 sier vi ikke noe om avviket.
"""
MEANING = """\
Tallene sier hvor mange flere eller færre av 100 som kommer i arbeid i hver gruppe enn i
sammenligningsgruppen, når alt annet er likt. Sammenligningsgruppen er den største. De sier hva som følger
med hva, ikke hva som er årsaken. Grupper med færre enn ti som kom i arbeid, eller færre enn ti som ikke
gjorde det, er slått sammen med naboen. Forskjellene har ikke intervall: de viser modellen slik den er
brukt.
"""
GROUPS = """\
I året modellen er laget, treffer den hver gruppe den kjenner, nøyaktig. Prøven er om den treffer grupper
den ikke kjenner (som innsatsgruppene), og om den treffer i utgavens periode. Intervallet gjelder den
observerte andelen.
"""
ALIKE = """\
Modellen for {population} venter det samme av alle: det er for få i gruppene til å skille dem fra hverandre.
"""
UNTOLD = """\
Tabellene vises ikke: noen av {genitive} egne tall for perioden er skjult, og gruppene ville gitt dem tilbake.
"""
LIMITS = """\
## Hva modellen ikke kan si

- **Hva som er årsaken.** Et avvik kan komme av arbeidet på kontoret, av arbeidsmarkedet på stedet, eller av
  noe ved folk som ikke står i registrene: helse, språk, bosted, hvem de kjenner.
- **Hvem som er best.** Hvert kontor sammenlignes med {name}, for de folkene det selv har. To kontorers
  avvik gjelder ulike folk og kan ikke settes opp mot hverandre.
- **Om et kjennetegn betyr det samme overalt.** Modellen regner med at utdanning, for eksempel, betyr like
  mye i alle fylker. Gjør den ikke det, kan rettingen gjøre forskjeller større i stedet for mindre.
- **Om innsatsgruppen er riktig.** Kontoret vedtar den. Vurderer et kontor flere til spesielt tilpasset
  innsats, blir det forventede lavere når innsatsgruppen er med. Se derfor på begge tallene.
- **Om nivået er riktig i dag.** Modellen er laget på et tidligere år. Avviket for {whole} viser hvor
  mye som har endret seg for alle siden da.
- **Hvordan det går med dem som fortsatt er registrert.** Bare de som sluttet, er med.
"""
