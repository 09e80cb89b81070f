// The keys of the desk, by the one table that the page carries. What only moves the picture or the list is done here;
// what decides is sent to the server. Also: which pane a phone shows, and the address of the open clip.
(() => {
  const table = JSON.parse(document.getElementById("desk-keys").textContent);
  const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const sheet = () => document.querySelector('.q-dialog__inner:not([class*="-leave-"]) .sheet'); // open, not on its way out
  const controls = "button, a, [role=option], [role=slider], [role=radio], summary";

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (sheet()) {
      if (/^[1-9]$/.test(event.key)) sheet().querySelector(`[data-key="${event.key}"]`)?.click();
      return;
    }
    // A control that was reached by keyboard keeps its own space and enter.
    if (event.key === " " && event.target.matches(controls) && event.target.matches(":focus-visible")) return;
    if (event.target.matches("[type=radio]") && event.key.startsWith("Arrow")) return; // they choose
    const key = table[(event.shiftKey && event.key.length > 1 ? "Shift+" : "") + event.key];
    if (!key || (event.repeat && key.where === "desk")) return;
    if (!["desk", "page"].includes(key.where) && !window.dailies?.[key.where]?.[key.call]) return;
    event.preventDefault();
    if (key.where === "desk") emitEvent("desk", key.call);
    else if (key.where === "page") location.assign(key.call);
    else window.dailies?.[key.where]?.[key.call](...key.values);
  }, true);

  addEventListener("click", (event) => {
    const act = event.target.closest?.("[data-desk]")?.dataset.desk;
    if (act) emitEvent("desk", act);
  });

  window.dailies = Object.assign(window.dailies ?? {}, {
    show(open) { document.querySelector(".desk")?.classList.toggle("is-open", open); },
    hear(address) { (this.sound ??= new Audio()).src = address; this.sound.play().catch(() => emitEvent("desk", "unheard")); },
    copy(words) { navigator.clipboard?.writeText(words); },
    at(address) { history.replaceState(history.state, "", address); },
  });
})();
