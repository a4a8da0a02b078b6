// What the page does without asking the server: lighting, copying, counting, keys, light and dark.
const NARROW = 641;
const ntmsum = {
  count(text, language) {
    const words = ntmsumFacts.words[language] || ntmsumFacts.words.vi;
    const n = ((text || "").match(/[\p{L}\p{N}\p{M}]+/gu) || []).length;
    const part = ntmsumFacts.readable && n > ntmsumFacts.readable ? Math.max(1, Math.round((100 * ntmsumFacts.readable) / n)) : 100;
    const key = n === 0 ? "count_none" : part < 100 ? "count_part" : "count_all";
    const shown = words[key].replace("{n}", n.toLocaleString(language)).replace("{p}", part);
    return `<span role="status">${shown}</span>`;
  },

  // What the browser keeps from visit to visit.
  kept: (name) => localStorage.getItem(`ntmsum-${name}`) || "",
  keep: (name, value) => localStorage.setItem(`ntmsum-${name}`, value),
  language: () => ntmsum.kept("spoken") || "vi",

  speak(language) {
    document.documentElement.lang = language;
    ntmsum.keep("spoken", language);
    return language;
  },

  // The secret name of the batch that this browser began.
  keepJob(job) {
    ntmsum.keep("job", job || "");
  },

  // A sentence, its translation, and the article sentences it rests on.
  light(sentence) {
    const on = !sentence.classList.contains("lit");
    document.querySelectorAll(".lit").forEach((other) => other.classList.remove("lit"));
    document.querySelectorAll(".resting").forEach((quote) => quote.remove());
    if (!on) return;
    const number = sentence.dataset.sentence;
    document.querySelectorAll(`[data-sentence="${number}"]`).forEach((twin) => twin.classList.add("lit"));
    const wanted = (sentence.dataset.evidence || "").split(" ").filter(Boolean);
    const found = wanted.map((index) => document.querySelector(`[data-source="${index}"]`)).filter(Boolean);
    found.forEach((source) => source.classList.add("lit"));
    if (found.length) ntmsum.reveal(found[0]);
    if (found.length && innerWidth < NARROW) ntmsum.quote(sentence, found);
  },

  // On a narrow screen the article is out of sight: what a sentence rests on is quoted below it.
  quote(sentence, sources) {
    const quote = document.createElement("blockquote");
    quote.className = "resting";
    quote.lang = "vi";
    quote.textContent = sources.map((source) => source.textContent).join(" … ");
    sentence.closest(".pair").after(quote);
  },

  // Scroll the article's box, not the page.
  reveal(source) {
    const box = source.closest(".article");
    if (box) box.scrollTop += source.getBoundingClientRect().top - box.getBoundingClientRect().top - 40;
  },

  // The same figure in all three texts.
  twins(mark, on) {
    document.querySelectorAll(`mark[data-fact="${mark.dataset.fact}"]`).forEach((m) => m.classList.toggle("twin", on));
  },

  async copy(button) {
    const parts = document.querySelectorAll(`#result [data-part="${button.dataset.copy}"]`);
    const text = [...parts].map((p) => p.textContent).join(" ");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers keep the clipboard from pages that came over plain http.
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const sign = button.textContent;
    button.textContent = "✓ " + button.dataset.done;
    setTimeout(() => (button.textContent = sign), 1500);
  },

  // Ctrl+Enter does what the box that holds the cursor is for.
  go(field) {
    const buttons = { "edit-summary": "translate-again", "edit-translation": "check-again", "try-sentence": "try-run" };
    const box = field.closest("#edit-summary, #edit-translation, #try-sentence");
    const button = document.getElementById(box ? buttons[box.id] : "run");
    if (button && button.offsetParent) button.click();
  },

  start() {
    arrival.observe(document.body, { childList: true, subtree: true });
    const dark = ntmsum.kept("dark");
    if (dark) ntmsum.theme(dark === "1");
    document.documentElement.lang = ntmsum.language();
    document.documentElement.dataset.ready = "1";
    return ntmsum.language();
  },

  theme(dark) {
    document.body.classList.toggle("dark", dark);
    ntmsum.keep("dark", dark ? "1" : "0");
  },
};

document.addEventListener("click", (event) => {
  const target = event.target;
  const copy = target.closest("[data-copy]");
  if (copy) return ntmsum.copy(copy);
  if (target.closest("#theme")) return ntmsum.theme(!document.body.classList.contains("dark"));
  const opened = target.closest("[data-open]");
  if (opened) {
    ntmsum.row = opened.dataset.open;
    return document.getElementById("batch-open").click();
  }
  const sentence = target.closest("[data-sentence]");
  if (sentence && !String(getSelection())) ntmsum.light(sentence);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    return ntmsum.go(event.target);
  }
  if (event.target.matches("[data-sentence]")) ntmsum.light(event.target);
}, true);
// A file may be dropped anywhere: without this the browser would leave the page for it, and lose the work on it.
document.addEventListener("dragover", (event) => {
  if (event.dataTransfer.types.includes("Files")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const files = event.dataTransfer.files;
  if (!files.length || event.target.closest("#file, #batch-file, #own-import")) return;
  event.preventDefault();
  const box = [...document.querySelectorAll("#file, #batch-file")].find((one) => one.offsetParent);
  const input = box && box.querySelector("input[type=file]");
  if (!input) return;
  input.files = files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
for (const [kind, on] of [["mouseover", true], ["mouseout", false]]) {
  document.addEventListener(kind, (event) => {
    const mark = event.target.closest && event.target.closest("mark[data-fact]");
    if (mark) ntmsum.twins(mark, on);
  });
}
// On a narrow screen the result lies below the article: show it when its first words arrive.
const arrival = new MutationObserver(() => {
  const there = document.querySelector("#result .pairs") !== null;
  if (there && !arrival.seen && innerWidth < NARROW) document.getElementById("status").scrollIntoView({ behavior: "smooth" });
  arrival.seen = there;
});
