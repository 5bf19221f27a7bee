"use strict";
// Apply the user's previous choice before the page is painted.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch (error) {
  // Storage can be forbidden; then the system setting applies.
}
