// Before the page is shown, so that it does not change its colours while it loads.
(() => {
  const root = document.documentElement;
  root.classList.add("nb-js");
  const chosen = (() => {
    try {
      return localStorage.getItem("mode");
    } catch {
      return null;
    }
  })();
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    const mode = root.dataset.mode;
    root.dataset.theme = mode === "auto" ? (system.matches ? "dark" : "light") : mode;
  };
  root.dataset.mode = chosen === "light" || chosen === "dark" ? chosen : "auto";
  show();
  system.addEventListener("change", show);
})();
