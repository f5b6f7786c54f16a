// The buttons of every page: colours, menu, print. The office finder is loaded when its field is used, and
// the mark of the office that the reader came from where a figure shows all offices.
(() => {
  const root = document.documentElement;

  document.querySelector(".nb-fargeknapp")?.addEventListener("click", () => {
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    root.dataset.theme = root.dataset.mode = theme;
    try {
      localStorage.setItem("mode", theme);
    } catch {
      // the choice then holds for this page only
    }
  });

  const button = document.querySelector(".nb-menyknapp");
  const menu = document.getElementById("nb-meny");
  button?.addEventListener("click", () => {
    const open = menu.classList.toggle("nb-apen");
    button.setAttribute("aria-expanded", String(open));
  });

  for (const print of document.querySelectorAll("[data-skriv-ut]")) {
    print.addEventListener("click", () => window.print());
  }

  const load = (address) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = root.dataset.content_root + address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });

  const field = document.getElementById("nb-finn-felt");
  let loaded;
  const finder = () =>
    (loaded ??= Promise.all([load("finn/kontor.js"), load("_static/nb-avstand.js")]).then(() =>
      load("_static/nb-finn.js"),
    ));
  field?.addEventListener("focus", finder, { once: true });
  const query = new URLSearchParams(location.search);
  if (query.has("kontor") && document.querySelector("[data-enheter]")) load("_static/nb-her.js");
  const asked = query.get("finn");
  if (field && asked) {
    field.value = asked;
    finder().then(() => field.focus());
  }
})();
