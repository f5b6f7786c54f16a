// «Last ned tabellen»: exactly the table that the reader sees, as an Excel workbook, and as CSV that a Norwegian
// Excel opens right.
(() => {
  const NUMBER = /^[-+]?\d+(,\d+)?$/;

  // The text of a cell, and its number with a decimal comma if it is nothing but a number.
  const read = (element) => {
    const copy = element.cloneNode(true);
    for (const unseen of copy.querySelectorAll(".headerlink, svg, button")) unseen.remove();
    const text = copy.textContent.replace(/\u00ad/g, "").replace(/\s+/g, " ").trim();
    const number = text.replace(/[\s\u00a0\u202f\u2009]/g, "").replace(/^−/, "-");
    return { text, number: NUMBER.test(number) ? number : null };
  };

  // Each cell at its column: a cell over several rows or columns is repeated.
  const EMPTY = { text: "", number: null };
  const grid = (table) => {
    const cells = [];
    [...table.rows].forEach((row, r) => {
      let column = 0;
      for (const element of row.cells) {
        while (cells[r]?.[column] !== undefined) column++;
        const cell = read(element);
        for (let down = 0; down < element.rowSpan; down++) {
          for (let right = 0; right < element.colSpan; right++) {
            const repeated = (right || down) && element.tagName !== "TH";
            (cells[r + down] ??= [])[column + right] = repeated ? EMPTY : cell;
          }
        }
        column += element.colSpan;
      }
    });
    return cells.map((line) => [...line].map((cell) => cell ?? EMPTY));
  };

  // Text that a spreadsheet would run as a formula gets an apostrophe (OWASP, CSV injection).
  const inCsv = ({ text, number }) => {
    if (number) return number;
    const safe = /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
    return /[";\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  const csv = (table) => {
    const lines = grid(table).map((line) => line.map(inCsv).join(";"));
    return new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
  };

  // A workbook is a ZIP archive of XML files (ECMA-376); they are stored without compression. Text in an
  // inline string is never run as a formula.
  const xml = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const inSheet = ({ text, number }) =>
    number
      ? `<c><v>${number.replace("+", "").replace(",", ".")}</v></c>`
      : `<c t="inlineStr"><is><t>${xml(text)}</t></is></c>`;
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
  const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const relation = (kind, target) =>
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/${kind}" Target="${target}"/></Relationships>`;
  const workbook = (table, caption) => {
    const lines = grid(table).map((line) => `<row>${line.map(inSheet).join("")}</row>`);
    const name = xml(caption.replace(/[[\]:*?/\\']/g, " ").replace(/\s+/g, " ").slice(0, 31).trim() || "Tabell");
    return zip({
      "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/ark.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
      "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
      "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${name}" sheetId="1" r:id="r1"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": relation("worksheet", "ark.xml"),
      "xl/ark.xml": `<worksheet xmlns="${MAIN}"><sheetData>${lines.join("")}</sheetData></worksheet>`,
    });
  };

  const crc32 = (bytes) => {
    let crc = ~0;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
    }
    return ~crc >>> 0;
  };
  // Little-endian fields of two or four bytes, as [value, bytes].
  const fields = (...list) =>
    Uint8Array.from(list.flatMap(([value, size]) => [...Array(size).keys()].map((k) => (value >>> (8 * k)) & 255)));
  const DATE = 33; // 1 January 1980: the same table gives the same file
  const zip = (files) => {
    const local = [];
    const central = [];
    let offset = 0;
    for (const [path, content] of Object.entries(files)) {
      const name = new TextEncoder().encode(path);
      const data = new TextEncoder().encode(HEAD + content);
      const size = data.length;
      const shared = [[20, 2], [0x800, 2], [0, 2], [0, 2], [DATE, 2], [crc32(data), 4], [size, 4], [size, 4], [name.length, 2], [0, 2]];
      local.push(fields([0x04034b50, 4], ...shared), name, data);
      central.push(fields([0x02014b50, 4], [20, 2], ...shared, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
      offset += 30 + name.length + size;
    }
    const length = central.reduce((sum, part) => sum + part.length, 0);
    const count = Object.keys(files).length;
    const end = fields([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [length, 4], [offset, 4], [0, 2]);
    return new Blob([...local, ...central, end], { type: `${TYPE}.sheet` });
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

  const KINDS = [["Excel", "xlsx", workbook], ["CSV", "csv", csv]];
  for (const table of document.querySelectorAll("table.nb-tabell")) {
    const caption = table.caption?.textContent.trim() ?? "";
    const buttons = document.createElement("div");
    buttons.className = "nb-last-ned";
    for (const [label, ending, content] of KINDS) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `↓ ${label}`;
      button.title = `Last ned tabellen som ${label}`;
      button.setAttribute("aria-label", `Last ned tabellen som ${label}: ${caption}`);
      button.addEventListener("click", () => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(content(table, caption));
        link.download = `${named(caption)}.${ending}`;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      });
      buttons.append(button);
    }
    (table.closest(".nb-rull") ?? table).after(buttons);
  }
})();
