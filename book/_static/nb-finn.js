// The office finder: a combobox (WAI-ARIA 1.2, list with manual selection) over the offices of the edition.
// navbookKontor is written by the build: [name, county, address, [number, former names and numbers]].
(() => {
  const SHOWN = 8;
  const field = document.getElementById("nb-finn-felt");
  const form = field.form;
  const root = document.documentElement.dataset.content_root;
  const { plain, edits, allowed } = navbookAvstand;
  const short = (name) => plain(name).replace(/^nav /, "");
  const entries = navbookKontor.flatMap(([name, county, address, also]) => [
    { name, county, address, key: short(name), as: "" },
    ...also.map((other) => ({ name, county, address, key: short(other), as: other })),
  ]);

  const list = document.createElement("ul");
  list.id = "nb-finn-liste";
  list.className = "nb-finn-liste";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Kontorer");
  list.hidden = true;
  const said = document.createElement("span");
  said.className = "nb-usynlig";
  said.setAttribute("role", "status");
  form.append(list, said);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-autocomplete": "list",
  })) {
    field.setAttribute(name, value);
  }

  // A smaller rank is a better match; undefined is none.
  const rank = (key, asked) => {
    if (key === asked) return 0;
    if (key.startsWith(asked)) return 1;
    if (key.split(" ").some((word) => word.startsWith(asked))) return 2;
    if (asked.length > 2 && key.includes(asked)) return 3;
    if (/^\d+$/.test(asked)) return undefined;
    const most = allowed(asked.length);
    const nearest = Math.min(...[key, ...key.split(" ")].map((part) => edits(asked, part, true)));
    return nearest <= most ? 3 + nearest : undefined;
  };

  const found = (text) => {
    const asked = short(text);
    if (!asked) return [];
    const best = new Map();
    for (const entry of entries) {
      const place = rank(entry.key, asked);
      const known = best.get(entry.address);
      if (place !== undefined && !(known?.place <= place)) best.set(entry.address, { ...entry, place });
    }
    return [...best.values()]
      .sort((a, b) => a.place - b.place || a.name.localeCompare(b.name, "nb"))
      .slice(0, SHOWN);
  };

  let hits = [];
  let active = -1;
  const mark = (place) => {
    active = place;
    [...list.children].forEach((item, k) => item.setAttribute("aria-selected", String(k === place)));
    if (place < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place]?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const go = (hit) => (location.href = root + hit.address);
  const show = () => {
    hits = found(field.value);
    list.replaceChildren(
      ...hits.map((hit, k) => {
        const item = document.createElement("li");
        item.id = `nb-finn-${k}`;
        item.setAttribute("role", "option");
        const name = document.createElement("span");
        name.textContent = hit.name;
        const about = document.createElement("small");
        const also = hit.as && !/^\d+$/.test(hit.as) ? `tidligere ${hit.as}` : hit.as;
        about.textContent = [hit.county, also].filter(Boolean).join(" · ");
        item.append(name, " ", about);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          go(hit);
        });
        return item;
      }),
    );
    list.hidden = hits.length === 0;
    field.setAttribute("aria-expanded", String(hits.length > 0));
    mark(-1);
    said.textContent = field.value.trim() ? `${hits.length || "Ingen"} treff` : "";
  };

  field.addEventListener("input", show);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (list.hidden) show();
    if (hits.length) mark((active + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length);
  });
  form.addEventListener("submit", (event) => {
    const hit = hits[active] ?? found(field.value)[0];
    if (hit) {
      event.preventDefault();
      go(hit);
    }
  });
  if (field.value) show();
})();
