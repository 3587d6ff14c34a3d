/* Asks the phone where it is, at the press of a button only; rounded here, before it is sent in the body of a form. */
(function () {
  "use strict";
  var form = document.querySelector("[data-position]"), said = document.querySelector("[data-position-said]");
  if (!form || !navigator.geolocation || window.isSecureContext === false) return;
  form.hidden = false;
  form.querySelector("[data-position-ask]").addEventListener("click", function () {
    said.textContent = said.dataset.wait;
    navigator.geolocation.getCurrentPosition(function (found) {
      form.elements.lon.value = found.coords.longitude.toFixed(3);
      form.elements.lat.value = found.coords.latitude.toFixed(3);
      form.submit();
    }, function () { said.textContent = said.dataset.failed; }, { timeout: 15000, maximumAge: 60000 });
  });
})();
