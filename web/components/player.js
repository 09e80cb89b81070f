// The player: picture, waveform cut into lines, frame-accurate controls, word-timed transcript.
// What moves at frame rate stays in the browser; the server hears once per cut that it was played.
const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
const STATES = {
  quoted: ["circle-check", "Quoted"], unsupported: ["triangle-alert", "Unsupported"],
  no_claim: ["circle", "No claim"], own: ["circle", "Own words"],
};

export default {
  template: `
  <div class="player" :class="{bare}">
    <div class="stage-top" v-if="!bare || cuts.length > 1">
      <slot></slot>
      <div class="seg seg-small" role="radiogroup" aria-label="Format" v-if="cuts.length > 1">
        <button v-for="c in cuts" :key="c.format" type="button" class="seg-b" role="radio" :aria-checked="c === cut"
          :title="played[c.format] ? 'Played' : 'Not played yet'" @click="choose(c.format)">
          {{ c.format }}<i :class="'i i-' + (played[c.format] ? 'check' : 'circle')" aria-hidden="true"></i>
          <span class="unseen">{{ played[c.format] ? 'played' : 'not played yet' }}</span>
        </button>
      </div>
    </div>
    <div class="screen" ref="screen" :class="{fresh: !playing && !t}" :style="{aspectRatio: cut.width + ' / ' + cut.height}" @click="toggle">
      <video ref="video" :key="cut.src" :src="cut.src" :poster="cut.poster" playsinline preload="auto" :lang="lang"
        @play="run" @pause="playing = false" @ended="playing = false" @seeked="paint" @loadeddata="ready" @timeupdate="note" @error="gone = true">
        <track kind="captions" :src="cut.vtt" :srclang="lang" label="Captions">
      </video>
      <span class="screen-play" v-show="!playing && !gone" aria-hidden="true"><i class="i i-play"></i></span>
      <div class="screen-gone" v-if="gone" role="alert"><b>This video cannot be played.</b><span>{{ foreign ? "It is AV1, which this browser does not know; a newer one does." : "If its file was damaged, it is being made again." }}</span></div>
    </div>
    <div class="track" ref="track" @pointerdown="grab" @keydown="nudge" role="slider" tabindex="0" aria-label="Position"
      aria-valuemin="0" :aria-valuemax="Math.round(cut.duration)" :aria-valuenow="Math.round(t)" :aria-valuetext="stamp(t)">
      <div class="wave" aria-hidden="true"><b v-for="(p, k) in wave" :key="k" :style="{height: 8 + p * 92 + '%'}" :class="{past: k / wave.length < t / cut.duration}"></b></div>
      <div class="segs" aria-hidden="true"><b v-for="l in cut.lines" :key="l.number" :class="['is-' + l.state, {on: l.number === line}]"
        :style="{left: l.start / cut.duration * 100 + '%', width: Math.max(.4, (l.end - l.start) / cut.duration * 100 - .6) + '%'}">{{ l.number }}</b></div>
      <div class="head" :style="{left: t / cut.duration * 100 + '%'}"></div>
    </div>
    <div class="controls">
      <button type="button" class="pc" @click="step(-1)" aria-label="One frame back" title="One frame back  ←"><i class="i i-step-back"></i></button>
      <button type="button" class="pc pc-play" @click="toggle" :aria-label="playing ? 'Pause' : 'Play'" title="Play, pause  Space"><i :class="'i i-' + (playing ? 'pause' : 'play')"></i></button>
      <button type="button" class="pc" @click="step(1)" aria-label="One frame on" title="One frame on  →"><i class="i i-step-forward"></i></button>
      <div class="tc"><b>{{ stamp(t) }}</b><span>{{ stamp(cut.duration) }}</span></div>
      <div class="grow"></div>
      <div class="seg seg-small speed" role="radiogroup" aria-label="Speed">
        <button v-for="s in speeds" :key="s" type="button" class="seg-b" role="radio" :aria-checked="s === speed" @click="setSpeed(s)">{{ s }}×</button>
      </div>
      <button type="button" class="pc pc-extra" :aria-pressed="loop" @click="loop = !loop" aria-label="Repeat this line" title="Repeat this line  L"><i class="i i-repeat-2"></i></button>
      <button type="button" class="pc pc-extra" :aria-pressed="captions" @click="toggleCaptions" aria-label="Captions from the file" title="Captions from the file"><i class="i i-captions"></i></button>
      <button type="button" class="pc" @click="full" aria-label="Full screen" title="Full screen  F"><i class="i i-maximize"></i></button>
    </div>
    <ol class="transcript" v-if="!bare" aria-label="Script">
      <li v-for="l in cut.lines" :key="l.number" :class="['line', 'is-' + l.state, {on: l.number === line}]" @mouseenter="point(l.number)" @mouseleave="point(0)">
        <button type="button" class="line-n" @click="seek(l.start)" :aria-label="'Play from line ' + l.number">{{ l.number }}</button>
        <p dir="auto" :lang="lang"><template v-for="(w, k) in l.words" :key="k"><span class="w" :class="{m: w.marked, now: t >= w.start && t < w.end && t > 0}" @click="seek(w.start)">{{ w.text }}</span>{{ w.gap }}</template></p>
        <span class="line-why" :title="l.reason"><i :class="'i i-' + states[l.state][0]" aria-hidden="true"></i><span>{{ states[l.state][1] }}</span></span>
      </li>
    </ol>
  </div>`,
  props: { cuts: Array, lang: { default: "en" }, bare: Boolean, start: { default: 0 } },
  data() {
    return {
      format: this.cuts[0].format, t: 0, line: 0, playing: false, gone: false, speed: 1, loop: false, captions: false,
      played: {}, speeds: SPEEDS, states: STATES,
    };
  },
  computed: {
    cut() { return this.cuts.find((c) => c.format === this.format); },
    foreign() { return this.cut.codec === "av1" && !document.createElement("video").canPlayType('video/mp4; codecs="av01.0.08M.08"'); },
    wave() { return this.bare || innerWidth < 760 ? this.cut.peaks.filter((_, k) => k % 2 === 0) : this.cut.peaks; },
  },
  mounted() {
    this.seen = {};
    if (!this.bare || !window.dailies?.player) (window.dailies ??= {}).player = this;
    this.jumping = (e) => { // a check that names a place, beside the player
      const to = e.target.closest?.("[data-seek]");
      if (to && window.dailies.player === this) this.show(+to.dataset.seek, to.dataset.frame);
    };
    document.addEventListener("click", this.jumping);
  },
  unmounted() {
    document.removeEventListener("click", this.jumping);
    this.playing = false;
    if (window.dailies?.player === this) window.dailies.player = null;
  },
  methods: {
    choose(format) { this.playing = false; this.gone = false; this.resume = this.t; this.format = format; this.$nextTick(this.tally); },
    ready() {
      const video = this.$refs.video;
      if (!video) return; // the next cut has taken its place
      video.playbackRate = this.speed;
      if (this.resume ?? this.start) video.currentTime = this.resume ?? this.start;
      this.resume = 0;
    },
    toggle() { const video = this.$refs.video; if (!this.gone) video.paused ? video.play() : video.pause(); },
    run() {
      this.playing = true;
      const tick = () => { if (this.playing) { this.paint(); requestAnimationFrame(tick); } };
      tick();
    },
    note() { // what was really on screen: playing, and moved on
      if (!this.playing || !this.$refs.video?.currentTime) return;
      const seen = (this.seen[this.format] ??= new Set());
      seen.add(Math.floor(this.$refs.video.currentTime));
      this.tally();
      if (!this.played[this.format]) {
        this.played = { ...this.played, [this.format]: true };
        this.$emit("played", { format: this.format, sha256: this.cut.sha256 });
      }
    },
    tally() { // how much of this cut was watched, in the decision bar
      const share = (this.seen[this.format]?.size ?? 0) / Math.max(1, Math.ceil(this.cut.duration));
      document.querySelectorAll("[data-watched]").forEach((e) => { e.textContent = Math.min(100, Math.round(share * 100)) + " %"; });
    },
    paint() {
      const video = this.$refs.video;
      if (!video) return;
      this.t = video.currentTime;
      const now = this.cut.lines.find((l) => this.t >= l.start && this.t < l.end)?.number ?? 0;
      if (this.loop && this.playing && this.line && now !== this.line) { video.currentTime = this.cut.lines[this.line - 1].start; return; }
      if (now !== this.line) { this.line = now; this.point(0); }
    },
    point(number) {
      const on = String(number || this.line);
      document.querySelectorAll("[data-quote]").forEach((e) => e.classList.toggle("on", e.dataset.quote.split(" ").includes(on)));
    },
    show(s, format) { // a moment of this format, or of the one that is shown
      this.$el.scrollIntoView({ block: "nearest" });
      if (!format || format === this.format) { this.$refs.video.pause(); this.seek(s); return; }
      this.choose(format);
      this.resume = s + .001;
    },
    seek(s) { this.$refs.video.currentTime = Math.max(0, Math.min(this.cut.duration, s + .001)); },
    step(n) { const video = this.$refs.video; video.pause(); this.seek((Math.round(video.currentTime * this.cut.fps) + n) / this.cut.fps); },
    jump(n) {
      const lines = this.cut.lines, at = lines.findIndex((l) => l.end > this.t);
      this.line = 0;
      this.seek(lines[Math.max(0, Math.min(lines.length - 1, (at < 0 ? lines.length : at) + n))].start);
    },
    setSpeed(s) { this.speed = s; this.$refs.video.playbackRate = s; },
    faster(n) { const next = SPEEDS[SPEEDS.indexOf(this.speed) + n]; if (next) this.setSpeed(next); },
    repeat() { this.loop = !this.loop; },
    toggleCaptions() { this.captions = !this.captions; this.$refs.video.textTracks[0].mode = this.captions ? "showing" : "hidden"; },
    full() { document.fullscreenElement ? document.exitFullscreen() : this.$refs.video.requestFullscreen(); },
    nudge(e) { // the slider's own keys, where the desk has none
      const to = { Home: 0, End: this.cut.duration, PageUp: this.t - 5, PageDown: this.t + 5, ArrowUp: this.t + 1, ArrowDown: this.t - 1 }[e.key];
      if (to !== undefined) { e.preventDefault(); this.seek(to); }
    },
    stamp(s) {
      const frames = Math.round(s * this.cut.fps), fps = Math.round(this.cut.fps), two = (n) => String(n).padStart(2, "0");
      return `${two(Math.floor(frames / fps / 60))}:${two(Math.floor(frames / fps) % 60)}:${two(frames % fps)}`;
    },
    grab(e) {
      const go = (ev) => { const r = this.$refs.track.getBoundingClientRect(); this.seek((ev.clientX - r.left) / r.width * this.cut.duration); };
      const up = () => { removeEventListener("pointermove", go); removeEventListener("pointerup", up); };
      addEventListener("pointermove", go); addEventListener("pointerup", up); go(e);
    },
  },
};
