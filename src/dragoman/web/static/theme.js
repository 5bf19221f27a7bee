"use strict";
// Before the page is painted: what its reader chose last time.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch (error) {
  // Storage can be forbidden; then the system's choice holds.
}
