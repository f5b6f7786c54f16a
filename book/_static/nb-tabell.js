// «Last ned tabellen»: exactly the table that the reader sees, as CSV that a Norwegian Excel opens right.
(() => {
  const NUMBER = /^[-+]?\d+(,\d+)?$/;
  // Text that a spreadsheet would run as a formula gets an apostrophe (OWASP, CSV injection).
  const cell = (element) => {
    const copy = element.cloneNode(true);
    for (const unseen of copy.querySelectorAll(".headerlink, svg, button")) unseen.remove();
    const text = copy.textContent.replace(/\s+/g, " ").trim();
    const number = text.replace(/[\s\u00a0\u202f\u2009]/g, "").replace(/^−/, "-");
    if (NUMBER.test(number)) return number;
    const safe = /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
    return /[";\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };

  // Each cell at its column: a cell over several rows or columns is repeated.
  const rows = (table) => {
    const grid = [];
    [...table.rows].forEach((row, r) => {
      let column = 0;
      for (const element of row.cells) {
        while (grid[r]?.[column] !== undefined) column++;
        const text = cell(element);
        for (let down = 0; down < element.rowSpan; down++) {
          for (let right = 0; right < element.colSpan; right++) {
            (grid[r + down] ??= [])[column + right] = right || down ? (element.tagName === "TH" ? text : "") : text;
          }
        }
        column += element.colSpan;
      }
    });
    return grid.map((line) => [...line].map((text) => text ?? "").join(";"));
  };

  const named = (caption) =>
    caption
      .toLowerCase()
      .replace(/æ/g, "ae")
      .replace(/ø/g, "o")
      .replace(/å/g, "a")
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) || "tabell";

  for (const table of document.querySelectorAll("table.nb-tabell")) {
    const caption = table.caption?.textContent.trim() ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nb-last-ned";
    button.textContent = "Last ned tabellen";
    button.setAttribute("aria-label", `Last ned tabellen: ${caption}`);
    button.addEventListener("click", () => {
      const content = new Blob([`\ufeff${rows(table).join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(content);
      link.download = `${named(caption)}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
    (table.closest(".nb-rull") ?? table).after(button);
  }
})();
