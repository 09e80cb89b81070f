// Light or dark: by choice (kept in this browser), else by the system's wish. Runs before the first paint.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const read = () => { try { return localStorage.getItem("dailies-theme"); } catch { return null; } };
  const isDark = () => (read() ?? (system.matches ? "dark" : "light")) === "dark";
  const apply = () => {
    root.dataset.theme = isDark() ? "dark" : "light";
    window.Quasar?.Dark.set(isDark());
  };
  const toggle = () => {
    try { localStorage.setItem("dailies-theme", isDark() ? "light" : "dark"); } catch { /* private mode: this page only */ }
    apply();
  };
  root.lang ||= "en";
  apply();
  system.addEventListener("change", apply);
  addEventListener("load", apply);
  addEventListener("click", (event) => { if (event.target.closest?.('[data-act="theme"]')) toggle(); });
})();
