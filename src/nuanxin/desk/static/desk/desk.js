/* The desk works without this file. It adds: keys of the desk, the place picker, earlier cases while one types,
   help near the place, and a number shown in its place instead of on a page of its own. */
(function () {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const token = () => (one("[name=csrfmiddlewaretoken]") || {}).value || "";
  const typing = () => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
  const OFF = "nuanxin.keys.off";

  /* n: a new case; g: the next step of the chosen case; u: back to the list. */
  document.addEventListener("keydown", (event) => {
    if (typing() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || localStorage.getItem(OFF)) return;
    const target = { n: '.side a[href$="/desk/new/"]', g: "[data-key-step]", u: ".back-to-list" }[event.key];
    const found = target && one(target);
    if (!found) return;
    event.preventDefault();
    if (event.key === "g") found.focus(); else found.click();
  });
  all("[data-keys-open]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => { const card = one("[data-keys]"); card.hidden = !card.hidden; if (!card.hidden) card.focus(); });
  });

  /* Once a minute: the page on which a question is answered is still open. A browser that dies gives it back. */
  all("[data-here]").forEach((form) => setInterval(() => {
    fetch(form.dataset.here, { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: token() }) }).catch(() => {});
  }, 60000));

  /* A personal number, shown where it stands. The form still works by itself. That it was seen is written on the
     case: this part of the page must not renew itself for that alone, or the number would be gone again. */
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-unmask]") || event.defaultPrevented) return;
    event.preventDefault();
    const part = form.closest("[data-live]"), name = part && part.dataset.live;
    try {
      if (part) delete part.dataset.live;
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Part": "secret" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const place = form.parentElement;
      place.innerHTML = await answer.text();
      place.tabIndex = -1;
      place.focus();
      const seen = Number(answer.headers.get("X-Version"));
      if (part && Number(part.dataset.version) === seen - 1) part.dataset.version = String(seen);
    } catch (failed) { HTMLFormElement.prototype.submit.call(form); } finally { if (part) part.dataset.live = name; }
  });

  /* A part that has an address of its own is shown in its place at the press of its link. */
  const fill = async (box, url) => {
    const answer = await fetch(url, { headers: { "X-Part": box.dataset.part } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    box.innerHTML = await answer.text();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-part-url] a"), box = link && link.closest("[data-part-url]");
    if (!box || link.getAttribute("href") !== box.dataset.partUrl || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    fill(box, box.dataset.partUrl).then(() => { box.tabIndex = -1; box.focus(); }).catch(() => { location.href = box.dataset.partUrl; });
  });

  /* Earlier cases of the same person, as soon as a number is complete. */
  const counter = one("[data-counter]");
  if (counter && counter.dataset.earlierUrl) {
    let asked = "";
    const look = async () => {
      const body = new URLSearchParams({ csrfmiddlewaretoken: token() });
      ["phone", "resident_id"].forEach((name) => body.set(name, counter.elements[name].value));
      if (String(body) === asked) return;
      asked = String(body);
      const answer = await fetch(counter.dataset.earlierUrl, { method: "POST", body });
      if (answer.ok && !answer.redirected) one("[data-earlier]").innerHTML = await answer.text();
    };
    ["phone", "resident_id"].forEach((name) => counter.elements[name].addEventListener("change", () => look().catch(() => {})));
  }

  /* The place picker: a combobox of the ARIA pattern, the list drawn from what the server finds. */
  const picker = (counter) => {
    const text = counter.elements.place_text, code = counter.elements.place;
    if (!text || text.length) return;
    const box = document.createElement("div");
    box.className = "combo";
    text.parentElement.insertBefore(box, text);
    box.append(text);
    const list = document.createElement("ul");
    list.id = "places";
    list.setAttribute("role", "listbox");
    list.hidden = true;
    box.append(list);
    Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "places", "aria-autocomplete": "list" })
      .forEach(([name, value]) => text.setAttribute(name, value));
    let at = -1, timer = 0;
    const options = () => all("li", list);
    const close = () => { list.hidden = true; at = -1; text.setAttribute("aria-expanded", "false"); text.removeAttribute("aria-activedescendant"); };
    const mark = (to) => {
      at = to;
      options().forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
      const item = options()[at];
      if (!item) return;
      text.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    };
    const choose = (item) => { text.value = item.textContent; code.value = item.dataset.code; close(); near(); text.dispatchEvent(new Event("change", { bubbles: true })); };
    const near = () => {
      const box = one("[data-near]");
      if (box && code.value) fill(box, box.dataset.near.replace("000000", code.value)).then(() => { box.parentElement.hidden = false; }).catch(() => {});
    };
    const find = async () => {
      const answer = await fetch(`${counter.dataset.places}?q=${encodeURIComponent(text.value.trim())}`);
      if (!answer.ok || answer.redirected) return;
      const { places } = await answer.json();
      list.replaceChildren(...places.map((place, index) => {
        const item = document.createElement("li");
        Object.assign(item, { id: `place-${index}`, textContent: place.name });
        item.setAttribute("role", "option");
        item.dataset.code = place.code;
        return item;
      }));
      list.hidden = !places.length || document.activeElement !== text;
      text.setAttribute("aria-expanded", String(!list.hidden));
      if (!list.hidden) mark(0);
    };
    text.addEventListener("input", () => {
      code.value = "";
      clearTimeout(timer);
      if (text.value.trim()) timer = setTimeout(() => find().catch(() => {}), 120); else close();
    });
    text.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      const items = options();
      if (event.key === "ArrowDown") { event.preventDefault(); mark((at + 1) % items.length); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark((at - 1 + items.length) % items.length); }
      else if ((event.key === "Enter" || event.key === "Tab") && items[at]) { if (event.key === "Enter") event.preventDefault(); choose(items[at]); }
      else if (event.key === "Escape") { event.stopPropagation(); close(); }
    });
    list.addEventListener("mousedown", (event) => { const item = event.target.closest("li"); if (item) { event.preventDefault(); choose(item); } });
    text.addEventListener("blur", close);
  };
  all("form[data-places]").forEach(picker);
  /* A form that came with a part of the page gets its picker when its field is first entered. */
  document.addEventListener("focusin", (event) => {
    const form = event.target.name === "place_text" && event.target.closest("form[data-places]");
    if (!form || event.target.closest(".combo")) return;
    picker(form);
    event.target.focus();
  });
})();
