// How far a written word is from another: edits of one letter, two neighbours exchanged counted as one
// (optimal string alignment). The office finder and the search use it.
const navbookAvstand = {
  // Lower case, without the signs that a reader in a hurry leaves out.
  plain: (text) =>
    text
      .toLowerCase()
      .replace(/æ/g, "ae")
      .replace(/ø/g, "o")
      .replace(/aa/g, "a")
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[^a-z0-9]+/g, " ")
      .trim(),

  // The edits that a word of this length may have: none in a short one, two in a long one.
  allowed: (length) => (length < 4 ? 0 : length < 8 ? 1 : 2),

  // The distance to `other`, or to the nearest beginning of it.
  edits: (word, other, beginning = false) => {
    let before = [];
    let above = Array.from({ length: other.length + 1 }, (_, k) => k);
    for (let i = 1; i <= word.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        const same = word[i - 1] === other[j - 1];
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = above;
      above = row;
    }
    return beginning ? Math.min(...above) : above[other.length];
  },
};
