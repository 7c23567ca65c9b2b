/* The article as read: mentions coloured, claims underlined by factuality, every sentence a way in. */

const LINE_WORDS = [["f-ct-plus", "certain"], ["f-pr", "probable"], ["f-ps", "possible"], ["f-minus", "nié"], ["f-open", "non engagé"]];
const hiddenLabels = new Set();
let shownDocument = -1;
let factualityColumn = "factuality_source";
let sentenceNodes = new Map();

function buildArticle() {
  const many = TABLES.documents.rows.length > 1;
  const choice = el("select", { id: "choix-article", onchange: (event) => { location.hash = address("article", TABLES.documents.rows[event.target.value][0]); } },
    TABLES.documents.rows.map((row, i) => el("option", { value: i }, documentTitle(i))));
  const step = (by) => () => { location.hash = address("article", TABLES.documents.rows[shownDocument + by][0]); };
  byId("article").replaceChildren(
    el("div", { class: "controls" },
      many ? el("label", {}, "Article", choice) : null,
      many ? el("button", { class: "button", type: "button", id: "precedent", onclick: step(-1) }, "← Précédent") : null,
      many ? el("button", { class: "button", type: "button", id: "suivant", onclick: step(1) }, "Suivant →") : null,
      el("label", {}, "Soulignement : factualité", el("select", { id: "choix-factualite", onchange: (event) => { factualityColumn = event.target.value; renderArticle(shownDocument); } },
        el("option", { value: "factuality_source" }, "pour la source"), el("option", { value: "factuality_author" }, "pour le journal"))),
      el("label", { class: "check" }, el("input", { type: "checkbox", onchange: (event) => byId("prose").classList.toggle("show-coverage", event.target.checked) }), "Montrer les phrases dont rien n’est tiré")),
    labelLegend(),
    el("ul", { class: "legend lines", "aria-label": "Soulignements" }, LINE_WORDS.map(([name, word]) => el("li", {}, el("span", { class: `claim ${name}` }, word)))),
    el("article", { class: "reading" }, el("header", { id: "entete" }), el("div", { class: "prose", id: "prose", dir: "auto" })));
  byId("prose").addEventListener("click", (event) => chooseIn(event.target));
  byId("prose").addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); chooseIn(event.target); } });
  byId("prose").addEventListener("mouseover", (event) => { const at = event.target.closest("mark, .claim"); if (at) showTip(at, at.hint); else hideTip(); });
  byId("prose").addEventListener("mouseleave", hideTip);
}

const documentTitle = (i) => cell("documents", i, "title") || cell("documents", i, "doc_id");

function labelLegend() {
  const used = Object.keys(LABELS).filter((label) => DATA.overview.mentions[label]);
  return el("ul", { class: "legend", "aria-label": "Couleurs des mentions" }, used.map((label) => el("li", {},
    el("button", { type: "button", class: label, "aria-pressed": "true", onclick: (event) => {
      if (!hiddenLabels.delete(label)) hiddenLabels.add(label);
      event.currentTarget.setAttribute("aria-pressed", String(!hiddenLabels.has(label)));
      byId("prose").querySelectorAll(`mark.${label}`).forEach((mark) => mark.classList.toggle("off", hiddenLabels.has(label)));
    } }, LABELS[label]))));
}

function renderArticle(index) {
  shownDocument = index;
  const meta = record("documents", index);
  const article = readArticle(index);
  const chars = Array.from(article.text); // offsets are code points
  const spans = (BY_DOCUMENT.claims().get(meta.doc_id) || []).map((row) => ({ row, start: cell("claims", row, "start"), end: cell("claims", row, "end") }));
  const marks = article.mentions.map(([mention_id, entity_id, label, kind, start, end, rule]) => ({ mention_id, entity_id, label, kind, start, end, rule, text: chars.slice(start, end).join("") }));
  const pieces = [];
  sentenceNodes = new Map();
  let at = 0;
  for (const [sentence, start, end, status] of article.sentences) {
    pieces.push(chars.slice(at, start).join(""));
    const node = el("span", { class: `sentence s-${status}${status === "noise" ? " noise" : ""}`, tabindex: "0" });
    node.place = { docId: meta.doc_id, sentence, mentions: marks.filter((mark) => mark.start < end && mark.end > start) };
    node.append(...segments(chars, start, end, marks, spans));
    sentenceNodes.set(sentence, node);
    pieces.push(node);
    at = end;
  }
  pieces.push(chars.slice(at).join(""));
  byId("prose").replaceChildren(...pieces.filter((piece) => piece !== ""));
  byId("entete").replaceChildren(
    el("h3", { dir: "auto" }, documentTitle(index)),
    el("p", {}, [meta.outlet, meta.published && frenchDate(meta.published), plural(meta.n_words, "mot", "mots"), plural(meta.n_claims, "affirmation", "affirmations"), plural(meta.n_relations, "relation", "relations")].filter(Boolean).join(" · "), " ", rowLink("documents", meta.doc_id, "fiche")),
    meta.warnings.length ? el("p", { class: "notice" }, "Attention : " + meta.warnings.join("; ")) : "");
  const choice = byId("choix-article");
  if (choice) {
    choice.value = index;
    byId("precedent").disabled = index === 0;
    byId("suivant").disabled = index === TABLES.documents.rows.length - 1;
  }
}

function segments(chars, start, end, marks, spans) {
  const inside = (item) => item.start < end && item.end > start;
  const mine = { marks: marks.filter(inside), spans: spans.filter(inside) };
  const cuts = new Set([start, end]);
  for (const item of [...mine.marks, ...mine.spans]) for (const cut of [item.start, item.end]) if (cut > start && cut < end) cuts.add(cut);
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, i) => segment(chars.slice(from, edges[i + 1]).join(""), from, mine));
}

function segment(text, at, { marks, spans }) {
  const mark = marks.find((item) => item.start <= at && at < item.end);
  // The innermost claim is the one underlined.
  const claim = spans.filter((item) => item.start <= at && at < item.end).sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
  if (!mark && !claim) return document.createTextNode(text);
  const row = claim && record("claims", claim.row);
  const names = [mark?.label, mark && hiddenLabels.has(mark.label) ? "off" : "", row ? `claim ${factualityClass(row[factualityColumn])}` : ""];
  const node = el(mark ? "mark" : "span", { class: names.filter(Boolean).join(" ") }, text);
  node.mention = mark;
  node.hint = [
    mark && `${entityName(mark.entity_id)} — ${mark.label}, ${mark.kind}\nrègle : ${mark.rule}`,
    row && `${sourceName(row.source)} : ${row.modality}, ${row.polarity}, ${row.tense} (${row.factuality_source} / ${row.factuality_author})` + (row.cues.length ? `\nindices : ${row.cues.join("; ")}` : ""),
  ].filter(Boolean).join("\n");
  return node;
}

/* Known for the article on show: the only one whose sentences can be opened. */
const mentionsIn = (docId, sentence) => {
  const place = sentenceNodes.get(sentence)?.place;
  return place && place.docId === docId ? place.mentions : [];
};

function chooseIn(target) {
  const sentence = target.closest(".sentence");
  if (!sentence) return;
  const { docId, sentence: index } = sentence.place;
  const mention = target.closest("mark")?.mention;
  markSentence(index, { scroll: false });
  const rows = sentenceDetails(docId, index);
  if (!mention) return openDrawer(`Phrase ${index + 1}`, ...rows);
  openDrawer(entityName(mention.entity_id), ...entityDetails(mention.entity_id),
    el("div", { class: "card" }, pairs([["kind", mention.kind], ["rule", mention.rule]]), el("p", {}, el("code", {}, mention.mention_id))), ...rows);
}

function markSentence(index, { scroll }) {
  document.querySelectorAll(".sentence.chosen").forEach((node) => node.classList.remove("chosen"));
  const node = sentenceNodes.get(index);
  if (!node) return;
  node.classList.add("chosen");
  if (scroll) { node.scrollIntoView({ block: "center" }); node.focus({ preventScroll: true }); }
}

function showArticle(docId, sentence) {
  const index = docId === undefined ? Math.max(shownDocument, 0) : documentNumber.get(docId);
  if (index === undefined || !TABLES.documents.rows.length) return;
  if (index !== shownDocument) renderArticle(index);
  if (sentence === undefined) return;
  openDrawer(`Phrase ${Number(sentence) + 1}`, ...sentenceDetails(TABLES.documents.rows[index][0], Number(sentence)));
  markSentence(Number(sentence), { scroll: true });
}
