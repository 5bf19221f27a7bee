"use strict";
// Libraries are run when the page has been painted, in their order: it can be read before anything is drawn.
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
