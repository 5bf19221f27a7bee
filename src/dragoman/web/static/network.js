"use strict";
// The network: laid out by d3-force and drawn by Cytoscape, after the page itself is painted.
requestAnimationFrame(() => setTimeout(() => {
  const data = JSON.parse(document.querySelector("[data-network]").textContent);
  const stage = document.querySelector("[data-stage]");
  const panel = document.querySelector("[data-panel]");
  const tools = document.querySelector("[data-tools]");
  const root = document.documentElement;
  const events = (count) => count.toLocaleString("en") + (count === 1 ? " event" : " events");
  const add = (base, name, value) => base + (base.includes("?") ? "&" : "?") + name + "=" + encodeURIComponent(value);
  const edgeHref = (edge) => add(data.base, "dyad", data.nodes[edge[0]][0] + ">" + data.nodes[edge[1]][0]);

  // Layout -------------------------------------------------------------------------------------------
  // More arrows than this are not readable at once; the slider shows the weaker ones.
  const READABLE = 400;
  const nodes = data.nodes.map(([id, name, count], i) => ({ i, id, name, count }));
  const heaviest = Math.max(...nodes.map((node) => node.count));
  const busiest = Math.max(...data.edges.map((edge) => edge[2]), 1);
  // A narrow screen scales the drawing down; larger circles compensate for it.
  const grown = Math.max(1, 760 / stage.clientWidth);
  const size = (count) => grown * (14 + 46 * Math.sqrt(count / heaviest));
  const steps = [...new Set(data.edges.map((edge) => edge[2]))].sort((one, other) => one - other);
  const fitting = steps.findIndex((step) => data.edges.filter((edge) => edge[2] >= step).length <= READABLE);
  // The threshold in the address: the minimum number of events of a shown arrow.
  const form = document.querySelector("form.filters");
  const asked = Number(new URL(location.href).searchParams.get("least"));
  const known = asked > 0 ? steps.findIndex((step) => step >= asked) : fitting;
  let at = known < 0 ? steps.length - 1 : known;
  const chosen = () => {
    const edges = data.edges.map((edge, i) => ({ i, source: edge[0], target: edge[1], count: edge[2] })).filter((edge) => edge.count >= steps[at]);
    const ends = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    return { edges, nodes: nodes.filter((node) => ends.has(node.i)) };
  };
  const arrange = (shown) => {
    const many = shown.nodes.length > 300;
    const links = shown.edges.map(({ source, target, count }) => ({ source, target, count }));
    d3.forceSimulation(shown.nodes)
      .force("link", d3.forceLink(links).id((node) => node.i).distance(many ? 90 : 150).strength((link) => 0.08 + 0.4 * Math.sqrt(link.count / busiest)))
      .force("charge", d3.forceManyBody().strength(many ? -300 : -900).distanceMax(1600).theta(1.1))
      .force("collide", d3.forceCollide((node) => size(node.count) / 2 + (many ? 8 : 22)))
      .force("x", d3.forceX(0).strength(0.05)).force("y", d3.forceY(0).strength(0.09)).stop()
      .tick(many ? Math.max(60, Math.round(60000 / shown.nodes.length)) : 300);
  };
  let shown = chosen();
  arrange(shown);

  // Drawing ------------------------------------------------------------------------------------------
  const colours = () => {
    const style = getComputedStyle(root);
    const of = (name) => style.getPropertyValue(name).trim();
    return { ink: of("--ink"), paper: of("--paper"), raised: of("--raised"), faint: of("--faint"), balance: [1, 2, 3, 4, 5].map((step) => of("--b" + step)) };
  };
  const look = () => {
    const c = colours();
    return [
      { selector: "node", style: {
        width: "data(size)", height: "data(size)", "background-color": c.raised, "border-width": 2, "border-color": c.ink, "z-index": 2 } },
      { selector: "node.named", style: {
        label: "data(name)", color: c.ink, "font-family": "Inter, system-ui, sans-serif", "font-size": "data(font)", "text-valign": "bottom", "text-margin-y": "data(gap)",
        "text-outline-color": c.raised, "text-outline-width": "data(gap)", "z-index": 3 } },
      { selector: "edge", style: {
        width: "data(width)", "curve-style": shown.edges.length > 1500 ? "straight" : "bezier", "control-point-step-size": 26, "target-arrow-shape": "triangle", "arrow-scale": 1.1,
        "line-color": (edge) => c.balance[edge.data("balance") - 1], "target-arrow-color": (edge) => c.balance[edge.data("balance") - 1], opacity: shown.edges.length > 600 ? 0.55 : 0.8 } },
      { selector: ".far", style: { opacity: 0.1, "text-opacity": 0.15 } },
      { selector: ".thin", style: { display: "none" } },
      { selector: "node:selected", style: { "border-width": 4, "background-color": c.faint } },
      { selector: "edge:selected", style: { opacity: 1, "line-style": "solid", width: 9 } },
    ];
  };
  const cy = cytoscape({
    container: stage, layout: { name: "preset" }, style: look(), minZoom: 0.03, maxZoom: 6, hideEdgesOnViewport: data.edges.length > 1500, textureOnViewport: false, pixelRatio: nodes.length > 800 ? 1 : "auto",
    userZoomingEnabled: false, boxSelectionEnabled: false, selectionType: "single",
    elements: [
      ...nodes.map((node) => ({ group: "nodes", data: { id: "n" + node.i, i: node.i, name: node.name, size: size(node.count), font: 12, gap: 2 }, position: { x: node.x || 0, y: node.y || 0 } })),
      ...data.edges.map((edge, i) => ({ group: "edges", data: { id: "e" + i, i, source: "n" + edge[0], target: "n" + edge[1], count: edge[2], balance: edge[4], width: 1.2 + 7 * Math.sqrt(edge[2] / busiest) } })),
    ],
  });
  const fit = () => cy.fit(cy.elements(":visible"), 30);
  // Names are shown where there is room, most active parties first, at the same size at every zoom.
  const name = () => {
    const taken = [], zoom = cy.zoom(), [width, height] = [stage.clientWidth, stage.clientHeight];
    const named = [];
    for (const node of shown.nodes) {
      const element = cy.getElementById("n" + node.i);
      const { x, y } = element.renderedPosition();
      const half = 3.4 * node.name.length + 4, top = y + (size(node.count) / 2) * zoom;
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const box = [x - half, top, x + half, top + 17];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      named.push(element);
      if (named.length > 160) break;
    }
    cy.batch(() => {
      cy.nodes(".named").removeClass("named");
      for (const element of named) { element.data({ font: 12.5 / zoom, gap: 2 / zoom }); element.addClass("named"); }
    });
  };
  let waiting = 0;
  cy.on("viewport position", () => { clearTimeout(waiting); waiting = setTimeout(name, 60); });
  const reveal = () => {
    const [edges, ends] = [new Set(shown.edges.map((edge) => edge.i)), new Set(shown.nodes.map((node) => node.i))];
    cy.batch(() => {
      cy.edges().forEach((edge) => { edge.toggleClass("thin", !edges.has(edge.data("i"))); });
      cy.nodes().forEach((node) => { node.toggleClass("thin", !ends.has(node.data("i"))); });
      for (const node of shown.nodes) cy.getElementById("n" + node.i).position({ x: node.x, y: node.y });
    });
    stage.dataset.visible = shown.edges.length;
    fit();
    name();
  };
  reveal();
  stage.dataset.drawn = "yes";
  const repaint = () => cy.style(look());
  new MutationObserver(repaint).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  new ResizeObserver(() => cy.resize()).observe(stage);
  // The wheel zooms only after a click in the drawing; until then it scrolls the page.
  stage.addEventListener("pointerdown", () => { cy.userZoomingEnabled(true); stage.focus({ preventScroll: true }); });
  stage.addEventListener("blur", () => cy.userZoomingEnabled(false));

  // Panel --------------------------------------------------------------------------------------------
  const line = (parent, tag, text, address) => {
    const item = document.createElement(tag);
    if (address) { const link = document.createElement("a"); link.href = address; link.textContent = text; item.append(link); } else item.textContent = text;
    parent.append(item);
    return item;
  };
  const tellEdge = (edge) => {
    panel.replaceChildren();
    line(panel, "h2", data.nodes[edge[0]][1] + " → " + data.nodes[edge[1]][1]);
    line(panel, "p", events(edge[2]), edgeHref(edge)).querySelector("a").dataset.count = edge[2];
    line(panel, "p", edge[3].toLocaleString("en") + " of cooperation, " + (edge[2] - edge[3]).toLocaleString("en") + " of conflict");
    line(panel, "p", "Dossier of the dyad", "/dossiers/dyad?actor=" + encodeURIComponent(data.nodes[edge[0]][0]) + "&recipient=" + encodeURIComponent(data.nodes[edge[1]][0]));
  };
  const tellNode = (number) => {
    const [id, name] = data.nodes[number];
    panel.replaceChildren();
    line(panel, "h2", name);
    line(panel, "p", "Page of the actor", "/dossiers/actor?id=" + encodeURIComponent(id));
    if (data.ego !== id) line(panel, "p", "Only this party and those near it", add(data.pages.ego, "ego", id));
    for (const [side, words] of [[0, "Toward"], [1, "From"]]) {
      const found = data.edges.filter((edge) => edge[side] === number).sort((one, other) => other[2] - one[2]);
      if (!found.length) continue;
      line(panel, "h3", words + (found.length > 10 ? " (10 of " + found.length + ")" : ""));
      const list = document.createElement("ol");
      list.className = "tally";
      for (const edge of found.slice(0, 10)) {
        const item = document.createElement("li");
        item.className = "b-" + edge[4];
        const link = document.createElement("a");
        link.href = edgeHref(edge);
        link.dataset.count = edge[2];
        link.textContent = data.nodes[edge[1 - side]][1] + " ";
        const count = document.createElement("span");
        count.textContent = edge[2].toLocaleString("en");
        link.append(count);
        item.append(link);
        list.append(item);
      }
      panel.append(list);
    }
  };
  const clear = () => cy.elements().removeClass("far");
  const choose = (node) => {
    clear();
    cy.elements().difference(node.closedNeighborhood()).addClass("far");
    tellNode(node.data("i"));
  };
  cy.on("tap", "node", (event) => choose(event.target));
  cy.on("tap", "edge", (event) => { clear(); tellEdge(data.edges[event.target.data("i")]); });
  cy.on("tap", (event) => { if (event.target === cy) clear(); });

  // Tools --------------------------------------------------------------------------------------------
  const act = (kind) => {
    if (kind === "whole") { fit(); return; }
    cy.zoom({ level: cy.zoom() * (kind === "in" ? 1.4 : 1 / 1.4), renderedPosition: { x: stage.clientWidth / 2, y: stage.clientHeight / 2 } });
  };
  const buttons = document.querySelector(".zoom");
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => { if (event.target.dataset.zoom) act(event.target.dataset.zoom); });
  stage.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[event.key];
    if (move) { cy.panBy({ x: move[0], y: move[1] }); event.preventDefault(); }
    else if (event.key === "+" || event.key === "=") act("in");
    else if (event.key === "-") act("out");
    else if (event.key === "0") act("whole");
  });
  tools.hidden = false;
  const least = tools.querySelector("[data-least]");
  const says = tools.querySelector("[data-least-says]");
  // The steps of the slider are the event counts of the arrows, so that each step hides some.
  least.max = steps.length;
  const tell = () => {
    const hidden = data.edges.length - shown.edges.length;
    says.textContent = steps[at].toLocaleString("en") + (hidden ? " (" + hidden.toLocaleString("en") + " thinner ones hidden)" : "");
  };
  least.value = at + 1;
  tell();
  let moving = 0;
  const keep = () => {
    const address = new URL(location.href);
    address.searchParams.set("least", steps[at]);
    history.replaceState(null, "", address);
    let hidden = form.querySelector("input[name=least]");
    if (!hidden) { hidden = document.createElement("input"); hidden.type = "hidden"; hidden.name = "least"; form.append(hidden); }
    hidden.value = steps[at];
  };
  least.addEventListener("change", keep);
  least.addEventListener("input", () => {
    at = least.value - 1;
    shown = chosen();
    tell();
    stage.dataset.visible = shown.edges.length;
    clearTimeout(moving);
    moving = setTimeout(() => { arrange(shown); cy.style(look()); reveal(); }, 150);
  });
  monthSliders(tools, data.months);
  tools.querySelector("[data-find]").addEventListener("change", (event) => {
    const words = event.target.value.trim().toLowerCase();
    const number = data.nodes.findIndex(([id, name]) => name.toLowerCase() === words || id.toLowerCase() === words);
    if (number < 0) return;
    const node = cy.getElementById("n" + number);
    // If all arrows of the party are hidden, all arrows are shown.
    if (node.hasClass("thin")) { at = 0; least.value = 1; shown = chosen(); tell(); arrange(shown); cy.style(look()); reveal(); }
    choose(node);
    cy.center(node);
  });
  if (data.ego !== null) {
    const number = data.nodes.findIndex(([id]) => id === data.ego);
    if (number >= 0) tellNode(number);
  }
}));
