"use strict";
// The world map: country shapes from world-atlas, projected and zoomed by d3.
(() => {
  const figure = document.querySelector("[data-map]");
  const data = JSON.parse(figure.querySelector("[data-map-data]").textContent);
  const stage = figure.querySelector("[data-stage]");
  const WIDTH = 960, HEIGHT = 480, STEPS = 5;
  // Shapes without an ISO 3166 number, by their name in world-atlas.
  const UNNUMBERED = { Kosovo: "XKX" };
  const href = (key) => data.base + (data.base.includes("?") ? "&" : "?") + data.key + "=" + encodeURIComponent(key);
  const told = (count) => count.toLocaleString("en") + (count === 1 ? " event" : " events");
  const most = Math.max(1, ...Object.values(data.countries).map(([, count]) => count));
  const bounds = [];
  for (let i = 1; i < STEPS; i += 1) {
    const bound = Math.max(i + 1, Math.round(most ** (i / STEPS)));
    if (bound <= most && bound !== bounds[bounds.length - 1]) bounds.push(bound);
  }
  const shade = d3.scaleThreshold(bounds, d3.range(1, bounds.length + 2));
  const largest = Math.max(1, ...data.spots.map((spot) => spot[4]));
  const radius = d3.scaleSqrt([0, largest], [0, 16]);
  // Radius in pixels of the screen; the legend has the same. A narrow map has smaller points, but not in proportion.
  const pixels = (count) => Math.max(2.4, radius(count)) * Math.max(0.6, Math.min(1.25, Math.sqrt(stage.clientWidth / WIDTH)));

  const draw = (world, codes) => {
    const alpha = new Map(codes.map(([, three, number]) => [number, three]));
    const shapes = topojson.feature(world, world.objects.countries).features;
    const projection = d3.geoNaturalEarth1().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: "Sphere" });
    const path = d3.geoPath(projection);
    const svg = d3.create("svg").attr("viewBox", [0, 0, WIDTH, HEIGHT]).attr("class", "world").attr("role", "group").attr("aria-label", "Map of the world; the lists below have the same data").attr("tabindex", 0);
    const scene = svg.append("g");
    scene.append("path").attr("class", "sea").attr("d", path({ type: "Sphere" }));
    for (const shape of shapes) {
      const code = alpha.get(shape.id) || UNNUMBERED[shape.properties.name];
      const found = data.countries[code];
      const outline = path(shape);
      if (!outline) continue;
      if (!found) { scene.append("path").attr("class", "land").attr("d", outline); continue; }
      const link = scene.append("a").attr("href", href(code)).attr("aria-label", found[0] + ": " + told(found[1])).attr("data-code", code).attr("tabindex", -1);
      link.append("title").text(found[0] + ": " + told(found[1]));
      link.append("path").attr("class", "land tint-" + shade(found[1])).attr("d", outline);
    }
    const spots = scene.append("g").selectAll("a").data(data.spots.map((spot) => ({ spot, at: projection([spot[2], spot[3]]) })).filter((each) => each.at)).join("a")
      .attr("href", ({ spot }) => href(spot[0])).attr("aria-label", ({ spot }) => spot[1] + ": " + told(spot[4])).attr("tabindex", (each, i) => i ? -1 : 0);
    spots.append("title").text(({ spot }) => spot[1] + ": " + told(spot[4]));
    const circles = spots.append("circle").attr("class", ({ spot }) => "spot " + spot[5] + (spot[6] === "region" ? " wide" : "")).attr("cx", ({ at }) => at[0]).attr("cy", ({ at }) => at[1]);

    // The zoom and the centre are stored in the address.
    const field = document.querySelector("form.filters");
    const keep = (transform) => {
      const [longitude, latitude] = projection.invert(transform.invert([WIDTH / 2, HEIGHT / 2])) || [0, 0];
      const address = new URL(location.href);
      if (transform.k === 1) address.searchParams.delete("view");
      else address.searchParams.set("view", [longitude.toFixed(1), latitude.toFixed(1), transform.k.toFixed(2)].join(","));
      history.replaceState(null, "", address);
      let hidden = field.querySelector("input[name=view]");
      if (!hidden) { hidden = document.createElement("input"); hidden.type = "hidden"; hidden.name = "view"; field.append(hidden); }
      hidden.value = address.searchParams.get("view") || "";
      for (const link of document.querySelectorAll(".switch a")) {
        const to = new URL(link.href);
        if (hidden.value) to.searchParams.set("view", hidden.value); else to.searchParams.delete("view");
        link.href = to;
      }
    };
    const size = (k) => {
      circles.attr("r", ({ spot }) => pixels(spot[4]) * (WIDTH / stage.clientWidth) / Math.sqrt(k) / (k > 4 ? Math.sqrt(k / 4) : 1));
      svg.node().classList.toggle("zoomed", k > 1);
    };
    const zoom = d3.zoom().scaleExtent([1, 24]).translateExtent([[0, 0], [WIDTH, HEIGHT]])
      .filter((event) => event.type === "wheel" ? event.ctrlKey || event.shiftKey : event.touches ? event.touches.length > 1 : !event.button)
      .on("zoom", ({ transform }) => { scene.attr("transform", transform); size(transform.k); })
      .on("end", ({ transform }) => keep(transform));
    svg.call(zoom).on("dblclick.zoom", null);
    size(1);
    const view = (new URL(location.href).searchParams.get("view") || "").split(",").map(Number);
    if (view.length === 3 && view.every(Number.isFinite)) {
      const at = projection([view[0], view[1]]);
      if (at) svg.call(zoom.transform, d3.zoomIdentity.translate(WIDTH / 2, HEIGHT / 2).scale(view[2]).translate(-at[0], -at[1]));
    }
    const act = (kind) => kind === "whole" ? svg.call(zoom.transform, d3.zoomIdentity) : svg.call(zoom.scaleBy, kind === "in" ? 1.6 : 1 / 1.6);
    const buttons = figure.querySelector(".zoom");
    buttons.hidden = false;
    buttons.addEventListener("click", (event) => { if (event.target.dataset.zoom) act(event.target.dataset.zoom); });
    const links = spots.nodes().length ? spots.nodes() : scene.selectAll("a").nodes();
    if (!spots.nodes().length && links[0]) links[0].setAttribute("tabindex", "0");
    svg.on("keydown", (event) => {
      const at = links.indexOf(document.activeElement);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "+" || event.key === "=") act("in");
      else if (event.key === "-") act("out");
      else if (event.key === "0") act("whole");
      else if (step && at >= 0) { links[Math.max(0, Math.min(links.length - 1, at + step))].focus(); event.preventDefault(); }
      else if (step) { svg.call(zoom.translateBy, { ArrowRight: -40, ArrowLeft: 40 }[event.key] || 0, { ArrowDown: -30, ArrowUp: 30 }[event.key] || 0); event.preventDefault(); }
    });
    stage.replaceChildren(svg.node());
    stage.dataset.drawn = "yes";
    let width = stage.clientWidth;
    new ResizeObserver(() => {
      if (stage.clientWidth === width) return;
      width = stage.clientWidth;
      size(d3.zoomTransform(svg.node()).k);
      sizes();
    }).observe(stage);
    const shown = new Set(scene.selectAll("a[data-code]").nodes().map((link) => link.dataset.code));
    legend(Object.keys(data.countries).filter((code) => !shown.has(code)).length);
  };

  const legend = (unshown) => {
    const box = d3.select(figure.querySelector("[data-legend]"));
    const steps = [1, ...bounds];
    box.append("p").text("Events in a country:");
    const list = box.append("ul").attr("class", "shades").attr("aria-label", "Events in a country");
    steps.forEach((from, i) => {
      const to = i + 1 < steps.length ? steps[i + 1] - 1 : most;
      const item = list.append("li");
      item.append("i").attr("class", "shade tint-" + (i + 1));
      item.append("span").text(from === to ? from.toLocaleString("en") : from.toLocaleString("en") + "–" + to.toLocaleString("en"));
    });
    if (unshown) box.append("p").text(unshown + (unshown === 1 ? " country of the list has" : " countries of the list have") + " no shape on this map.");
    if (!data.spots.length) return;
    box.append("p").text("At a place:");
    box.append("svg").attr("class", "sizes").attr("role", "img");
    sizes();
  };
  const sizes = () => {
    const counts = [...new Set([1, Math.round(largest / 4) || 1, largest])];
    const svg = d3.select(figure.querySelector(".sizes")).attr("aria-label", "Size of a spot: " + counts.map(told).join(", ")).attr("width", 90 * counts.length).attr("height", 44);
    svg.selectAll("*").remove();
    counts.forEach((count, i) => {
      svg.append("circle").attr("cx", 21 + i * 90).attr("cy", 22).attr("r", pixels(count)).attr("class", "size");
      svg.append("text").attr("x", 46 + i * 90).attr("y", 26).text(count.toLocaleString("en"));
    });
  };

  const tools = figure.querySelector("[data-tools]");
  tools.hidden = data.months.length < 2;
  monthSliders(tools, data.months);

  Promise.all(["countries-50m.json", "country-codes.json"].map((name) => fetch("/static/vendor/" + name).then((answer) => answer.json())))
    .then(([world, codes]) => draw(world, codes))
    .catch(() => { stage.textContent = "The shapes of the countries could not be loaded; the lists below have the same data."; });
})();
