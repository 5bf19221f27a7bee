"use strict";
// Libraries run in order after the page has been painted, so that it can be read before anything is drawn.
(() => {
  const sources = document.currentScript.dataset.scripts.split(" ");
  requestAnimationFrame(() => setTimeout(() => {
    for (const source of sources) {
      const script = document.createElement("script");
      script.src = source;
      script.async = false;
      document.head.append(script);
    }
  }));
})();
