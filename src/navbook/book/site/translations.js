Documentation.addTranslations({
  "locale": "nb",
  "messages": {
    "Hide Search Matches": "Skjul søketreff",
    "Preparing search...": "Forbereder søket …",
    "Search": "Søk",
    "Search Results": "Søkeresultater",
    "Search finished, found ${resultCount} page(s) matching the search query.": "Sider som passer til søket: ${resultCount}.",
    "Search finished, found one page matching the search query.": "Søket er ferdig og fant én side.",
    "Search finished, found %s page(s) matching the search query.": "Sider som passer til søket: %s.",
    "Searching": "Søker",
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": "Ingen sider passer til søket. Sjekk at ordene er riktig skrevet.",
    ", in ": ", i "
  },
  "plural_expr": "(n != 1)"
});
