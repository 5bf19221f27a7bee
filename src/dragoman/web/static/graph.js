"use strict";
(() => {
  for (const stage of document.querySelectorAll("[data-stage]")) {
    const svg = stage.querySelector("svg");
    const scene = svg.querySelector(".scene");
    const buttons = stage.querySelector(".zoom");
    let x = 0, y = 0, scale = 1, held = null, moved = false;
    buttons.hidden = false;
    const set = () => scene.setAttribute("transform", "translate(" + x + " " + y + ") scale(" + scale + ")");
    const spot = (event) => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      return [point.x, point.y];
    };
    const zoom = (factor, [cx, cy]) => {
      const next = Math.max(0.6, Math.min(12, scale * factor));
      x = cx - (cx - x) * next / scale;
      y = cy - (cy - y) * next / scale;
      scale = next;
      set();
    };
    const middle = () => [svg.viewBox.baseVal.width / 2, svg.viewBox.baseVal.height / 2];
    buttons.addEventListener("click", (event) => {
      const kind = event.target.dataset.zoom;
      if (kind === "in") zoom(1.5, middle());
      else if (kind === "out") zoom(1 / 1.5, middle());
      else if (kind === "reset") { x = y = 0; scale = 1; set(); }
    });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, spot(event));
    }, { passive: false });
    const place = (node, px, py) => {
      node.setAttribute("transform", "translate(" + px + " " + py + ")");
      const id = node.dataset.id;
      for (const line of scene.querySelectorAll("line")) {
        if (line.dataset.one === id) { line.setAttribute("x1", px); line.setAttribute("y1", py); }
        if (line.dataset.other === id) { line.setAttribute("x2", px); line.setAttribute("y2", py); }
      }
    };
    svg.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" && !event.target.closest(".node")) return;
      held = { node: event.target.closest(".node"), at: spot(event), x, y };
      moved = false;
    });
    addEventListener("pointermove", (event) => {
      if (!held) return;
      const [px, py] = spot(event);
      if (Math.hypot(px - held.at[0], py - held.at[1]) > 3) moved = true;
      if (!moved) return;
      if (held.node) place(held.node, (px - x) / scale, (py - y) / scale);
      else { x = held.x + px - held.at[0]; y = held.y + py - held.at[1]; set(); }
    });
    addEventListener("pointerup", () => { held = null; });
    svg.addEventListener("click", (event) => { if (moved) { event.preventDefault(); moved = false; } }, true);
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    const near = (id) => {
      for (const line of scene.querySelectorAll("line")) line.classList.toggle("far", id !== null && line.dataset.one !== id && line.dataset.other !== id);
    };
    for (const node of scene.querySelectorAll(".node")) {
      node.addEventListener("pointerenter", () => near(node.dataset.id));
      node.addEventListener("pointerleave", () => near(null));
    }
  }
})();
