// Keeps the plan beside the question: when something changes, it asks for the plan's fragment and puts it in place.
// Without this script the form is an ordinary GET form with a button, and nothing is missing but the haste.
"use strict";

const form = document.getElementById("ask");
const result = document.getElementById("result");
const live = document.getElementById("live");
const PAUSE = 250;

let waiting = 0;
let running = null;

function address(base) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") fields.append(name, value);
  return `${base}?${fields}`;
}

async function ask() {
  if (form.elements.role.value === "" && form.elements.to.value === "") return;
  if (running) running.abort();
  const mine = (running = new AbortController());
  result.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address(form.dataset.plan), { signal: mine.signal });
    if (answer.status >= 500) throw new Error(answer.statusText);
    const html = await answer.text();
    if (mine !== running) return;
    const opened = new Set([...result.querySelectorAll("details[open] > summary")].map((one) => one.textContent));
    result.innerHTML = html;
    for (const summary of result.querySelectorAll("details > summary"))
      if (opened.has(summary.textContent)) summary.parentElement.open = true;
    const said = result.querySelector("[data-summary]");
    live.textContent = said ? said.dataset.summary : "";
    history.replaceState(null, "", address(form.action));
  } catch (error) {
    if (mine === running && error.name !== "AbortError") tellFailure();
  } finally {
    if (mine === running) result.removeAttribute("aria-busy");
  }
}

function tellFailure() {
  const words = "The plan could not be fetched. The button tries again.";
  const said = document.createElement("p");
  said.className = "problem";
  said.textContent = words;
  result.replaceChildren(said);
  live.textContent = words;
}

function askSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
}

for (const slide of form.querySelectorAll(".slide")) {
  const box = document.getElementById(slide.dataset.for);
  const open = slide.dataset.open;
  slide.hidden = false;
  slide.addEventListener("input", () => {
    box.value = slide.value === open ? "" : slide.value;
  });
  box.addEventListener("input", () => {
    slide.value = box.value === "" && open ? open : box.value;
  });
}

form.addEventListener("input", (event) => {
  const list = event.target.closest("[data-many]");
  if (list && event.target === list.lastElementChild && event.target.value !== "") {
    const blank = event.target.cloneNode();
    blank.value = "";
    blank.removeAttribute("value");
    blank.setAttribute("aria-label", event.target.getAttribute("aria-label").replace(/\d+$/, (n) => Number(n) + 1));
    list.append(blank);
  }
  const typing = event.target.matches("input:not([type]), input[type=date]");
  if (!typing) askSoon();
});

// Words are asked for when they are whole: when the field is left, or an offered name is chosen.
form.addEventListener("change", (event) => {
  if (event.target.matches("input:not([type]), input[type=date]")) askSoon();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  ask();
});
