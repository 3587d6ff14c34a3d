/* The public pages work without this file. It adds: reading aloud, drafts on one's own phone, one send per press. */
(function () {
  "use strict";
  var each = function (selector, act, root) { Array.prototype.forEach.call((root || document).querySelectorAll(selector), act); };
  var one = function (selector) { return document.querySelector(selector); };

  /* A page that answers a form is asked for anew when somebody comes back to it; the answer itself cannot be. */
  if (window.history.replaceState) history.replaceState(history.state, "", location.href);

  /* Faults first: the summary takes the focus; its links go to the field, not only near it. */
  var first = one("[data-first-focus]");
  if (first) first.focus();
  each(".errors a", function (link) {
    link.addEventListener("click", function (event) {
      var field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      field.scrollIntoView({ block: "center" });
      field.focus();
    });
  });

  /* One send per press. A page that comes back from the browser's memory may be sent again. */
  each("form[data-once]", function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      if (navigator.onLine === false) { event.preventDefault(); offline(); window.scrollTo(0, 0); return; }
      form.dataset.sent = "1";
      each("button", function (button) { button.setAttribute("aria-disabled", "true"); }, form);
      setTimeout(function () { release(form); }, 15000);
    });
  });
  function release(form) {
    delete form.dataset.sent;
    each("button", function (button) { button.removeAttribute("aria-disabled"); }, form);
  }
  window.addEventListener("pageshow", function (event) { if (event.persisted) each("form[data-once]", release); });

  /* The network. */
  function offline() { var bar = one("[data-offline]"); if (bar) bar.hidden = navigator.onLine !== false; }
  window.addEventListener("online", offline);
  window.addEventListener("offline", offline);
  offline();

  each("[data-print]", function (button) { button.hidden = false; button.addEventListener("click", function () { window.print(); }); });

  reading();
  drafts();
  var worker = document.body.dataset.worker;
  if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker, { scope: "/" }).catch(function () {});

  /* Read aloud: paragraph by paragraph, because phones cut long speech short. */
  function reading() {
    var button = one("[data-read]"), speech = window.speechSynthesis;
    if (!button || !speech || !window.SpeechSynthesisUtterance) return;
    var word = button.querySelector("span"), queue = [], marked = null, run = 0;
    var language = document.documentElement.lang.indexOf("zh") === 0 ? "zh-CN" : "en";
    button.hidden = false;
    button.addEventListener("click", function () { if (button.getAttribute("aria-pressed") === "true") stop(); else start(); });
    window.addEventListener("pagehide", stop);
    function start() {
      queue = [];
      each("#main h1, #main h2, #main h3, #main p, #main li, #main legend, #main .label, #main .option, #main dt, #main dd, #main .action, #main .hint, #main th, #main td, #main summary, #main .button", function (part) {
        if (part.offsetParent === null || part.closest("[aria-hidden=true],[hidden],.sr-only")) return;
        var outer = part.parentElement.closest("p, li, dd, .option, .action, td, .button");
        var text = part.innerText.trim();
        if (text && !(outer && outer.closest("#main"))) queue.push([part, text]);
      });
      show(true);
      run += 1;
      speech.cancel();
      next(run);
    }
    function next(mine) {
      if (marked) marked.classList.remove("reading");
      if (mine !== run) return;
      var item = queue.shift();
      if (!item) { stop(); return; }
      marked = item[0];
      marked.classList.add("reading");
      marked.scrollIntoView({ block: "nearest" });
      var say = new SpeechSynthesisUtterance(item[1]);
      say.lang = language;
      say.rate = 0.9;
      say.onend = say.onerror = function () { next(mine); };
      speech.speak(say);
    }
    function stop() {
      run += 1;
      queue = [];
      speech.cancel();
      if (marked) marked.classList.remove("reading");
      show(false);
    }
    function show(on) { button.setAttribute("aria-pressed", String(on)); word.textContent = word.dataset[on ? "on" : "off"]; }
  }

  /* What was typed into a form: never passwords, files or [data-private]. */
  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && !/^(hidden|password|file|submit|button)$/.test(field.type) && !("private" in field.dataset);
    });
  }
  function typed(form) {
    var values = {};
    fields(form).forEach(function (field) {
      if (/^(radio|checkbox)$/.test(field.type) ? field.checked : field.value) values[field.name] = (values[field.name] || []).concat(field.value);
    });
    return values;
  }
  function fill(form, values) {
    var filled = false;
    fields(form).forEach(function (field) {
      var kept = values[field.name];
      if (!kept) return;
      if (/^(radio|checkbox)$/.test(field.type)) {
        if (!field.checked && kept.indexOf(field.value) >= 0) filled = field.checked = true;
      } else if (!field.value) { field.value = kept[0]; filled = true; }
    });
    return filled;
  }
  function parsed(text) { try { return JSON.parse(text) || {}; } catch (broken) { return {}; } }

  /* Drafts: nothing is kept on the phone unless its owner says so; 7 days at most. What is carried from one page to
     the next (another language, the network is back) lives in this tab only. */
  function drafts() {
    var form = one("form[data-draft]"), box = one("[data-keep]"), faulty = one(".errors"), refused = one("[data-refused]");
    var DAYS = 7 * 24 * 3600 * 1000, PREFIX = "nuanxin.draft.", CHOICE = "nuanxin.keep", CARRY = "nuanxin.carry.", SENT = "nuanxin.sent";
    var store, tab;
    try { store = window.localStorage; tab = window.sessionStorage; store.getItem(CHOICE); } catch (forbidden) { return; }
    var key = form ? PREFIX + form.dataset.draft : "", sent = tab.getItem(SENT);
    if (sent && !refused && !(faulty && sent === key)) store.removeItem(sent); /* it arrived */
    if (!refused) tab.removeItem(SENT);
    Object.keys(store).forEach(function (name) {
      if (name.indexOf(PREFIX) === 0 && !(parsed(store.getItem(name)).at > Date.now() - DAYS)) store.removeItem(name);
    });
    if (!form) return;
    var carry = CARRY + form.dataset.draft;
    fill(form, parsed(tab.getItem(carry)));
    tab.removeItem(carry);
    each("form[action$='/language/']", function (other) { other.addEventListener("submit", function () { tab.setItem(carry, JSON.stringify(typed(form))); }); });
    each("[data-carry-go]", function (button) {
      button.addEventListener("click", function () { tab.setItem(carry, JSON.stringify(typed(form))); location.href = form.dataset.carry; });
    });
    if (!box) return;
    box.hidden = false;
    each("[data-keep-yes]", function (button) { button.addEventListener("click", function () { store.setItem(CHOICE, "yes"); keep(); show(); }); }, box);
    each("[data-keep-no]", function (button) {
      button.addEventListener("click", function () {
        Object.keys(store).forEach(function (name) { if (name.indexOf("nuanxin.") === 0) store.removeItem(name); });
        box.hidden = !box.querySelector("[data-keep-on]:not([hidden])");
        show();
      });
    }, box);
    show();
    if (agreed() && !faulty && fill(form, parsed(store.getItem(key)).values || {})) one("[data-keep-back]").hidden = false;
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("submit", function (event) { if (!event.defaultPrevented) tab.setItem(SENT, key); });

    function agreed() { return store.getItem(CHOICE) === "yes"; }
    function keep() {
      if (!agreed()) return;
      try { store.setItem(key, JSON.stringify({ at: Date.now(), values: typed(form) })); } catch (full) { /* the phone is full: the page still works */ }
    }
    function show() {
      one("[data-keep-ask]").hidden = agreed();
      one("[data-keep-on]").hidden = !agreed();
    }
  }
})();
