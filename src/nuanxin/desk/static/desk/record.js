/* The consultation record works without this file (a Save button stands in its place). It adds: everything typed is
   kept within a second or two, the parts beside it follow, and two windows never overwrite each other unseen. */
(function () {
  "use strict";
  const SOON = 800, AGAIN = 3000, LONGEST = 30000;
  const one = (selector, root = document) => root.querySelector(selector);
  const current = () => one("form[data-record]");
  let timer = 0, sending = false, unsent = null, stopped = null, wait = AGAIN, leaving = false;

  const number = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const say = (form, words, bad) => { const line = one("[data-kept]", form); line.textContent = words; line.classList.toggle("late", !!bad); };
  /* While something is unsent, the part must not be renewed from the server. */
  const hold = (form, on) => {
    const part = form.closest("[data-version]");
    if (!part) return;
    if (on) delete part.dataset.live; else part.dataset.live = "record";
  };
  const body = (form) => {
    const fields = form.elements;
    if (!fields.page.value) fields.page.value = number();
    fields.turn.value = String(Number(fields.turn.value) + 1);
    return new FormData(form);
  };

  const send = async () => {
    clearTimeout(timer);
    const form = unsent;
    if (!form || sending || stopped === form || leaving) return;
    sending = true;
    unsent = null;
    try {
      const answer = await fetch(form.action, { method: "POST", body: body(form), headers: { "X-Part": "record" } });
      if (answer.redirected || (!answer.ok && answer.status !== 409)) throw new Error(String(answer.status));
      const told = await answer.json();
      if (answer.status === 409) conflict(form, told);
      else {
        form.elements.seen.value = told.version;
        say(form, told.said);
        wait = AGAIN;
      }
    } catch (lost) {
      unsent = unsent || form;
      say(form, form.dataset.lost, true);
      wait = Math.min(LONGEST, wait * 1.5);
    } finally { sending = false; }
    if (unsent === form) timer = setTimeout(send, wait > AGAIN ? wait : SOON);
    else hold(form, stopped === form);
  };

  const conflict = (form, told) => {
    stopped = form;
    form.dataset.theirs = told.version;
    const box = one("[data-conflict]", form);
    one("[data-conflict-why]", box).textContent = told.sentence;
    one("[data-conflict-mine]", box).hidden = told.code !== "changed_elsewhere" && told.code !== "too_long";
    box.hidden = false;
    say(form, "");
  };

  const touched = (event, soon) => {
    const form = event.target.closest && event.target.closest("form[data-record]");
    if (!form || event.target.name === "code") return;
    unsent = form;
    hold(form, true);
    heads(event.target);
    clearTimeout(timer);
    timer = setTimeout(send, soon);
  };
  document.addEventListener("input", (event) => touched(event, SOON));
  document.addEventListener("change", (event) => touched(event, 100));

  /* The record of another call waits to be shown: somebody is on the line. All that was typed here is kept, and
     stands below under the records left open; nothing more may be typed into it by mistake. */
  document.addEventListener("live:late", (event) => {
    const form = one("form[data-record]", event.target);
    if (form && !unsent && !sending && stopped !== form) document.activeElement.blur();
  });

  /* What stands in a step, beside its heading. */
  const words = (field) => {
    if (field.type === "hidden" || !field.value) return "";
    if (field.type === "radio" || field.type === "checkbox") return field.checked ? field.closest("label").textContent.trim() : "";
    return field.tagName === "SELECT" ? field.selectedOptions[0].textContent : field.value.trim();
  };
  /* A bare figure says nothing: the field knows how it is told. */
  const told = (field) => { const value = words(field); return value && (field.dataset.toldAs || "%s").replace("%s", () => value); };
  const heads = (field) => {
    const step = field.closest("details.step");
    if (!step) return;
    const line = Array.from(step.querySelectorAll("input, select, textarea"), told).filter(Boolean).join(" · ");
    one("[data-told]", step).textContent = line.length > 90 ? `${line.slice(0, 89)}…` : line;
  };

  document.addEventListener("click", (event) => {
    const form = current();
    if (event.target.closest("[data-conflict-mine]") && form) {
      form.elements.seen.value = form.dataset.theirs;
      one("[data-conflict]", form).hidden = true;
      stopped = null;
      unsent = form;
      send();
    }
    /* A fact that is still needed leads into its step, which opens. */
    const link = event.target.closest(".needs a[href^='#id_']"), field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const step = field.closest("details");
    if (step) step.open = true;
    const target = field.matches("input, select, textarea") ? field : one("input", field) || field;
    target.scrollIntoView({ block: "center" });
    target.focus();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-record]") || event.defaultPrevented) return;
    clearTimeout(timer);
    leaving = true;
    setTimeout(() => { leaving = false; }, 10000);
    body(form);
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("pagehide", () => {
    if (unsent && !leaving && stopped !== unsent)
      fetch(unsent.action, { method: "POST", body: body(unsent), headers: { "X-Part": "record" }, keepalive: true }).catch(() => {});
  });
})();
