// The script editor: one text field per spoken line. It tells the server what stands there; the server answers
// with what changed, what supports it, and (beside it) what making it again would cost.
export default {
  template: `
  <div class="card">
    <div class="edit-title">
      <label class="field"><span class="field-label">Title</span><input class="input" v-model="heading" dir="auto" :lang="lang" maxlength="160" :placeholder="fresh ? 'Left out, the first words' : null" @input="tell"></label>
    </div>
    <div class="card-top"><h2 class="card-title">{{ fresh ? 'What is said' : 'Script' }}</h2><span class="faint" aria-live="polite">{{ summary }}</span></div>
    <ol>
      <li v-for="(row, k) in rows" :key="row.id" class="eline" :class="{changed: !fresh && (row.removed || changed(row))}">
        <span class="n num">{{ row.removed ? '' : number(k) }}</span>
        <div v-if="row.removed"><div class="was" dir="auto" :lang="lang" style="padding-top:7px"><del>{{ row.text }}</del></div></div>
        <div v-else>
          <textarea :ref="'t' + row.id" v-model="row.text" rows="1" dir="auto" :lang="lang" :aria-label="'Line ' + number(k)" :placeholder="fresh && k ? 'Next line' : 'What is said here'" maxlength="1000"
            @input="grow($event.target); tell()" @paste="spread($event, k)" @keydown.enter.prevent="add(k)" @keydown.backspace="joinUp($event, k)"></textarea>
          <div v-if="diff(row)" class="was" dir="auto" :lang="lang"><template v-for="(d, j) in diff(row)" :key="j"><del v-if="d.op === 'out'">{{ d.text }}</del><ins v-else-if="d.op === 'in'">{{ d.text }}</ins><template v-else>{{ d.text }}</template></template></div>
          <div v-if="verdict(row)" class="outcome" :class="verdict(row).tone"><i :class="'i i-' + verdict(row).icon" aria-hidden="true"></i><span dir="auto">{{ verdict(row).words }}</span></div>
        </div>
        <div class="st">
          <button v-if="row.removed" type="button" class="btn btn-ghost btn-small" @click="row.removed = false; tell()">Put back</button>
          <template v-else>
            <button v-if="hears && row.text.trim()" type="button" class="btn btn-ghost btn-small btn-icon" :aria-label="'Hear line ' + number(k)" title="Hear this line" @click="$emit('hear', row.text)"><i class="i i-volume-2"></i></button>
            <span v-if="!fresh && changed(row)" class="chip tungsten"><span>{{ row.was ? 'Edited' : 'New' }}</span></span>
            <button v-if="row.was && row.text !== original(row)" type="button" class="btn btn-ghost btn-small btn-icon" aria-label="As it was" title="As it was" @click="reset(row)"><i class="i i-undo-2"></i></button>
            <button v-if="!fresh || live.length > 1" type="button" class="btn btn-ghost btn-small btn-icon" :aria-label="'Remove line ' + number(k)" title="Remove this line" @click="remove(k)"><i class="i i-trash-2"></i></button>
          </template>
        </div>
      </li>
    </ol>
    <div class="add-line"><button type="button" class="btn btn-ghost btn-small" @click="add(rows.length - 1)"><i class="i i-plus" aria-hidden="true"></i><span>Add a line</span></button></div>
  </div>`,
  props: { title: { default: "" }, lines: { default: () => [] }, lang: { default: "en" }, fresh: Boolean, hears: Boolean },
  data() {
    const rows = this.lines.map((text, k) => ({ id: k + 1, was: k + 1, text, removed: false }));
    if (this.fresh) rows.push({ id: 1, was: null, text: "", removed: false });
    return { heading: this.title, rows, last: rows.length, answers: {}, sent: [] };
  },
  computed: {
    live() { return this.rows.filter((row) => !row.removed); },
    summary() {
      if (this.fresh) return "one line at a time; Enter begins the next";
      const n = this.rows.filter((row) => row.removed || this.changed(row)).length;
      return n ? `${n} of ${this.rows.length} lines will change` : this.heading.trim() !== this.title ? "the title will change" : "nothing changed yet";
    },
  },
  mounted() { this.$nextTick(() => this.$el.querySelectorAll("textarea").forEach(this.grow)); },
  unmounted() { clearTimeout(this.timer); },
  methods: {
    judge(answers) { // one answer per line that was sent, in its order
      this.answers = Object.fromEntries(answers.map((a, k) => [this.sent[k]?.id, { ...a, text: this.sent[k]?.text }]));
    },
    tell() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.sent = this.live.filter((row) => row.text.replace(/^\s*\[[a-z]{2}(-[A-Za-z]{2,4})?\]/, "").trim()).map((row) => ({ id: row.id, text: row.text, was: row.was }));
        this.$emit("edited", { title: this.heading, lines: this.sent.map(({ text, was }) => ({ text, was })) });
      }, 250);
    },
    number(k) { return this.rows.slice(0, k + 1).filter((row) => !row.removed).length; },
    original(row) { return this.lines[row.was - 1]; },
    changed(row) { return !row.was || row.text.trim() !== this.original(row); },
    answer(row) { const a = this.answers[row.id]; return a && a.text === row.text ? a : null; },
    diff(row) { const a = this.answer(row); return row.was && a?.changes?.length ? a.changes : null; },
    verdict(row) {
      const a = this.answer(row);
      if (!a || !this.changed(row) || !row.text.trim()) return null;
      if (a.state === "quoted") return { tone: "mint", icon: "circle-check", words: `Supported: “${a.quote}”` };
      if (a.state === "unsupported") return { tone: "coral", icon: "triangle-alert", words: a.reason[0].toUpperCase() + a.reason.slice(1) };
      return null;
    },
    add(k) {
      const row = { id: ++this.last, was: null, text: "", removed: false };
      this.rows.splice(k + 1, 0, row);
      this.$nextTick(() => this.$refs["t" + row.id][0].focus());
    },
    remove(k) { const row = this.rows[k]; row.was ? (row.removed = true, row.text = this.original(row)) : this.rows.splice(k, 1); this.tell(); },
    joinUp(event, k) { if (!this.rows[k].text && this.live.length > 1) { event.preventDefault(); this.remove(k); } },
    spread(event, k) { // several lines were pasted: each becomes one of ours
      const lines = event.clipboardData.getData("text").split(/\n+/).map((line) => line.trim()).filter(Boolean);
      if (lines.length < 2) return;
      event.preventDefault();
      const rows = lines.map((text) => ({ id: ++this.last, was: null, text, removed: false }));
      this.rows.splice(this.rows[k].text || this.rows[k].was ? k + 1 : k, this.rows[k].text || this.rows[k].was ? 0 : 1, ...rows);
      this.$nextTick(() => rows.forEach((row) => this.grow(this.$refs["t" + row.id][0])));
      this.tell();
    },
    reset(row) { row.text = this.original(row); this.$nextTick(() => this.grow(this.$refs["t" + row.id][0])); this.tell(); },
    grow(area) { if (CSS.supports("field-sizing", "content")) return; area.style.height = "auto"; area.style.height = area.scrollHeight + 2 + "px"; },
  },
};
