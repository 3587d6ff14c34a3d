/* Staff pages work without this file. It adds: keys, one send per press, parts of the page that renew themselves. */
(function () {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const typing = () => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);

  /* A page that answers a form is asked for anew when somebody comes back to it; the answer itself cannot be. */
  if (window.history.replaceState) history.replaceState(history.state, "", location.href);

  const first = one("[data-first-focus]");
  if (first) first.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".errors a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus();
  });

  /* One send per press: two officers may click, one officer may not click twice. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    all("button", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(() => release(form), 10000);
  });
  const release = (form) => {
    delete form.dataset.sent;
    all("button", form).forEach((button) => button.removeAttribute("aria-disabled"));
  };
  window.addEventListener("pageshow", (event) => { if (event.persisted) all("form").forEach(release); });

  /* Keys. Single letters act only when nobody is typing (WCAG 2.1.4: they can be switched off with the ? card). */
  const card = one("[data-keys]");
  const OFF = "nuanxin.keys.off";
  const toggle = (show) => { if (!card) return; card.hidden = !show; if (show) card.focus(); };
  const move = (step) => {
    const rows = all(".queue .do");
    if (!rows.length) return;
    const at = rows.indexOf(document.activeElement);
    const start = at < 0 ? rows.findIndex((row) => row.getAttribute("aria-current")) - (step > 0 && at < 0 ? 1 : 0) : at;
    const to = rows[Math.max(0, Math.min(rows.length - 1, (at < 0 ? Math.max(start, -1) : at) + step))];
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  };
  const KEYS = {
    "/": () => { const search = one("[data-search]"); if (search) { search.focus(); search.select(); } },
    j: () => move(1),
    k: () => move(-1),
    "?": () => toggle(card && card.hidden),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { toggle(false); if (typing()) document.activeElement.blur(); return; }
    if (typing() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key !== "?" && localStorage.getItem(OFF)) return;
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  all("[data-keys-close]").forEach((button) => button.addEventListener("click", () => toggle(false)));
  all("[data-keys-off]").forEach((box) => {
    box.checked = !localStorage.getItem(OFF);
    box.addEventListener("change", () => { if (box.checked) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1"); });
  });
  all("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => window.print()); });

  /* Live parts. Each second, or as often as it says itself, the page asks for the versions of its parts (304 when
     nothing moved); a part whose version differs is fetched and swapped, unless somebody is typing in it. */
  const address = document.body.dataset.liveVersion;
  if (!address) return;
  const EVERY = Number(document.body.dataset.liveEvery) || 1000, LONGEST = 30000;
  let tag = "", wait = EVERY, failures = 0;

  const poll = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(address, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
        if (answer.status === 200) {
          const late = await renew(await answer.json());
          tag = late ? "" : answer.headers.get("ETag") || "";
        } else if (answer.status !== 304) throw new Error(String(answer.status));
        failures = 0;
        wait = EVERY;
      } catch (lost) {
        failures += 1;
        wait = Math.min(LONGEST, wait * 2);
      }
      const bar = one("[data-lost]");
      if (bar) bar.hidden = failures < 3;
    }
    setTimeout(poll, wait);
  };

  /* Brings the parts up to date; true when one had to be left for later. */
  const renew = async (versions) => {
    let late = Boolean(one("[data-version]:not([data-live])")); // held for a while by somebody who writes in it
    for (const part of all("[data-live]")) {
      const version = versions[part.dataset.live];
      if (version === undefined || version === part.dataset.version) continue;
      if (typing() && part.contains(document.activeElement)) {
        late = true;
        part.dispatchEvent(new CustomEvent("live:late", { bubbles: true }));
        continue;
      }
      const answer = await fetch(part.dataset.liveUrl, { headers: { "X-Part": part.dataset.live }, cache: "no-store" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      swap(part, await answer.text());
      part.dataset.version = version;
    }
    return late;
  };

  const swap = (part, html) => {
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const links = all("a, button", part), place = links.indexOf(focused);
    const href = focused && focused.getAttribute("href");
    const top = part.scrollTop;
    part.innerHTML = html;
    part.scrollTop = top;
    if (focused) {
      const now = all("a, button", part);
      const back = (href && href !== "#" && now.find((link) => link.getAttribute("href") === href)) || now[Math.min(place, now.length - 1)];
      if (back) back.focus({ preventScroll: true });
    }
    if (!["nav", "tabs"].includes(part.dataset.live) && !("quiet" in part.dataset)) {
      const say = one("[data-live-say]");
      if (say) { say.textContent = ""; setTimeout(() => { say.textContent = say.dataset.liveSay; }, 50); }
    }
  };
  setTimeout(poll, EVERY);
})();
