"use strict";
// Timelines and comparisons, drawn by Observable Plot from the data in the page,
// after the page itself is painted.
requestAnimationFrame(() => setTimeout(() => {
  const QUADS = ["material_cooperation", "verbal_cooperation", "material_conflict", "verbal_conflict"];
  const WORDS = { material_cooperation: "material cooperation", verbal_cooperation: "verbal cooperation", material_conflict: "material conflict", verbal_conflict: "verbal conflict" };
  const FILLS = { material_cooperation: "var(--mc-fill)", verbal_cooperation: "var(--vc-fill)", material_conflict: "var(--mx-fill)", verbal_conflict: "var(--vx-fill)" };
  const SERIES = ["var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)", "var(--s5)", "var(--s6)"];
  const SYMBOLS = [d3.symbolCircle, d3.symbolCross, d3.symbolDiamond, d3.symbolSquare, d3.symbolStar, d3.symbolTriangle];
  const INK = "var(--ink)", FAINT = "var(--faint)";
  const FONT = { fontFamily: "Inter, system-ui, sans-serif", fontSize: "12px", background: "transparent", overflow: "visible" };
  const day = (text) => new Date(text + "T00:00:00Z");
  const after = (text) => new Date(day(text).getTime() + 86400000);
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
  const period = (bar, by) => by === "year" ? bar.start.slice(0, 4) : by === "month" ? d3.utcFormat("%B %Y")(day(bar.start)) : by === "day" ? bar.start : bar.start + " to " + bar.end;

  // All marks are one tab stop; arrow keys move between them.
  const walk = (drawing) => {
    const links = [...drawing.querySelectorAll("a")];
    links.forEach((link, i) => link.setAttribute("tabindex", i ? "-1" : "0"));
    drawing.addEventListener("keydown", (event) => {
      const at = links.indexOf(document.activeElement);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -links.length, End: links.length }[event.key];
      if (at < 0 || !step) return;
      event.preventDefault();
      const next = links[Math.max(0, Math.min(links.length - 1, at + step))];
      links[at].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  };
  const label = (drawing, words) => {
    for (const svg of drawing.querySelectorAll("svg")) {
      svg.setAttribute("role", "group");
      svg.setAttribute("aria-label", words);
    }
    // Plot puts labels on groups without a role.
    for (const group of drawing.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
    for (const link of drawing.querySelectorAll("a")) {
      const title = link.querySelector("title");
      if (title) link.setAttribute("aria-label", title.textContent);
      const target = link.getAttributeNS("http://www.w3.org/1999/xlink", "href");
      if (target) link.setAttribute("href", target);
    }
  };

  // A chart of a few days has one tick per day and none for hours.
  const fewDays = (data) => data.by === "day" && data.bars.length < 8 ? { ticks: data.bars.map((bar) => new Date(day(bar.start).getTime() + 43200000)), tickFormat: d3.utcFormat("%-d %b") } : {};
  // A few periods are in the middle of the chart, with room for eight, so that a bar is never as wide as the chart.
  const span = (data) => {
    const first = day(data.bars[0].start), last = after(data.bars[data.bars.length - 1].end);
    const rest = Math.max(0, 8 - data.bars.length) / 2 * (after(data.bars[0].end) - first);
    return [new Date(first.getTime() - rest), new Date(last.getTime() + rest)];
  };
  const bars = (data, perReports, width) => {
    const rows = [];
    const scale = (bar) => perReports ? (bar.reports ? 100 / bar.reports : 0) : 1;
    for (const bar of data.bars) {
      for (const quad of QUADS) {
        const count = bar.counts[quad] || 0;
        if (!count) continue;
        const value = count * scale(bar);
        const sign = quad.endsWith("cooperation") ? 1 : -1;
        rows.push({ x1: day(bar.start), x2: after(bar.end), quad, y: sign * value, href: bar.href + "&quad=" + quad,
          words: period(bar, data.by) + ": " + (perReports ? number.format(value) + " per 100 reports, " : "") + count + " of " + WORDS[quad] });
      }
    }
    const [first, last] = span(data);
    const heights = d3.rollups(rows, (group) => d3.sum(group, (row) => row.y), (row) => row.x1.getTime() + (row.y > 0 ? "+" : "-")).map(([, sum]) => sum);
    const ticks = d3.ticks(Math.min(0, d3.min(heights) || 0), Math.max(0, d3.max(heights) || 0), 6).filter((value) => perReports || Number.isInteger(value));
    const unit = perReports ? "events per 100 reports" : "events";
    const lanes = lanesOf(data, width, [first, last]);
    const drawing = Plot.plot({
      width, height: 282 + 20 * lanes.length, marginTop: 30 + 20 * lanes.length, marginBottom: 42, marginLeft: 52, marginRight: 8, style: FONT,
      x: { type: "utc", domain: [first, last], label: null, ...fewDays(data) },
      y: { label: "↑ cooperation · " + unit + " a " + data.by + " · conflict ↓", tickFormat: (v) => number.format(Math.abs(v)), ticks, grid: true },
      color: { domain: QUADS, range: QUADS.map((quad) => FILLS[quad]) },
      marks: [
        Plot.rectY(rows, Plot.stackY({ order: QUADS }, { x1: "x1", x2: "x2", y: "y", fill: "quad", insetLeft: data.bars.length > 200 ? 0 : 0.6, insetRight: data.bars.length > 200 ? 0 : 0.6, href: "href", title: "words" })),
        Plot.ruleY([0], { stroke: INK }),
      ],
    });
    numberDays(drawing, lanes);
    return drawing;
  };
  // Notable days have numbers above the bars, in several rows so that the numbers do not overlap.
  const lanesOf = (data, width, domain) => {
    const x = d3.scaleUtc(domain, [52, width - 8]), lanes = [];
    data.notable.forEach((each, i) => {
      const at = Math.max(60, Math.min(width - 16, x(day(each.day).getTime() + 43200000)));
      let lane = lanes.findIndex((taken) => at - taken[taken.length - 1].at >= 20);
      if (lane < 0) lane = lanes.push([]) - 1;
      lanes[lane].push({ ...each, at, number: i + 1 });
    });
    return lanes;
  };
  const numberDays = (drawing, lanes) => {
    const bottom = Number(drawing.getAttribute("height")) - 42;
    lanes.forEach((lane, row) => {
      for (const { at, number: shown, href, events, day: date, usual, words } of lane) {
        const top = 36 + 20 * (lanes.length - 1 - row);
        const link = d3.select(drawing).append("a").attr("href", href).attr("class", "day-mark").attr("data-day-mark", shown);
        link.append("title").text(date + ": " + events.toLocaleString("en") + " events, usually " + number.format(usual) + ". " + words);
        link.append("line").attr("x1", at).attr("x2", at).attr("y1", top + 8).attr("y2", bottom).attr("stroke", FAINT).attr("stroke-dasharray", "1 3");
        link.append("circle").attr("cx", at).attr("cy", top).attr("r", 8.5).attr("fill", "var(--paper)").attr("stroke", INK);
        link.append("text").attr("x", at).attr("y", top + 4).attr("text-anchor", "middle").attr("fill", INK).attr("font-size", 11).text(shown);
      }
    });
  };
  // The description of a numbered day, shown on hover or focus; its line in the list is highlighted.
  const tell = (figure, drawing) => {
    const tip = document.createElement("p");
    tip.className = "tip";
    tip.hidden = true;
    tip.setAttribute("aria-hidden", "true");
    drawing.append(tip);
    const line = (mark) => figure.querySelector('[data-notable="' + mark.dataset.dayMark + '"]');
    const show = (mark) => {
      const words = mark.querySelector("title");
      if (words) { mark.dataset.words = words.textContent; words.remove(); }
      tip.textContent = mark.dataset.words;
      tip.hidden = false;
      const at = mark.querySelector("circle").getBoundingClientRect(), box = drawing.getBoundingClientRect();
      tip.style.left = Math.max(0, Math.min(at.left - box.left - 20, box.width - tip.offsetWidth)) + "px";
      tip.style.top = at.bottom - box.top + 6 + "px";
      line(mark).classList.add("lit");
    };
    const hide = (mark) => { tip.hidden = true; line(mark).classList.remove("lit"); };
    for (const mark of drawing.querySelectorAll("[data-day-mark]")) {
      mark.addEventListener("pointerenter", () => show(mark));
      mark.addEventListener("pointerleave", () => hide(mark));
      mark.addEventListener("focus", () => show(mark));
      mark.addEventListener("blur", () => hide(mark));
      mark.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(mark); });
    }
  };
  const intensity = (data, width) => {
    const rows = data.bars.map((bar) => ({ x: new Date((day(bar.start).getTime() + after(bar.end).getTime()) / 2), y: bar.intensity }));
    const [first, last] = span(data);
    return Plot.plot({
      width, height: 156, marginTop: 30, marginBottom: 56, marginLeft: 52, marginRight: 8, style: FONT,
      x: { type: "utc", domain: [first, last], label: data.by + " in which it happened →", ...fewDays(data) },
      y: { domain: [-10, 10], label: "↑ mean intensity", ticks: [-10, 0, 10], tickFormat: (v) => (v > 0 ? "+" : "") + String(v).replace("-", "−"), grid: true },
      marks: [
        Plot.ruleY([0], { stroke: FAINT }),
        Plot.lineY(rows, { x: "x", y: "y", stroke: INK, strokeWidth: 1.4 }),
        rows.length <= 100 ? Plot.dot(rows.filter((row) => row.y !== null), { x: "x", y: "y", r: 2.2, fill: INK }) : null,
      ],
    });
  };
  // A strip of all days: a selection in it sets the span in the address of the page.
  const strip = (figure, data, width) => {
    const chosen = data.overview.length ? [day(data.bars[0].start), after(data.bars[data.bars.length - 1].end)] : null;
    const rows = data.overview.length ? data.overview.map(([start, count]) => ({ x: day(start), y: count })) : data.bars.map((bar) => ({ x: day(bar.start), y: bar.events }));
    if (rows.length < 3) return null;
    // The last step extends to the end of its period.
    rows.push({ x: new Date(rows[rows.length - 1].x.getTime() + (rows[rows.length - 1].x - rows[rows.length - 2].x)), y: rows[rows.length - 1].y });
    const height = 46, left = 52, right = 8;
    const x = d3.scaleUtc(d3.extent(rows, (row) => row.x), [left, width - right]);
    if (!data.overview.length) x.domain(span(data));
    const y = d3.scaleLinear([0, d3.max(rows, (row) => row.y) || 1], [height - 4, 4]);
    const svg = d3.create("svg").attr("width", width).attr("height", height).attr("viewBox", [0, 0, width, height]).attr("class", "strip-chart").attr("aria-hidden", "true");
    svg.append("path").attr("fill", "var(--tint)").attr("fill-opacity", 0.45).attr("d", d3.area().curve(d3.curveStepAfter).x((row) => x(row.x)).y0(height - 4).y1((row) => y(row.y))(rows));
    const brush = d3.brushX().extent([[left, 2], [width - right, height - 2]]).on("end", (event) => {
      if (!event.sourceEvent) return;
      const address = new URL(location.href);
      for (const name of ["since", "until"]) address.searchParams.delete(name);
      if (event.selection) {
        const [one, other] = event.selection.map((place) => d3.utcDay.round(x.invert(place)));
        address.searchParams.set("since", d3.utcFormat("%Y-%m-%d")(one));
        address.searchParams.set("until", d3.utcFormat("%Y-%m-%d")(new Date(Math.max(one, other - 86400000))));
      }
      location.assign(address);
    });
    const group = svg.append("g").attr("class", "brush").call(brush);
    if (chosen) group.call(brush.move, chosen.map((at) => Math.max(left, Math.min(width - right, x(at)))));
    figure.querySelector("[data-brush-hint]").hidden = false;
    return svg.node();
  };

  const compared = (data, width) => {
    const rows = data.series.flatMap((series) => series.bars.map((bar) => ({
      series: series.label, x: new Date((day(bar.start).getTime() + after(bar.end).getTime()) / 2), y: bar.value, href: bar.href,
      words: series.label + ", " + period(bar, data.by) + ": " + (bar.value === null ? "none" : number.format(bar.value)),
    })));
    const names = data.series.map((series) => series.label);
    const small = data.layout === "multiples";
    const isIntensity = data.measure === "intensity";
    // Points of zero would cover the axis.
    const dots = rows.filter((row) => isIntensity ? row.y !== null : row.y);
    const options = { x: "x", y: "y", stroke: "series", z: "series", ...(small ? { fy: "series" } : {}) };
    return Plot.plot({
      width, height: small ? 74 + 120 * names.length : 354, marginLeft: 52, marginRight: small ? (width < 500 ? 96 : 150) : 16, marginTop: 28, marginBottom: 58, style: FONT,
      x: { type: "utc", label: data.by + " →" }, y: { label: "↑ " + data.words, grid: true, ...(isIntensity ? { domain: [-10, 10] } : { zero: true }) },
      fy: { domain: names, label: null, axis: "right", padding: 0.16 },
      color: { domain: names, range: SERIES }, symbol: { domain: names, range: SYMBOLS },
      marks: [
        Plot.ruleY([0], { stroke: FAINT }),
        Plot.lineY(rows, { ...options, strokeWidth: 1.8 }),
        Plot.dot(dots, { ...options, fill: "series", symbol: "series", r: 3.2, href: isIntensity ? undefined : "href", title: "words" }),
      ],
    });
  };

  // Saving ----------------------------------------------------------------------------------------
  const settled = (text) => {
    const style = getComputedStyle(document.documentElement);
    return text.replace(/var\((--[\w-]+)\)/g, (whole, name) => style.getPropertyValue(name).trim() || whole).replace(/currentColor/g, style.getPropertyValue("--ink").trim());
  };
  const figureText = (figure) => {
    const parts = [...figure.querySelectorAll("[data-drawing] > svg:not(.strip-chart)")];
    const width = Math.max(...parts.map((svg) => Number(svg.getAttribute("width"))));
    let top = 34, inner = "";
    for (const svg of parts) {
      const copy = svg.cloneNode(true);
      copy.removeAttribute("style");
      copy.setAttribute("y", top);
      top += Number(svg.getAttribute("height"));
      inner += new XMLSerializer().serializeToString(copy);
    }
    const title = document.createElementNS("http://www.w3.org/2000/svg", "text");
    title.textContent = document.querySelector("h1").textContent;
    const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
    const isSeries = figure.querySelector(".legend.series") !== null;
    const swatch = (fill, i) => isSeries ? '<path transform="translate(5.5,5.5)" d="' + d3.symbol(SYMBOLS[i], 70)() + '" fill="' + fill + '"/>' : '<rect width="11" height="11" fill="' + fill + '"/>';
    const keys = [...figure.querySelectorAll(".legend li")].map((item, i) => '<g transform="translate(' + (52 + i * 160) + "," + (top + 12) + ')">' + swatch(getComputedStyle(item).getPropertyValue("--fill").trim(), i) + '<text x="17" y="10" fill="var(--ink)">' + item.textContent.replace(/[<&]/g, "") + "</text></g>").join("");
    const head = '<text x="52" y="20" font-size="15" font-weight="600" fill="var(--ink)">' + new XMLSerializer().serializeToString(title).replace(/<[^>]*>/g, "") + "</text>";
    return { width, height: top + 34, text: settled('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="' + width + '" height="' + (top + 34) + '" font-family="Inter, system-ui, sans-serif" font-size="12"><rect width="100%" height="100%" fill="' + paper + '"/>' + head + inner + keys + "</svg>") };
  };
  const download = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 5000);
  };
  const cell = (text) => { const safe = /^[=+\-@]/.test(text) && isNaN(text) ? "'" + text : text; return /[",\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe; };
  const table = (data) => {
    if (data.series) return [["series", "from", "to", data.measure], ...data.series.flatMap((series) => series.bars.map((bar) => [series.label, bar.start, bar.end, String(bar.value ?? "")]))];
    return [["from", "to", "events", ...QUADS, "mean_intensity", "reports"], ...data.bars.map((bar) => [bar.start, bar.end, String(bar.events), ...QUADS.map((quad) => String(bar.counts[quad] || 0)), String(bar.intensity ?? ""), String(bar.reports)])];
  };
  const save = (figure, data, kind) => {
    const name = document.querySelector("h1").textContent.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-") + "." + kind;
    if (kind === "csv") { download(new Blob([table(data).map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" }), name); return; }
    const { text, width, height } = figureText(figure);
    if (kind === "svg") { download(new Blob([text], { type: "image/svg+xml" }), name); return; }
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = width * 2;
      canvas.height = height * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => download(blob, name), "image/png");
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  };

  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    const data = JSON.parse(figure.querySelector("[data-chart-data]").textContent);
    const drawing = figure.querySelector("[data-drawing]");
    const perReports = figure.querySelector("[data-per-reports]");
    const draw = () => {
      const width = Math.max(300, Math.round(drawing.clientWidth));
      const parts = data.series ? [compared(data, width)] : [bars(data, perReports.checked, width), intensity(data, width), data.plain ? null : strip(figure, data, width)];
      drawing.replaceChildren(...parts.filter(Boolean));
      label(drawing, data.title + "; the table below has the same data");
      walk(drawing);
      if (!data.series) tell(figure, drawing);
      drawing.dataset.drawn = "yes";
    };
    draw();
    figure.querySelector(".chart-tools").hidden = false;
    if (perReports) perReports.addEventListener("change", draw);
    for (const button of figure.querySelectorAll("[data-save]")) button.addEventListener("click", () => save(figure, data, button.dataset.save));
    let width = drawing.clientWidth;
    new ResizeObserver(() => { if (Math.abs(drawing.clientWidth - width) > 4) { width = drawing.clientWidth; draw(); } }).observe(drawing);
  }
}));
