// Marks the office that the reader came from (?kontor=9001) in the figures that show all offices.
(() => {
  const office = new URLSearchParams(location.search).get("kontor") ?? "";
  const draw = (name, attributes, parent, text = "") => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  for (const group of document.querySelectorAll(".nb-stat [data-enheter]")) {
    const place = group.dataset.enheter.split(" ").indexOf(office);
    const marks = group.querySelector("path[stroke-linecap]")?.getAttribute("d").split("M").slice(1);
    const at = marks?.[place]?.match(/-?\d*\.?\d+/g);
    if (place < 0 || !at) continue;
    const [x, y] = at.map(Number);
    const svg = group.closest("svg");
    const left = x > svg.viewBox.baseVal.width / 2;
    const here = draw("g", { class: "nb-x-egen nb-f-egen nb-her", "font-size": 12 }, svg);
    draw("circle", { cx: x, cy: y, r: 5 }, here);
    draw("text", { x: x + (left ? -9 : 9), y: y - 6, "text-anchor": left ? "end" : "start" }, here, "Du er her");
    svg.setAttribute("aria-label", `${svg.getAttribute("aria-label")} Kontoret du kom fra, er merket.`);
  }
})();
