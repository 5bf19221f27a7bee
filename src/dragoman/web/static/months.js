"use strict";
// Two sliders over the months of the record; each sets a filter field and reloads the page.
const monthSliders = (tools, months) => {
  const form = document.querySelector("form.filters");
  const last = months.length - 1;
  for (const name of ["since", "until"]) {
    const slider = tools.querySelector('[data-month="' + name + '"]');
    const word = tools.querySelector('[data-month-says="' + name + '"]');
    if (last < 1) { slider.closest("label").hidden = true; continue; }
    slider.max = last;
    const given = form.elements[name].value.slice(0, 7);
    const at = given ? months.findLastIndex((month) => month <= given) : -1;
    slider.value = at >= 0 ? at : name === "since" ? 0 : last;
    const say = () => { word.textContent = months[slider.value]; slider.setAttribute("aria-valuetext", months[slider.value]); };
    say();
    slider.addEventListener("input", say);
    slider.addEventListener("change", () => {
      const month = months[slider.value];
      const whole = Number(slider.value) === (name === "since" ? 0 : last);
      const day = name === "since" ? month + "-01" : new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
      form.elements[name].value = whole ? "" : day;
      const [since, until] = [form.elements.since.value, form.elements.until.value];
      if (since && until && since > until) form.elements[name === "since" ? "until" : "since"].value = "";
      form.requestSubmit();
    });
  }
};
