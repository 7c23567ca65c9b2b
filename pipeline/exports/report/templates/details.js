/* The drawer beside the page and the small tip under the pointer: why a thing is there. */

const drawer = byId("drawer");
let drawerOpener = null;

function openDrawer(title, ...children) {
  if (!drawer.contains(document.activeElement)) drawerOpener = document.activeElement;
  drawer.replaceChildren(
    el("button", { class: "close", type: "button", "aria-label": "Fermer le détail", onclick: closeDrawer }, "×"),
    el("h3", {}, title), ...children,
  );
  drawer.hidden = false;
  drawer.scrollTop = 0;
  drawer.parentElement.classList.add("with-drawer");
}

function closeDrawer() {
  if (drawer.hidden) return;
  drawer.hidden = true;
  drawer.parentElement.classList.remove("with-drawer");
  document.querySelectorAll(".chosen").forEach((node) => node.classList.remove("chosen"));
  if (drawerOpener?.isConnected) drawerOpener.focus({ preventScroll: true });
}

const pairs = (entries) => el("dl", { class: "pairs" },
  entries.filter(([, value]) => value !== "" && value !== null && value !== undefined && value.length !== 0)
    .map(([name, value]) => [el("dt", { title: WORDS[name] }, name), el("dd", {}, Array.isArray(value) ? value.join("; ") : String(value))]));

const record = (table, row) => Object.fromEntries(TABLES[table].columns.map((column, i) => [column, TABLES[table].rows[row][i]]));

function modeTags(row) {
  const tone = row.polarity === "negative" ? "no" : row.modality === "asserted" ? "yes" : "maybe";
  return el("p", {}, el("span", { class: `tag ${tone}` }, [row.polarity, row.modality, row.tense].join(" · ")));
}

function relationCard(index, { withSentence = false } = {}) {
  const row = record("relations", index);
  return el("div", { class: "card" },
    el("p", {}, el("strong", {}, row.subject), " ", el("span", { class: `tag ${groupOf(row.type)}` }, row.type), " ", el("strong", {}, row.object), row.counterpart ? ` (${row.counterpart})` : ""),
    withSentence ? el("blockquote", { dir: "auto" }, row.evidence) : null,
    modeTags(row),
    pairs([["source", sourceName(row.source)], ["trigger", row.trigger], ["quantity", row.quantity], ["amount", row.amount], ["date", row.date], ["place", row.place], ["rule", row.rule], ["plover", row.plover]]),
    el("p", { class: "links" }, rowLink("relations", row.relation_id, "Ligne du tableau"), sentenceLink(row.doc_id, row.sentence, "Dans l’article"), el("code", {}, row.relation_id)));
}

function claimCard(index, { withText = true } = {}) {
  const row = record("claims", index);
  return el("div", { class: "card" },
    withText ? el("blockquote", { dir: "auto" }, row.text) : null,
    modeTags(row),
    pairs([["source", sourceName(row.source)], ["source_type", row.source_type], ["attribution", row.attribution], ["cue", row.cue], ["factuality_source", row.factuality_source], ["factuality_author", row.factuality_author], ["cues", row.cues], ["rule", row.rule]]),
    el("p", { class: "links" }, rowLink("claims", row.claim_id, "Ligne du tableau"), sentenceLink(row.doc_id, row.sentence, "Dans l’article"), el("code", {}, row.claim_id)));
}

const inSentence = (table, docId, sentence) =>
  (BY_DOCUMENT[table]().get(docId) || []).filter((row) => cell(table, row, "sentence") === sentence);

function mentionList(docId, sentence) {
  const mentions = mentionsIn(docId, sentence);
  return mentions.length ? [el("h4", {}, plural(mentions.length, "mention", "mentions")), el("ul", { class: "plain" }, mentions.map((mention) => el("li", {},
    el("mark", { class: mention.label }, mention.text), " ", rowLink("entities", mention.entity_id, entityName(mention.entity_id)), " ", el("code", {}, `${mention.label} · ${mention.kind} · ${mention.rule} · ${mention.mention_id}`))))] : [];
}

function sentenceDetails(docId, sentence) {
  const claims = inSentence("claims", docId, sentence);
  const relations = inSentence("relations", docId, sentence);
  const parts = [];
  if (claims.length) parts.push(el("h4", {}, plural(claims.length, "affirmation", "affirmations")), ...claims.map((row) => claimCard(row)));
  if (relations.length) parts.push(el("h4", {}, plural(relations.length, "relation", "relations")), ...relations.map((row) => relationCard(row)));
  if (!parts.length) parts.push(el("p", { class: "empty" }, "Aucune affirmation ni relation lue dans cette phrase."));
  return [...parts, ...mentionList(docId, sentence)];
}

function entityDetails(id) {
  const found = entity(id);
  if (!found) return [pairs([["entity_id", id]])];
  return [
    pairs([["entity_id", id], ["label", found.label], ["iso3", found.iso3], ["category", found.category], ["origin", found.origin], ["aliases", found.aliases], ["n_mentions", number.format(found.n_mentions)], ["n_documents", number.format(found.n_documents)]]),
    el("p", { class: "links" }, rowLink("entities", id, "Ligne du tableau")),
  ];
}

const tip = byId("tip");
function showTip(target, text) {
  tip.textContent = text;
  tip.hidden = false;
  const box = target.getClientRects()[0];
  const left = Math.min(Math.max(box.left, 8), window.innerWidth - tip.offsetWidth - 8);
  const above = box.top - tip.offsetHeight - 6;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 4 ? above : box.bottom + 6}px`;
}
const hideTip = () => { tip.hidden = true; };
