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
  // Number of arrows that are readable at once in the drawing, fewer on a phone: the slider starts at the lowest
  // threshold that shows no more.
  const READABLE = Math.max(50, Math.min(150, Math.round(stage.clientWidth * stage.clientHeight / 2800)));
  // With more arrows than this, hovering does not fade the rest, and moving the drawing hides the arrows.
  const SMOOTH = 1500;
  const nodes = data.nodes.map(([id, name, count], i) => ({ i, id, name, count }));
  const all = data.edges.map((edge, i) => ({ i, source: edge[0], target: edge[1], count: edge[2], balance: edge[4] }));
  const busiest = Math.max(...all.map((edge) => edge.count), 1);
  const steps = [...new Set(all.map((edge) => edge.count))].sort((one, other) => one - other);
  const above = (step) => all.filter((edge) => edge.count >= step).length;
  const fitting = () => {
    const first = steps.findIndex((step) => above(step) <= READABLE);
    if (first < 0) return steps.length - 1;
    // If the next threshold leaves almost nothing, somewhat more than the readable number is better.
    return first > 0 && above(steps[first]) < READABLE / 5 && above(steps[first - 1]) <= 3 * READABLE ? first - 1 : first;
  };
  // The threshold in the address: the minimum number of events of a shown arrow.
  const form = document.querySelector("form.filters");
  const asked = Number(new URL(location.href).searchParams.get("least"));
  const known = asked > 0 ? steps.findIndex((step) => step >= asked) : fitting();
  let at = known < 0 ? steps.length - 1 : known;
  // A party that was searched for is shown with all its arrows, whatever the threshold.
  let pinned = -1;
  const chosen = () => {
    const edges = all.filter((edge) => edge.count >= steps[at] || edge.source === pinned || edge.target === pinned);
    const ends = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    if (pinned >= 0) ends.add(pinned);
    return { edges, nodes: nodes.filter((node) => ends.has(node.i)) };
  };
  // Positions and sizes are in pixels of the drawing, so that it fills any width and stays readable in it.
  const arrange = (shown) => {
    const [width, height] = [stage.clientWidth, stage.clientHeight];
    const room = Math.sqrt(width * height / Math.max(1, shown.nodes.length));
    const heaviest = Math.max(...shown.nodes.map((node) => node.count), 1);
    for (const node of shown.nodes) node.size = Math.min(11, 0.2 * room) + Math.min(28, 0.55 * room) * Math.sqrt(node.count / heaviest);
    const many = shown.nodes.length > 300;
    const degree = new Map();
    for (const { source, target } of shown.edges) for (const end of [source, target]) degree.set(end, (degree.get(end) || 0) + 1);
    const links = shown.edges.map(({ source, target, count }) => ({ source, target, count }));
    const tight = (link) => (0.35 + 0.65 * Math.sqrt(link.count / busiest)) / Math.sqrt(Math.min(degree.get(link.source.i), degree.get(link.target.i)));
    const ratio = Math.sqrt(width / height);
    d3.forceSimulation(shown.nodes)
      .force("link", d3.forceLink(links).id((node) => node.i).distance(many ? 30 : 90).strength((link) => 0.5 * tight(link)))
      .force("charge", d3.forceManyBody().strength(many ? -120 : -700).distanceMax(many ? 700 : 1400).theta(many ? 1.3 : 0.9))
      .force("x", d3.forceX(0).strength(0.06 / ratio)).force("y", d3.forceY(0).strength(0.06 * ratio)).stop()
      .tick(many ? Math.max(50, Math.round(50000 / shown.nodes.length)) : 300);
    const [left, right] = d3.extent(shown.nodes, (node) => node.x), [top, bottom] = d3.extent(shown.nodes, (node) => node.y);
    const wide = (width - 110) / Math.max(1, right - left), high = (height - 70) / Math.max(1, bottom - top), least = Math.min(wide, high);
    const [across, down] = [Math.min(wide, 1.8 * least, 2.5), Math.min(high, 1.8 * least, 2.5)];
    for (const node of shown.nodes) { node.x = (node.x - (left + right) / 2) * across; node.y = (node.y - (top + bottom) / 2) * down; node.vx = node.vy = 0; }
    // Circles that overlap after this are moved apart; names need some room between them as well.
    d3.forceSimulation(shown.nodes).force("collide", d3.forceCollide((node) => node.size / 2 + Math.min(14, 0.12 * room)).strength(0.8)).stop().tick(many ? 12 : 60);
    for (const node of shown.nodes) {
      node.x = Math.max(-width / 2, Math.min(width / 2, node.x));
      node.y = Math.max(-height / 2, Math.min(height / 2, node.y));
    }
  };
  let shown = chosen();
  arrange(shown);

  // Drawing ------------------------------------------------------------------------------------------
  const short = (name) => name.length > 26 ? name.slice(0, 25).trimEnd() + "…" : name;
  const colours = () => {
    const style = getComputedStyle(root);
    const of = (name) => style.getPropertyValue(name).trim();
    return { ink: of("--ink"), paper: of("--paper"), raised: of("--raised"), faint: of("--faint"), balance: [1, 2, 3, 4, 5].map((step) => of("--b" + step)) };
  };
  const look = () => {
    const c = colours();
    return [
      { selector: "node", style: {
        width: "data(size)", height: "data(size)", "background-color": c.raised, "border-width": "data(rim)", "border-color": c.ink, "z-index": 2 } },
      { selector: "node.named", style: {
        label: "data(name)", color: c.ink, "font-family": "Inter, system-ui, sans-serif", "font-size": "data(font)", "text-valign": "bottom", "text-margin-y": "data(gap)",
        "text-outline-color": c.raised, "text-outline-width": "data(gap)", "z-index": 3 } },
      { selector: "node.named-top", style: { "text-valign": "top", "text-margin-y": (node) => -node.data("gap") } },
      { selector: "node.named-right", style: { "text-valign": "center", "text-halign": "right", "text-margin-y": 0, "text-margin-x": "data(gap)" } },
      { selector: "node.named-left", style: { "text-valign": "center", "text-halign": "left", "text-margin-y": 0, "text-margin-x": (node) => -node.data("gap") } },
      ...[1, 2, 3, 4, 5].map((step) => ({ selector: "edge[balance = " + step + "]", style: { "line-color": c.balance[step - 1], "target-arrow-color": c.balance[step - 1] } })),
      { selector: "edge", style: {
        width: "data(width)", "curve-style": shown.edges.length > SMOOTH ? "straight" : "bezier", "control-point-step-size": 18, "target-arrow-shape": "triangle", "arrow-scale": 0.9,
        opacity: shown.edges.length > SMOOTH ? 0.6 : 0.9 } },
      { selector: ".far", style: { opacity: 0.12, "text-opacity": 0.2 } },
      { selector: "edge.near", style: { opacity: 1, "z-index": 9 } },
      { selector: "node.near", style: { "background-color": c.faint, "z-index": 9 } },
      { selector: "node:selected", style: { "border-width": 4, "background-color": c.faint } },
      { selector: "edge:selected", style: { opacity: 1, "line-style": "solid", width: 9 } },
    ];
  };
  const elements = () => {
    const thick = shown.edges.length > SMOOTH ? 3 : 5, rim = shown.nodes.length > 300 ? 1 : 1.6;
    return [
      ...shown.nodes.map((node) => ({ group: "nodes", data: { id: "n" + node.i, i: node.i, name: short(node.name), size: node.size, rim, font: 12, gap: 2 }, position: { x: node.x, y: node.y } })),
      ...shown.edges.map((edge) => ({ group: "edges", data: { id: "e" + edge.i, i: edge.i, source: "n" + edge.source, target: "n" + edge.target, balance: edge.balance, width: 0.9 + thick * Math.sqrt(edge.count / busiest) } })),
    ];
  };
  const cy = cytoscape({
    container: stage, layout: { name: "preset" }, style: look(), minZoom: 0.03, maxZoom: 8, textureOnViewport: false, pixelRatio: nodes.length > 800 ? 1 : "auto",
    userZoomingEnabled: false, boxSelectionEnabled: false, selectionType: "single", elements: elements(),
  });
  const fit = () => cy.fit(cy.elements(), 26);
  // Names are shown where there is room, most active parties first, at the same size at every zoom.
  const name = () => {
    const zoom = cy.zoom(), [width, height] = [stage.clientWidth, stage.clientHeight];
    // Among very many circles only the largest are named, also over smaller ones; so are the most active parties always.
    const crowded = shown.nodes.length > 300;
    const most = Math.max(12, Math.round(width * height / (crowded ? 14000 : 8500))), named = [], taken = [], circles = [];
    for (const node of shown.nodes) {
      const { x, y } = cy.getElementById("n" + node.i).renderedPosition();
      if (x >= 0 && y >= 0 && x <= width && y <= height) circles.push({ node, x, y, r: (node.size / 2) * zoom });
    }
    const covers = (box) => taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
    const hides = (box, own) => circles.some((c, i) => (!crowded || i < 20) && c.node !== own && box[0] < c.x + c.r && c.x - c.r < box[2] && box[1] < c.y + c.r && c.y - c.r < box[3]);
    for (const [rank, { node, x, y, r }] of circles.entries()) {
      const wide = 6.7 * short(node.name).length + 6, tall = 16;
      const places = [["", [x - wide / 2, y + r, x + wide / 2, y + r + tall]], ["top", [x - wide / 2, y - r - tall, x + wide / 2, y - r]], ["right", [x + r, y - tall / 2, x + r + wide, y + tall / 2]], ["left", [x - r - wide, y - tall / 2, x - r, y + tall / 2]]];
      const open = places.filter(([, box]) => box[0] > 0 && box[1] > 0 && box[2] < width && box[3] < height && !covers(box));
      const free = open.find(([, box]) => !hides(box, node)) || (rank < 6 && open[0]);
      if (!free) continue;
      taken.push(free[1]);
      named.push([node, free[0]]);
      if (named.length >= most) break;
    }
    cy.batch(() => {
      cy.nodes(".named").removeClass("named named-top named-right named-left");
      for (const [node, side] of named) {
        const element = cy.getElementById("n" + node.i);
        element.data({ font: 12 / zoom, gap: 2 / zoom });
        element.addClass(side ? "named named-" + side : "named");
      }
    });
    stage.dataset.named = named.length;
  };
  let waiting = 0;
  cy.on("viewport position", () => { clearTimeout(waiting); waiting = setTimeout(name, 60); });
  const says = document.querySelector("[data-shown]");
  const number = (count) => count.toLocaleString("en");
  const tell = () => {
    stage.dataset.visible = shown.edges.length;
    says.hidden = false;
    says.textContent = number(shown.nodes.length) + " of " + number(data.all[0]) + " parties and " + number(shown.edges.length) + " of " + number(data.all[1]) + " arrows are shown"
      + (shown.edges.length < data.all[1] ? ": arrows of " + number(steps[at]) + (steps[at] === 1 ? " event" : " events") + " or more" + (pinned >= 0 ? ", and all of " + nodes[pinned].name : "") + "." : ".");
  };
  const settle = () => {
    cy.renderer().hideEdgesOnViewport = shown.edges.length > SMOOTH;
    fit();
    name();
    tell();
  };
  const reveal = () => {
    shown = chosen();
    arrange(shown);
    cy.batch(() => { cy.elements().remove(); cy.add(elements()); });
    cy.style(look());
    settle();
  };
  cy.one("render", () => { stage.dataset.drawn = "yes"; });
  settle();
  const repaint = () => cy.style(look());
  new MutationObserver(repaint).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  // Print: a picture of the drawing as it is, in light colours.
  addEventListener("beforeprint", () => {
    const theme = root.dataset.theme, picture = document.createElement("img");
    root.dataset.theme = "light";
    cy.style(look());
    picture.src = cy.png({ scale: 2, bg: "#ffffff", full: cy.zoom() <= 1 });
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    cy.style(look());
    picture.className = "printed";
    picture.alt = "Drawing of the network";
    if (stage.nextElementSibling.className === "printed") stage.nextElementSibling.remove();
    stage.after(picture);
  });
  addEventListener("afterprint", () => { if (stage.nextElementSibling.className === "printed") stage.nextElementSibling.remove(); });
  let size = [stage.clientWidth, stage.clientHeight];
  new ResizeObserver(() => {
    const now = [stage.clientWidth, stage.clientHeight];
    cy.resize();
    if (Math.abs(now[0] - size[0]) + Math.abs(now[1] - size[1]) > 8) { size = now; fit(); }
  }).observe(stage);
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
  const between = (edge) => data.nodes[edge[0]][1] + " → " + data.nodes[edge[1]][1];
  const tellEdge = (edge) => {
    panel.replaceChildren();
    line(panel, "h2", between(edge));
    line(panel, "p", events(edge[2]), edgeHref(edge)).querySelector("a").dataset.count = edge[2];
    line(panel, "p", edge[3].toLocaleString("en") + " of cooperation, " + (edge[2] - edge[3]).toLocaleString("en") + " of conflict");
    line(panel, "p", "Dossier of the dyad", "/dossiers/dyad?actor=" + encodeURIComponent(data.nodes[edge[0]][0]) + "&recipient=" + encodeURIComponent(data.nodes[edge[1]][0]));
  };
  const tellNode = (party) => {
    const [id, name] = data.nodes[party];
    panel.replaceChildren();
    line(panel, "h2", name);
    line(panel, "p", "Page of the actor", "/dossiers/actor?id=" + encodeURIComponent(id));
    if (data.ego !== id) line(panel, "p", "Only this party and those near it", add(data.pages.ego, "ego", id));
    const sides = document.createElement("div");
    sides.className = "sides";
    panel.append(sides);
    for (const [side, words] of [[0, "Toward"], [1, "From"]]) {
      const found = data.edges.filter((edge) => edge[side] === party).sort((one, other) => other[2] - one[2]);
      if (!found.length) continue;
      const part = document.createElement("div");
      sides.append(part);
      line(part, "h3", words + (found.length > 10 ? " (10 of " + found.length + ")" : ""));
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
      part.append(list);
    }
  };
  const clear = () => cy.batch(() => cy.elements(".far, .near").removeClass("far near"));
  const light = (element) => {
    const around = element.isNode() ? element.closedNeighborhood() : element.union(element.connectedNodes());
    cy.batch(() => {
      if (shown.edges.length <= SMOOTH) cy.elements().difference(around).addClass("far");
      around.edges().addClass("near");
      element.addClass("near");
    });
  };
  let held = null;
  const choose = (node) => {
    clear();
    held = node;
    light(node);
    tellNode(node.data("i"));
  };
  const letGo = () => { held = null; clear(); };
  cy.on("tap", "node", (event) => choose(event.target));
  cy.on("tap", "edge", (event) => { letGo(); tellEdge(data.edges[event.target.data("i")]); });
  cy.on("tap", (event) => { if (event.target === cy) letGo(); });
  // Hovering names a party or an arrow and brings out what it is tied to.
  const tip = document.createElement("p");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  stage.append(tip);
  const hint = (element) => {
    if (element.isEdge()) {
      const edge = data.edges[element.data("i")];
      return between(edge) + ": " + events(edge[2]) + ", " + Math.round(100 * edge[3] / edge[2]) + "\u202f% cooperation";
    }
    const node = nodes[element.data("i")];
    return node.name + ": " + events(node.count) + " with others";
  };
  cy.on("mouseover", "node, edge", (event) => {
    tip.textContent = hint(event.target);
    tip.hidden = false;
    const { x, y } = event.renderedPosition;
    tip.style.left = Math.max(4, Math.min(x + 14, stage.clientWidth - tip.offsetWidth - 6)) + "px";
    tip.style.top = (y + 18 + tip.offsetHeight > stage.clientHeight ? y - tip.offsetHeight - 12 : y + 16) + "px";
    if (!held) light(event.target);
  });
  const leave = () => { tip.hidden = true; if (!held) clear(); };
  cy.on("mouseout", "node, edge", leave);
  stage.addEventListener("pointerleave", leave);

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
  const threshold = tools.querySelector("[data-least-says]");
  // The steps of the slider are the event counts of the arrows, so that each step hides some.
  least.max = steps.length;
  const step = () => {
    threshold.textContent = number(steps[at]);
    least.setAttribute("aria-valuetext", number(steps[at]) + " or more");
  };
  least.value = at + 1;
  step();
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
    step();
    stage.dataset.visible = chosen().edges.length;
    clearTimeout(moving);
    moving = setTimeout(() => { held = null; reveal(); }, 150);
  });
  monthSliders(tools, data.months);
  tools.querySelector("[data-find]").addEventListener("change", (event) => {
    const words = event.target.value.trim().toLowerCase();
    const found = data.nodes.findIndex(([id, name]) => name.toLowerCase() === words || id.toLowerCase() === words);
    if (found < 0) return;
    // A party without a shown arrow is added to the drawing with all of its arrows.
    if (cy.getElementById("n" + found).empty()) { pinned = found; reveal(); }
    const node = cy.getElementById("n" + found);
    choose(node);
    cy.center(node);
  });
  if (data.ego !== null) {
    const ego = data.nodes.findIndex(([id]) => id === data.ego);
    if (ego >= 0) tellNode(ego);
  }
}));
