{% load static %}// Service worker: keeps the look and the offline page, never a page with somebody's data (phones are shared).
"use strict";
const KEEP = "nuanxin-{{ version|escapejs }}";
const SHELL = [{% for file in shell %}"{{ file|escapejs }}",{% endfor %} "{% url "ui:offline" %}"];
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEEP).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name !== KEEP).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});
self.addEventListener("fetch", (event) => {
  const request = event.request;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (path.startsWith("/desk/") || path.startsWith("/admin/") || path.startsWith("/api/")) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match("{% url "ui:offline" %}", { ignoreVary: true })));
  } else if (SHELL.indexOf(path) >= 0) {
    event.respondWith(caches.match(path, { ignoreVary: true }).then((kept) => {
      const fresh = fetch(request).then((answer) => {
        if (answer.ok) { const copy = answer.clone(); caches.open(KEEP).then((cache) => cache.put(path, copy)); }
        return answer;
      });
      fresh.catch(() => {});
      return kept || fresh;
    }));
  }
});
