/* Everything here improves a page that already works without it. */

const all = (selector, root = document) => root.querySelectorAll(selector);
const AGAIN_AFTER = 5000; // ms
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

/* Theme: the cookie is read by the server, so the next page opens in the right colours. */
function flipTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
}

/* Toasts: htmx answers may carry the header HX-Trigger: {"toast": {"text": "…", "tone": "good"}}. */
export function toast(text, tone = "good") {
  const note = document.createElement("p");
  note.className = `notice tone-${tone}`;
  note.textContent = text;
  document.querySelector("[data-toasts]").append(note);
  setTimeout(() => note.remove(), 4000 + 60 * text.length);
}

/* htmx is fetched by pages that use it, and only by them; once all else is there, for it starts by
   itself either before the document is parsed or when it is complete, and never in between. */
function loadHtmx() {
  const address = meta("htmx-address");
  if (!address || window.htmx || !document.querySelector("[hx-get], [hx-post], [hx-put], [hx-delete]")) return;
  const script = document.createElement("script");
  script.src = address;
  document.head.append(script);
}

/* A custom element says where its module is: <quiz-timer data-module="/static/…">. */
function loadElements(root = document) {
  for (const element of all("[data-module]:not(:defined)", root)) import(element.dataset.module);
}

function closeMenus(but) {
  for (const menu of all("details[data-menu][open]")) if (menu !== but) menu.open = false;
}

function prepare(root = document) {
  loadElements(root);
  root.querySelector(".error-summary")?.focus();
}

for (const button of all("[data-theme-toggle]")) {
  button.hidden = false;
  button.addEventListener("click", flipTheme);
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details[data-menu]"));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.activeElement?.closest("details[data-menu][open]")?.querySelector("summary").focus();
  closeMenus();
});

document.addEventListener("htmx:configRequest", (event) => {
  const token = meta("csrf-token");
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

/* A form with errors answers 422; its page part is shown like any other. */
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

/* What renews itself says when it no longer can. */
function tellLost(event) {
  const note = event.detail.elt.querySelector("[data-lost]");
  if (note) note.hidden = false;
}

document.addEventListener("htmx:sendError", tellLost);
document.addEventListener("htmx:responseError", tellLost);

/* A second click while the first is under way sends nothing twice. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, AGAIN_AFTER);
});

addEventListener("pageshow", () => {
  for (const form of all("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("htmx:afterSwap", (event) => prepare(event.detail.elt));
document.addEventListener("toast", (event) => toast(event.detail.text, event.detail.tone));

if (document.readyState === "complete") loadHtmx();
else addEventListener("load", loadHtmx);
prepare();
