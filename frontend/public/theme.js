// Sets theme and language before the first paint; a file of its own, as inline scripts are forbidden.
(() => {
  const chosen = localStorage.getItem("ward.theme") || "system";
  const dark =
    chosen === "dark" ||
    (chosen === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  document.documentElement.lang = localStorage.getItem("ward.language") || "en";
})();
