// Clicking a sentence (or pressing Enter on it) lights its translation and the article sentences it rests on.
const light = (target) => {
  const sentence = target.closest && target.closest("[data-sentence]");
  if (!sentence) return;
  const on = !sentence.classList.contains("lit");
  element.querySelectorAll(".lit").forEach((other) => other.classList.remove("lit"));
  if (!on) return;
  const number = sentence.dataset.sentence;
  element.querySelectorAll(`[data-sentence="${number}"]`).forEach((twin) => twin.classList.add("lit"));
  const wanted = (sentence.dataset.evidence || "").split(" ").filter(Boolean);
  const found = wanted.map((index) => element.querySelector(`[data-source="${index}"]`)).filter(Boolean);
  found.forEach((source) => source.classList.add("lit"));
  if (found.length) found[0].scrollIntoView({ block: "nearest", behavior: "smooth" });
};
element.addEventListener("click", (event) => light(event.target));
element.addEventListener("keydown", (event) => {
  if (event.key === "Enter") light(event.target);
});
