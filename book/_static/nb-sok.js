// What Sphinx's search lacks: chapters before reports and sheets, and a word with a typing error.
(() => {
  const PLACES = [
    [/^(rapport|plan)\//, -12],
    [/^(kapittel|kontor|fylke)\//, 6],
    [/^(index|landet|kontorer)$/, 4],
  ];
  Scorer.score = ([docname, , , , score]) =>
    score + (PLACES.find(([address]) => address.test(docname))?.[1] ?? 0);

  const { plain, edits, allowed } = navbookAvstand;
  const known = (index) => [
    ...new Set([...Object.keys(index.titleterms), ...Object.keys(index.terms)]),
  ];

  // A word that no page has is replaced by the nearest one that some page has, if there is one.
  const corrected = (query) => {
    const stemmer = new Stemmer();
    const names = [...Object.keys(Search._index.indexentries), ...Object.keys(Search._index.alltitles)];
    const whole = plain(query);
    if (names.some((name) => plain(name).includes(whole))) return query;
    const words = known(Search._index);
    return query
      .split(/\s+/)
      .map((word) => {
        const stem = stemmer.stemWord(word.toLowerCase());
        if (stem.length < 4 || /^[-\d]/.test(word) || words.some((one) => one.includes(stem))) return word;
        const most = allowed(stem.length);
        let nearest = word;
        let least = most + 1;
        for (const one of words) {
          if (Math.abs(one.length - stem.length) > most) continue;
          const distance = edits(plain(stem), plain(one));
          if (distance < least) [nearest, least] = [one, distance];
        }
        return nearest;
      })
      .join(" ");
  };

  const query = Search.query;
  Search.query = (asked) => {
    const meant = corrected(asked.trim());
    if (meant.toLowerCase() !== asked.trim().toLowerCase()) {
      const note = document.createElement("p");
      note.textContent = `Ingen side har «${asked.trim()}». Her er treff på «${meant}».`;
      Search.output.before(note);
    }
    query(meant);
  };
})();
