/* The telephone in the browser, in a window of its own: a talk goes on whatever page of the desk its owner turns.
   JsSIP speaks SIP over a WebSocket with the exchange; the pages of the desk show and steer it over a channel
   (phone_panel.js). Words come from the template. The password is held in memory alone. */
(function () {
  "use strict";
  const box = document.querySelector("[data-telephone]");
  const one = (selector) => box.querySelector(selector);
  const button = (name) => one(`[data-do="${name}"]`);
  const NAME = "nuanxin-telephone", CHOSEN = "nuanxin.telephone.microphone";
  const SECOND = 1000, LONGEST = 60000, LOOK = 60000, QUIET = 6;  // quiet: seconds of a talk without a packet
  const title = document.title, voice = one("[data-voice]");
  const now = { line: "off", talk: "", muted: false, held: false, since: 0 };
  let phone = null, call = null, account = null, release = null, give = false, wait = SECOND, again = 0, sound = null;

  if (!window.JsSIP || !window.RTCPeerConnection || !navigator.mediaDevices || !navigator.locks || !window.BroadcastChannel) {
    say("line", "unsupported");
    return;
  }
  const channel = new BroadcastChannel(NAME);

  /* What is seen */
  function say(part, word) {
    const place = one(`[data-${part}]`), text = word ? place.getAttribute(`data-say-${word}`) : "";
    if (place.textContent !== text) place.textContent = text;
    place.hidden = !text;
    place.dataset.now = word;
  }
  const show = (change) => {
    Object.assign(now, change);
    say("line", now.line);
    const talks = now.talk === "talking";
    say("talk", talks && now.held ? "held" : talks && now.muted ? "muted" : now.talk);
    const seen = {
      connect: ["off", "no-microphone", "signed-out"].includes(now.line), move: now.line === "elsewhere",
      answer: now.talk === "ringing", decline: now.talk === "ringing", "hang-up": talks, mute: talks, hold: talks,
    };
    Object.entries(seen).forEach(([name, visible]) => { button(name).hidden = !visible; });
    button("mute").setAttribute("aria-pressed", String(now.muted));
    button("hold").setAttribute("aria-pressed", String(now.held));
    document.title = now.talk === "ringing" ? `☎ ${one("[data-talk]").textContent}` : title;
    if (release) channel.postMessage(now);
  };
  const tick = () => {
    const clock = one("[data-clock]"), talks = now.talk === "talking";
    clock.hidden = !talks;
    if (!talks) return;
    const seconds = Math.floor((Date.now() - now.since) / SECOND);
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    listen(seconds).catch(() => {});
  };
  /* Whether sound arrives at all; a wrong address or a closed port is found at the first call. */
  const listen = async (seconds) => {
    const line = call && call.connection;
    if (!line) return;
    let packets = 0;
    (await line.getStats()).forEach((one) => { if (one.type === "inbound-rtp" && one.kind === "audio") packets += one.packetsReceived; });
    voice.dataset.packets = String(packets);
    one("[data-silent]").hidden = packets > 0 || seconds < QUIET || now.held;
  };

  /* Ringing. The sound is laid out a minute ahead on the clock of the audio, which no browser slows down behind a
     window; it may sound because the window was pressed before. */
  const awake = () => { sound = sound || new AudioContext(); sound.resume().catch(() => {}); };
  const ring = (seconds) => {
    if (!sound) return () => {};
    const tone = sound.createOscillator(), loud = sound.createGain(), start = sound.currentTime;
    tone.frequency.value = 450;
    loud.gain.value = 0;
    for (let at = 0; at < seconds; at += 3) {
      [0, 0.6].forEach((later) => {
        loud.gain.setValueAtTime(0.2, start + at + later);
        loud.gain.setValueAtTime(0, start + at + later + 0.4);
      });
    }
    tone.connect(loud).connect(sound.destination);
    tone.start();
    tone.stop(start + seconds);
    return () => { try { tone.stop(); } catch (over) { /* it has rung to its end */ } };
  };
  let still = () => {};

  /* The microphone */
  const kept = () => { try { return localStorage.getItem(CHOSEN) || ""; } catch (closed) { return ""; } };
  const wish = () => ({ echoCancellation: true, noiseSuppression: true, ...(kept() ? { deviceId: { ideal: kept() } } : {}) });
  const hear = () => navigator.mediaDevices.getUserMedia({ audio: wish() });
  const list = async () => {
    const chooser = one("[data-microphone]");
    const found = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === "audioinput");
    chooser.replaceChildren(...found.map((device, n) => new Option(device.label || `${chooser.dataset.unnamed} ${n + 1}`, device.deviceId)));
    if (found.some((device) => device.deviceId === kept())) chooser.value = kept();
    one("[data-sound]").hidden = false;
  };
  const choose = async (event) => {
    try { localStorage.setItem(CHOSEN, event.target.value); } catch (closed) { /* chosen for this talk alone */ }
    if (!call || !call.connection) return;
    const [track] = (await hear()).getAudioTracks();
    const sender = call.connection.getSenders().find((each) => each.track && each.track.kind === "audio");
    if (!sender) { track.stop(); return; }
    track.enabled = sender.track.enabled;
    sender.track.stop();
    await sender.replaceTrack(track);
  };
  const test = async () => {
    awake();
    const stream = await hear(), reader = sound.createAnalyser(), wave = new Float32Array(reader.fftSize);
    sound.createMediaStreamSource(stream).connect(reader);
    if (!call) ring(1.5);
    one("[data-testing]").hidden = false;
    const until = Date.now() + 8 * SECOND;
    const look = () => {
      reader.getFloatTimeDomainData(wave);
      one("#loudness").value = Math.min(1, 4 * Math.sqrt(wave.reduce((sum, each) => sum + each * each, 0) / wave.length));
      if (Date.now() < until) { setTimeout(look, 100); return; }
      stream.getTracks().forEach((track) => track.stop());
      one("[data-testing]").hidden = true;
    };
    look();
  };

  /* The line: one window of the browser has it, by a lock that a crash gives back too. */
  const connect = async (options) => {
    awake();
    try {
      (await hear()).getTracks().forEach((track) => track.stop());
      await list();
    } catch (none) { show({ line: "no-microphone" }); return; }
    navigator.locks.request(NAME, options, (lock) => {
      if (!lock) { show({ line: "elsewhere" }); return undefined; }
      give = false;
      return new Promise((done) => { release = done; register(); });
    });
  };
  const move = () => {
    show({ line: "waiting" });
    channel.postMessage({ wish: "give" });
    connect({});
  };
  const close = (line) => {
    clearTimeout(again);
    if (phone) { const old = phone; phone = null; old.stop(); }
    show({ line });
    if (release) { const done = release; release = null; done(); }
  };
  const ask = async () => {
    const answer = await fetch(box.dataset.account, { cache: "no-store" });
    return answer.ok && !answer.redirected ? answer.json() : null;
  };
  const later = (line) => {
    show({ line });
    clearTimeout(again);
    again = setTimeout(() => { if (release) register(); }, wait);
    wait = Math.min(LONGEST, wait * 2);
  };
  const register = async () => {
    clearTimeout(again);
    if (now.line !== "lost" && now.line !== "refused") show({ line: "connecting" });
    try { account = await ask(); } catch (offline) { later("lost"); return; }
    if (!release) return;
    if (!account) { close("signed-out"); return; }
    if (phone) { const old = phone; phone = null; old.stop(); }
    const made = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(account.web_socket)], uri: account.uri, authorization_user: account.extension,
      password: account.secret, register_expires: 90, session_timers: false, user_agent: "Nuanxin",
      connection_recovery_min_interval: 1, connection_recovery_max_interval: 30,
    });
    const mine = (act) => (event) => { if (phone === made) act(event); };
    phone = made;
    made.on("registered", mine(() => { wait = SECOND; show({ line: "connected" }); }));
    made.on("disconnected", mine(() => { show({ line: "lost" }); if (now.talk === "ringing") end(); }));
    /* Refused, or no answer on a line that looks open: begin anew, but never under a talk. */
    made.on("registrationFailed", mine(({ response }) => {
      if (call) show({ line: "lost" });
      else if (response || made.isConnected()) later(response ? "refused" : "lost");
    }));
    made.on("newRTCSession", mine(({ originator, session }) => { if (originator === "remote") rings(session); }));
    made.start();
  };
  /* Signed out, moved to another seat, a new password: within a minute the line says so. */
  const look = async () => {
    if (!release || call) return;
    let told;
    try { told = await ask(); } catch (offline) { return; }
    if (!told) close("signed-out");
    else if (account && JSON.stringify(told) !== JSON.stringify(account)) register();
  };

  /* The call */
  const rings = (session) => {
    if (call) { session.terminate({ status_code: 486 }); return; }
    call = session;
    const over = (word) => () => { if (call === session) done(word); };
    session.on("accepted", () => { still(); show({ talk: "talking", since: Date.now() }); button("hang-up").focus(); });
    session.on("ended", over("ended"));
    session.on("failed", over("missed"));
    session.on("getusermediafailed", () => show({ line: "no-microphone" }));
    session.on("peerconnection", ({ peerconnection }) => peerconnection.addEventListener("track", (event) => {
      voice.srcObject = event.streams[0] || new MediaStream([event.track]);
      voice.play().catch(() => {});
    }));
    const mark = (change) => () => show(change);
    session.on("muted", mark({ muted: true }));
    session.on("unmuted", mark({ muted: false }));
    session.on("hold", ({ originator }) => { if (originator === "local") show({ held: true }); });
    session.on("unhold", ({ originator }) => { if (originator === "local") show({ held: false }); });
    show({ talk: "ringing", muted: false, held: false });
    still = ring(60);
    if (document.hasFocus()) button("answer").focus();
  };
  const done = (word) => {
    still();
    call = null;
    voice.srcObject = null;
    one("[data-silent]").hidden = true;
    show({ talk: word, muted: false, held: false });
    tick();
    if (give) close("elsewhere");
    else if (now.line === "lost" && phone && phone.isConnected()) later("lost");
  };
  const answer = () => call.answer({ mediaConstraints: { audio: wish(), video: false }, pcConfig: { iceServers: [] } });
  const end = () => { try { call.terminate(); } catch (gone) { done("ended"); } };
  const DO = {
    connect: () => connect({ ifAvailable: true }), move, test,
    answer: () => now.talk === "ringing" && answer(),
    decline: () => now.talk === "ringing" && call.terminate({ status_code: 480 }),
    "hang-up": () => now.talk === "talking" && end(),
    mute: () => now.talk === "talking" && (now.muted ? call.unmute({ audio: true }) : call.mute({ audio: true })),
    hold: () => now.talk === "talking" && (now.held ? call.unhold() : call.hold()),
  };
  const STEERED = ["answer", "decline", "hang-up", "mute", "hold"];

  channel.onmessage = ({ data }) => {
    if (!release) return;
    if (data.wish === "state") channel.postMessage(now);
    else if (data.wish === "give") { give = true; if (!call) close("elsewhere"); }
    else if (STEERED.includes(data.wish)) DO[data.wish]();
  };
  box.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-do]");
    if (pressed) Promise.resolve(DO[pressed.dataset.do]()).catch(() => show({ line: "no-microphone" }));
  });
  one("[data-microphone]").addEventListener("change", (event) => { choose(event).catch(() => {}); });
  navigator.mediaDevices.addEventListener("devicechange", () => { if (!one("[data-sound]").hidden) list().catch(() => {}); });
  window.addEventListener("beforeunload", (event) => { if (call) event.preventDefault(); });
  window.addEventListener("pagehide", () => { if (release) close("off"); });
  setInterval(tick, SECOND);
  setInterval(look, LOOK);
  show({});
})();
