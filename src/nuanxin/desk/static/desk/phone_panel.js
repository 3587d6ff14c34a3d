/* What the telephone's window (phone.js) does, shown and steered on the page: it rings here too, without taking
   anybody's focus. Without this file its link opens the window all the same. */
(function () {
  "use strict";
  const panel = document.querySelector("[data-telephone-panel]");
  if (!panel || !window.BroadcastChannel || !navigator.locks) return;
  const one = (selector) => panel.querySelector(selector);
  const NAME = "nuanxin-telephone", SECOND = 1000;
  const title = document.title, channel = new BroadcastChannel(NAME);
  let now = { line: "closed", talk: "" };

  const say = (part, word) => {
    const place = one(`[data-${part}]`), text = (word && place.getAttribute(`data-say-${word}`)) || "";
    if (place.textContent !== text) place.textContent = text;
    place.hidden = !text;
    place.dataset.now = word;
  };
  const show = (told) => {
    now = told;
    const talks = now.talk === "talking", rings = now.talk === "ringing", closed = ["closed", "off", "elsewhere"].includes(now.line);
    say("line", closed ? "closed" : ["connecting", "connected"].includes(now.line) ? now.line : "broken");
    say("talk", talks && now.held ? "held" : talks && now.muted ? "muted" : now.talk);
    panel.classList.toggle("rings", rings);
    panel.classList.toggle("broken", now.line !== "connected");
    one("[data-open]").hidden = !closed;
    Object.entries({ answer: rings, decline: rings, "hang-up": talks, mute: talks, hold: talks })
      .forEach(([name, visible]) => { one(`[data-do="${name}"]`).hidden = !visible; });
    one('[data-do="mute"]').setAttribute("aria-pressed", String(Boolean(now.muted)));
    one('[data-do="hold"]').setAttribute("aria-pressed", String(Boolean(now.held)));
    document.title = rings ? `☎ ${one("[data-talk]").textContent} · ${title}` : title;
    tick();
  };
  const tick = () => {
    const clock = one("[data-clock]");
    clock.hidden = now.talk !== "talking";
    const seconds = Math.max(0, Math.floor((Date.now() - now.since) / SECOND));
    if (!clock.hidden) clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  /* A window that was shut or has crashed has lost its lock; one that is there tells how it stands. */
  const look = async () => {
    const { held } = await navigator.locks.query();
    if (!held.some((lock) => lock.name === NAME)) { if (now.line !== "closed") show({ line: "closed", talk: "" }); }
    else if (now.line === "closed") channel.postMessage({ wish: "state" });
  };

  channel.onmessage = ({ data }) => { if (data.line) show(data); };
  panel.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-do]");
    if (pressed) channel.postMessage({ wish: pressed.dataset.do });
    const open = event.target.closest("[data-open]");
    if (open && !event.ctrlKey && !event.metaKey && window.open(open.href, NAME, "popup,width=400,height=680")) event.preventDefault();
  });
  setInterval(tick, SECOND);
  setInterval(() => look().catch(() => {}), 2 * SECOND);
  look().catch(() => {});
})();
