// Two takes of one clip, played in step: one clock, two pictures, and the sound of one of them.
const DRIFT_S = 0.06; // further apart than this, the second picture is put where the first one is

export default {
  template: `
  <div class="cmp">
    <div class="cmp-pair" :class="{tall: pair[0].height > pair[0].width}">
      <figure v-for="(c, k) in pair" :key="k" class="cmp-take" :class="{heard: k === heard}">
        <figcaption><b>{{ names[k] }}</b><span>{{ takes[k].label }}</span><span class="grow"></span>
          <button type="button" class="filt" :aria-pressed="k === heard" :aria-label="'Hear ' + names[k]" @click="hear(k)"><i class="i i-volume-2" aria-hidden="true"></i>{{ k === heard ? 'Heard' : 'Hear' }}</button></figcaption>
        <div class="screen" :style="{aspectRatio: c.width + ' / ' + c.height}" @click="toggle">
          <video :ref="(v) => { videos[k] = v }" :key="c.src" :src="c.src" :poster="c.poster" :muted="k !== heard" playsinline preload="auto" @ended="ended"></video>
        </div>
      </figure>
    </div>
    <input class="cmp-bar" type="range" min="0" :max="length" step="0.01" :value="t" aria-label="Position" :aria-valuetext="stamp(t)" @input="seek(+$event.target.value)">
    <div class="controls">
      <button type="button" class="pc" @click="step(-1)" aria-label="One frame back" title="One frame back  ←"><i class="i i-step-back"></i></button>
      <button type="button" class="pc pc-play" @click="toggle" :aria-label="playing ? 'Pause' : 'Play'" title="Play, pause  Space"><i :class="'i i-' + (playing ? 'pause' : 'play')"></i></button>
      <button type="button" class="pc" @click="step(1)" aria-label="One frame on" title="One frame on  →"><i class="i i-step-forward"></i></button>
      <div class="tc"><b>{{ stamp(t) }}</b><span>{{ stamp(pair[0].duration) }}</span><span>{{ stamp(pair[1].duration) }}</span></div>
      <div class="grow"></div>
      <button type="button" class="btn btn-quiet btn-small" @click="swap" title="Hear the other  V"><i class="i i-repeat-2" aria-hidden="true"></i><span class="btn-label">Hear the other</span><kbd class="kbd" aria-hidden="true">v</kbd></button>
      <div class="seg seg-small" role="radiogroup" aria-label="Format" v-if="formats.length > 1">
        <button v-for="f in formats" :key="f" type="button" class="seg-b" role="radio" :aria-checked="f === format" @click="choose(f)">{{ f }}</button>
      </div>
    </div>
  </div>`,
  props: { takes: Array, formats: Array },
  data() { return { format: this.formats[0], t: 0, playing: false, heard: 0, names: ["A", "B"] }; },
  computed: {
    pair() { return this.takes.map((take) => take.cuts[this.format]); },
    length() { return Math.max(...this.pair.map((c) => c.duration)); },
  },
  created() { this.videos = []; },
  mounted() { (window.dailies ??= {}).player = this; },
  unmounted() { this.playing = false; if (window.dailies?.player === this) window.dailies.player = null; },
  methods: {
    longer() { return this.videos[this.pair[1].duration > this.pair[0].duration ? 1 : 0]; },
    toggle() { this.playing ? this.stop() : this.play(); },
    play() {
      if (this.t >= this.length - .05) this.seek(0);
      this.playing = true;
      for (const video of this.videos) if (this.t < video.duration) video.play();
      const tick = () => {
        if (!this.playing) return;
        this.follow();
        requestAnimationFrame(tick);
      };
      tick();
    },
    stop() { this.playing = false; for (const video of this.videos) video.pause(); this.seek(this.longer().currentTime); },
    follow() { // the longer one is the clock
      const clock = this.longer();
      this.t = clock.currentTime;
      for (const video of this.videos) {
        if (video !== clock && !video.ended && Math.abs(video.currentTime - this.t) > DRIFT_S && this.t < video.duration) video.currentTime = this.t;
      }
    },
    ended() { if (this.longer().ended) { this.playing = false; this.t = this.length; } },
    seek(s) { this.t = Math.max(0, Math.min(this.length, s)); for (const video of this.videos) video.currentTime = Math.min(this.t, video.duration || this.t); },
    step(n) { if (this.playing) this.stop(); const fps = this.pair[0].fps; this.seek((Math.round(this.t * fps) + n) / fps + .001); },
    jump(n) {
      const starts = this.pair[this.heard].starts, k = starts.filter((s) => s <= this.t + .05).length - 1;
      this.seek(starts[Math.max(0, Math.min(starts.length - 1, k + n))] + .001);
    },
    hear(k) { this.heard = k; },
    swap() { this.hear(1 - this.heard); },
    choose(format) { if (this.playing) this.stop(); this.t = 0; this.format = format; },
    full() { document.fullscreenElement ? document.exitFullscreen() : this.$el.querySelector(".cmp-pair").requestFullscreen(); },
    stamp(s) { return Math.floor(s / 60) + ":" + (s % 60).toFixed(2).padStart(5, "0"); },
  },
};
