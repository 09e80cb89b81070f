// The queue: one element for any number of clips. It moves without a round trip, and it never moves by itself:
// what changes is marked in place, what is new waits until it is asked for. One thing moves a clip: a decision about it,
// from under a heading that the decision makes untrue.
const SORTS = {
  laid: { label: "Newest first" },
  oldest: { label: "Oldest first", by: (a, b) => a.at.localeCompare(b.at) },
  title: { label: "By title", by: (a, b) => a.title.localeCompare(b.title) },
  longest: { label: "Longest first", by: (a, b) => (b.seconds ?? 0) - (a.seconds ?? 0) },
};
const BATCH = [{ act: "approve", label: "Approve", icon: "check", kind: "approve" }, { act: "reject", label: "Reject", icon: "x", kind: "danger" },
  { act: "hold", label: "Hold", icon: "pause", kind: "quiet" }, { act: "again", label: "Make again", icon: "rotate-cw", kind: "quiet" }];
const UNTRUE = ["making", "failed"], DECIDED = ["changes", "held", "approved", "done"];
const PAUSE_MS = 250; // after the last letter, before the server is asked what it has beyond the list

export default {
  template: `
  <div class="queue">
    <div class="q-top">
      <div class="q-h"><span class="h1" aria-hidden="true">Inbox</span><span class="count">{{ waiting }}<span class="unseen"> to review</span></span><span class="grow"></span>
        <button type="button" class="btn btn-ghost btn-icon" v-if="decides" :aria-pressed="picking" aria-label="Choose several" title="Choose several  B" @click="picking ? leavePicking() : pick()"><i class="i i-list-checks"></i></button>
        <button type="button" class="btn btn-ghost btn-icon" :aria-expanded="narrowing" aria-label="Narrow and sort" title="Narrow and sort" @click="narrowing = !narrowing"><i class="i i-list-filter"></i></button>
        <button type="button" class="btn btn-ghost btn-icon" :aria-expanded="searching" aria-label="Find by title" title="Find by title  /" @click="searching ? leave() : find()"><i class="i i-search"></i></button></div>
      <div class="q-search" v-show="searching"><i class="i i-search" aria-hidden="true"></i><input ref="search" class="input" type="search" placeholder="Find by title" aria-label="Find by title" v-model="words" @keydown.esc.stop="leave" @keydown.enter="$event.target.blur()"></div>
      <div class="q-narrow" v-if="narrowing" role="group" aria-label="Narrow and sort">
        <select v-for="w in narrow" :key="w.key" class="input select" :aria-label="w.label" v-model="wanted[w.key]"><option value="">{{ w.all }}</option><option v-for="v in w.values" :key="v" :value="v">{{ w.names?.[v] ?? v }}</option></select>
        <select class="input select" aria-label="Sort" v-model="sort"><option v-for="(s, k) in sorts" :key="k" :value="k">{{ s.label }}</option></select>
      </div>
      <div class="filters" role="group" aria-label="Filters">
        <button v-for="f in filters" :key="f.key" type="button" class="filt" :aria-pressed="filter === f.key" @click="filter = f.key"><i v-if="f.icon" :class="'i i-' + f.icon" aria-hidden="true"></i>{{ f.label }}</button>
      </div>
    </div>
    <button type="button" class="newbar" v-if="fresh" @click="$emit('refresh')"><i class="i i-arrow-up" aria-hidden="true"></i><span class="newbar-words">{{ fresh }} new {{ fresh === 1 ? 'clip' : 'clips' }}</span><span class="grow"></span><kbd class="kbd" aria-hidden="true">n</kbd></button>
    <div class="clip-list" role="listbox" tabindex="0" aria-label="Clips" :aria-multiselectable="picking || null" :aria-busy="limit < cards.length || null" :class="{picking}" @keydown.esc="leavePicking" :aria-activedescendant="at && shownIds.has(at) ? 'row-' + at : null" @keydown.down.prevent="move(1)" @keydown.up.prevent="move(-1)" @keydown.enter="go(at)">
      <div v-for="g in shown" :key="g.name" role="group" :aria-label="g.name">
        <div class="q-group" aria-hidden="true"><span>{{ g.name }}</span><b>{{ g.left }}</b></div>
        <div v-for="c in g.cards" :key="c.id" :id="'row-' + c.id" class="clip-row" :class="{'is-done': done(c)}" role="option" :aria-selected="picking ? !!picked[c.id] : c.id === at" @click="picking ? toggle(c.id) : go(c.id)">
          <div class="row-pic"><img v-if="c.poster" :src="c.poster" alt="" loading="lazy"><i v-else :class="'i i-' + picture(c)" aria-hidden="true"></i>
            <span v-if="c.seconds">{{ length(c.seconds) }}</span><span v-if="c.flags.unsupported || c.flags.failed" class="strip-flag"><i class="i i-triangle-alert"></i></span><b v-if="picking" class="row-tick" aria-hidden="true"><i v-if="picked[c.id]" class="i i-check"></i></b></div>
          <div class="row-main">
            <div class="row-title" dir="auto" :lang="c.lang">{{ c.title }}</div>
            <div class="row-meta">
              <span class="row-show" dir="auto">{{ c.show }}</span><span class="row-age">{{ c.shelf === 'making' ? c.doing || (c.note ? 'Waiting' : 'Queued') : age(c.at) }}</span>
              <span class="grow"></span>
              <span v-if="c.flags.failed" class="dotn coral" title="Checks failed"><i class="i i-circle-x" aria-hidden="true"></i>{{ c.flags.failed }}<span class="unseen"> failed checks</span></span>
              <span v-if="c.flags.unsupported" class="dotn coral" title="Unsupported lines"><i class="i i-triangle-alert" aria-hidden="true"></i>{{ c.flags.unsupported }}<span class="unseen"> unsupported</span></span>
              <span v-if="c.flags.consent" class="dotn coral" title="The person in it does not agree now"><i class="i i-circle-user-round" aria-hidden="true"></i><span class="unseen">no consent</span></span>
              <span v-if="c.flags.limited" class="dotn plum" title="A licence is limited"><i class="i i-scale" aria-hidden="true"></i><span class="unseen">limited licence</span></span>
              <span v-if="c.flags.fallback" class="dotn plum" title="A fallback was used"><i class="i i-corner-down-right" aria-hidden="true"></i><span class="unseen">fallback</span></span>
              <span v-if="outcome(c)" class="dotn" :class="outcome(c).tone"><i :class="'i i-' + outcome(c).icon" aria-hidden="true"></i>{{ outcome(c).word }}</span>
            </div>
            <span v-if="c.fraction !== null && c.shelf === 'making' && !c.note" class="meter"><b :style="{width: c.fraction * 100 + '%'}"></b></span>
          </div>
        </div>
      </div>
      <p class="q-none" v-if="!shown.length">{{ narrowed ? 'No clip fits.' : 'Nothing here yet. Clips appear as they are made.' }} <a v-if="!narrowed" class="only-phone link" href="/new">Make one yourself</a></p>
    </div>
    <div class="q-batch" v-if="picking" role="toolbar" aria-label="What to do with the chosen clips">
      <div class="q-batch-h"><b>{{ chosen.length }} chosen</b><button type="button" class="filt" @click="pickAll">All shown</button><span class="grow"></span>
        <button type="button" class="btn btn-ghost btn-icon btn-small" aria-label="Choose no more" @click="leavePicking"><i class="i i-x"></i></button></div>
      <div class="q-batch-acts"><button v-for="a in batch" :key="a.act" type="button" class="btn btn-small" :class="'btn-' + a.kind" :disabled="!chosen.length" @click="$emit('batch', {act: a.act, ids: chosen})"><i :class="'i i-' + a.icon" aria-hidden="true"></i><span>{{ a.label }}</span></button></div>
    </div>
  </div>`,
  props: { laidOut: String, names: Object, languages: Object, first: String, decides: Boolean },
  data() { return { at: this.first, limit: 24, filter: "all", words: "", searching: false, fresh: 0, now: Date.now(), patches: {},
    older: { words: "", cards: [] }, narrowing: false, wanted: { show: "", shelf: "", lang: "" }, sort: "laid", sorts: SORTS, picking: false, picked: {}, batch: BATCH }; },
  computed: {
    groups() { return JSON.parse(this.laidOut); }, // one string: NiceGUI would watch every field of every card
    laid() { return this.groups.map((g) => ({ name: g.name, cards: g.cards.map((c) => this.patches[c.id] ? { ...c, ...this.patches[c.id] } : c) })); },
    merged() {
      const untrue = UNTRUE.map((shelf) => this.names[shelf]);
      const heading = (g, c) => c.shelf === "gone" ? "" : untrue.includes(g.name) && DECIDED.includes(c.shelf) ? this.names[c.shelf] : g.name;
      return Object.values(this.names).map((name) => ({ name, cards: this.laid.flatMap((g) => g.cards.filter((c) => heading(g, c) === name)) }));
    },
    cards() { return this.merged.flatMap((g) => g.cards); },
    waiting() { return this.cards.filter((c) => c.shelf === "review").length; },
    total() { return this.waiting + this.fresh; },
    unagreed() { return this.cards.filter((c) => c.flags.consent).length; },
    flagged() { return this.cards.filter((c) => this.isFlagged(c)).length; },
    filters() {
      return [{ key: "all", label: "All" }, { key: "flagged", label: "Flagged " + this.flagged, icon: "triangle-alert" },
        { key: "clean", label: "Clean " + this.cards.filter((c) => c.shelf === "review" && !this.isFlagged(c)).length },
        ...(this.unagreed ? [{ key: "consent", label: "No consent " + this.unagreed, icon: "circle-user-round" }] : [])];
    },
    narrow() {
      const values = (key) => [...new Set(this.cards.map((c) => c[key]))].sort();
      const states = Object.keys(this.names).filter((shelf) => this.cards.some((c) => c.shelf === shelf));
      return [{ key: "show", label: "Show", all: "All shows", values: values("show") }, { key: "shelf", label: "State", all: "All states", values: states, names: this.names },
        { key: "lang", label: "Language", all: "All languages", values: values("lang"), names: this.languages }];
    },
    narrowed() { return this.words || this.filter !== "all" || Object.values(this.wanted).some(Boolean); },
    chosen() { return this.cards.filter((c) => this.picked[c.id]).map((c) => c.id); },
    shown() {
      const wanted = this.words.trim().toLowerCase(), order = this.sorts[this.sort].by;
      const fits = (c) => Object.entries(this.wanted).every(([key, value]) => !value || c[key] === value);
      let left = this.limit;
      return this.merged.map((g) => {
        const cards = (order ? [...g.cards].sort(order) : g.cards).filter((c) => fits(c) && (this.filter === "all" || (this.filter === "consent" ? c.flags.consent : c.shelf === "review" && this.isFlagged(c) === (this.filter === "flagged")))
          && (!wanted || c.title.toLowerCase().includes(wanted))).slice(0, left);
        left -= cards.length;
        return { name: g.name, cards, left: g.name === "To review" ? g.cards.filter((c) => c.shelf === "review").length : g.cards.length };
      }).concat({ name: "Earlier", cards: this.earlier.filter(fits), left: "" }).filter((g) => g.cards.length);
    },
    earlier() { // found by the server among what is no longer in the list; one may look, and decide about each by itself
      return this.picking || this.filter !== "all" || this.older.words !== this.words.trim() ? [] : this.older.cards;
    },
    shownIds() { return new Set(this.shown.flatMap((g) => g.cards.map((c) => c.id))); },
  },
  watch: {
    groups() { this.patches = {}; this.fresh = 0; },
    words(typed) {
      clearTimeout(this.asking);
      if (typed.trim()) this.asking = setTimeout(() => this.$emit("find", typed.trim()), PAUSE_MS);
    },
    total(n) { document.querySelectorAll("[data-waiting]").forEach((e) => { e.textContent = n || ""; }); },
  },
  mounted() {
    (window.dailies ??= {}).queue = this;
    requestAnimationFrame(() => setTimeout(() => { this.limit = 1e4; if (this.at) this.select(this.at); }, 60)); // the first screenful paints first
    this.clock = setInterval(() => { this.now = Date.now(); }, 20000);
  },
  unmounted() { clearInterval(this.clock); clearTimeout(this.asking); if (window.dailies?.queue === this) window.dailies.queue = null; },
  methods: {
    found(words, cards) { this.older = { words, cards }; },
    patch(cards, fresh) { this.fresh = fresh; for (const card of cards) this.patches[card.id] = { ...this.patches[card.id], ...card }; },
    select(id) { this.at = id; this.$nextTick(() => document.getElementById("row-" + id)?.scrollIntoView({ block: "nearest" })); },
    go(id) { if (!id) return; this.select(id); this.$emit("open", id); },
    move(n) {
      const ids = [...this.shownIds], k = ids.indexOf(this.at), id = ids[k < 0 ? 0 : Math.max(0, Math.min(ids.length - 1, k + n))];
      if (id && id !== this.at) this.go(id);
    },
    advance() { // the next clip that waits for a decision, further down first
      const k = this.cards.findIndex((c) => c.id === this.at);
      const next = [...this.cards.slice(k + 1), ...this.cards.slice(0, k)].find((c) => c.shelf === "review");
      if (next) this.go(next.id);
    },
    pick() { // the clip at hand, and from now on others too
      if (!this.decides) return;
      this.picking = true;
      if (this.at) this.toggle(this.at);
    },
    toggle(id) { this.picked = { ...this.picked, [id]: !this.picked[id] }; },
    pickAll() { this.picked = Object.fromEntries([...this.shownIds].map((id) => [id, true])); },
    leavePicking() { this.picking = false; this.picked = {}; },
    moveOn() { // the clip at hand left the list: the one after it stood there, else the one before
      const left = this.laid.flatMap((g) => g.cards), k = left.findIndex((c) => c.id === this.at), here = new Set(this.shownIds);
      const next = [...left.slice(k + 1), ...left.slice(0, k).reverse()].find((c) => here.has(c.id));
      if (next) this.go(next.id);
    },
    find() { this.searching = true; this.$nextTick(() => { this.$refs.search.focus(); this.$refs.search.select(); }); },
    leave() { this.words = ""; this.searching = false; this.$refs.search.blur(); },
    isFlagged(c) { return c.shelf === "review" && (c.flags.unsupported > 0 || c.flags.failed > 0 || c.flags.limited || c.flags.fallback || c.flags.consent); },
    done(c) { return c.shelf === "done"; },
    picture(c) { return { making: c.note ? "hourglass" : "loader", failed: "circle-x" }[c.shelf] ?? "play"; },
    outcome(c) {
      if (c.exported) return { tone: "mint", icon: "package-check", word: "Exported" };
      if (c.shelf === "failed") return c.note === "Cancelled" ? { tone: "", icon: "circle-stop", word: "Cancelled" } : { tone: "coral", icon: "circle-x", word: c.note };
      if (c.review === "endorsed") return { tone: "mint", icon: "check", word: "1 of 2" };
      if (c.shelf === "review" && this.groups.some((g) => g.name !== "To review" && g.cards.some((o) => o.id === c.id))) return { tone: "tungsten", icon: "arrow-up", word: "Ready" };
      return { approved: { tone: "mint", icon: "check", word: "Approved" }, rejected: { tone: "coral", icon: "x", word: "Rejected" },
        changes: { tone: "slate", icon: "message-square-text", word: "Changes" }, held: { tone: "", icon: "pause", word: "Held" } }[c.review];
    },
    length(s) { const r = Math.round(s); return Math.floor(r / 60) + ":" + String(r % 60).padStart(2, "0"); },
    age(iso) {
      const m = Math.max(0, Math.round((this.now - Date.parse(iso)) / 60000));
      return m < 1 ? "now" : m < 60 ? m + " min" : m < 1440 ? Math.round(m / 60) + " h" : Math.round(m / 1440) + " d";
    },
  },
};
