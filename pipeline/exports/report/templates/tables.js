/* Tables that sort and filter; a few hundred rows are drawn at a time, however many there are. */

const PAGE = 200;
const SETUPS = {
  transfers: { short: ["supplier", "recipient", "weapon", "category", "quantity", "amount", "status", "date", "n_claims", "n_documents", "n_origins", "contradicted"], choices: ["status", "contradicted"] },
  relations: { short: ["type", "subject", "object", "counterpart", "date", "quantity", "trigger", "polarity", "modality", "tense", "source", "evidence", "doc_id"], choices: ["type", "modality", "polarity", "source"] },
  claims: { short: ["text", "source", "attribution", "polarity", "modality", "tense", "factuality_source", "factuality_author", "cue", "doc_id"], choices: ["attribution", "modality", "polarity", "source_type"] },
  entities: { short: ["name", "label", "iso3", "category", "origin", "aliases", "n_mentions", "n_documents"], choices: ["label"], start: ["n_mentions", -1] },
  documents: { short: ["title", "outlet", "published", "language", "n_words", "n_sentences", "n_mentions", "n_claims", "n_relations", "warnings"], choices: ["outlet"] },
};
const SHORT = /_id$|^(date|published|status|type|label|modality|tense|polarity|attribution|weapon|supplier|recipient)$/;
const LONG = new Set(["text", "evidence", "title"]);
const views = {};

class TableView {
  constructor(name) {
    Object.assign(this, { table: TABLES[name], setup: SETUPS[name], all: false, words: [], picked: {}, sort: SETUPS[name].start || null, limit: PAGE, chosen: -1 });
    this.used = memo(() => this.setup.short.filter((column) => (column !== "doc_id" || TABLES.documents.rows.length > 1) && this.table.rows.some((row) => shown(row[this.table.at[column]]) !== "")));
    this.folded = memo(() => this.table.rows.map((row) => fold(row.map(shown).join(" \u0001 "))));
    this.status = el("p", { class: "status", role: "status" });
    this.search = el("input", { type: "search", placeholder: "grece rafale", title: "Accents et majuscules sont sans effet ; tous les mots doivent s’y trouver. Touche /", oninput: () => { this.words = fold(this.search.value).split(/\s+/).filter(Boolean); this.limit = PAGE; this.draw(); } });
    this.body = el("div", {});
    this.selects = {};
    byId(`table-${name}`).replaceChildren(
      el("div", { class: "controls" }, el("label", {}, "Filtrer", this.search), this.setup.choices.map((column) => this.choice(column)),
        el("label", { class: "check" }, el("input", { type: "checkbox", onchange: (event) => { this.all = event.target.checked; this.draw(); } }), "Toutes les colonnes"), this.status),
      this.body);
    this.draw();
  }

  choice(column) {
    const values = choicesOf(this.table.name, column);
    const name = (value) => value || (column === "source" ? "le journal" : column === "contradicted" ? "non" : "(vide)");
    const select = el("select", { onchange: () => { this.picked[column] = select.value; this.limit = PAGE; this.draw(); } },
      el("option", { value: "*" }, "tout"), values.map((value) => el("option", { value }, name(value))));
    this.selects[column] = select;
    return values.length > 1 ? el("label", { title: WORDS[column] }, column, select) : null;
  }

  matching() {
    const { rows, at } = this.table;
    const picked = Object.entries(this.picked).filter(([, value]) => value !== "*");
    const found = [];
    for (let i = 0; i < rows.length; i++) {
      if (this.words.length && !this.words.every((word) => this.folded()[i].includes(word))) continue;
      if (picked.every(([column, value]) => shown(rows[i][at[column]]) === value)) found.push(i);
    }
    if (!this.sort) return found;
    const [column, way] = this.sort;
    const key = at[column];
    const compare = (a, b) => typeof rows[a][key] === "number" ? rows[a][key] - rows[b][key] : collator.compare(shown(rows[a][key]), shown(rows[b][key]));
    // Empty cells come last, whichever way.
    const empty = (row) => shown(rows[row][key]) === "" ? 1 : 0;
    return found.sort((a, b) => empty(a) - empty(b) || way * compare(a, b) || a - b);
  }

  draw() {
    const found = this.matching();
    const columns = this.all ? this.table.columns : this.used();
    const rows = found.slice(0, this.limit);
    this.status.textContent = found.length === this.table.rows.length ? plural(found.length, "ligne", "lignes") : `${number.format(found.length)} sur ${plural(this.table.rows.length, "ligne", "lignes")}`;
    if (!rows.length) return this.body.replaceChildren(el("p", { class: "empty" }, this.table.rows.length ? "Aucune ligne ne répond à ce filtre." : "Rien à montrer."));
    const next = found.length - rows.length;
    this.body.replaceChildren(
      el("div", { class: "scroller" }, el("table", {},
        el("thead", {}, el("tr", {}, el("td", {}), columns.map((column) => this.heading(column)))),
        el("tbody", {}, rows.map((row) => this.line(row, columns))))),
      next > 0 ? el("p", { class: "more" }, el("button", { class: "button", type: "button", onclick: () => { this.limit += 5 * PAGE; this.draw(); } }, `Afficher la suite (${number.format(next)})`)) : "");
  }

  heading(column) {
    const way = this.sort && this.sort[0] === column ? this.sort[1] : 0;
    return el("th", { scope: "col", "aria-sort": way ? (way > 0 ? "ascending" : "descending") : null },
      el("button", { type: "button", title: WORDS[column], onclick: () => { this.sort = way === 1 ? [column, -1] : way === -1 ? null : [column, 1]; this.draw(); this.refocus(column); } }, column));
  }

  refocus(column) {
    const buttons = [...this.body.querySelectorAll("th button")];
    buttons.find((button) => button.textContent === column)?.focus();
  }

  line(index, columns) {
    const node = el("tr", { class: index === this.chosen ? "chosen" : null }, el("td", { "data-column": "" }, this.way(index)), columns.map((column) => this.cell(index, column)));
    node.rowIndexInTable = index;
    return node;
  }

  way(index) {
    const row = record(this.table.name, index);
    if (this.table.name === "documents") return el("a", { href: address("article", row.doc_id) }, "lire");
    if ("sentence" in row) return el("a", { href: address("article", row.doc_id, row.sentence), "aria-label": "Voir la phrase" }, "phrase");
    const open = this.table.name === "transfers" ? () => transferDetails(index) : () => openDrawer(row.name, ...entityDetails(row.entity_id), ...entityRelations(row.entity_id));
    return el("button", { class: "link", type: "button", onclick: open }, this.table.name === "transfers" ? "phrases" : "détail");
  }

  cell(index, column) {
    const value = cell(this.table.name, index, column);
    const kind = typeof value === "number" ? "number" : LONG.has(column) ? "long" : SHORT.test(column) ? "id" : null;
    const tag = column === "status" && this.table.name === "transfers" ? el("span", { class: `tag ${STATUS_TONES[value] || ""}` }, value) : null;
    return el("td", { class: kind, "data-column": column, dir: kind === "long" ? "auto" : null }, tag || (typeof value === "number" ? number.format(value) : shown(value)));
  }

  show(id) {
    const found = ROW_IDS[this.table.name]().get(id);
    if (!found) return;
    this.search.value = "";
    Object.assign(this, { words: [], picked: {}, chosen: found[0] });
    Object.values(this.selects).forEach((select) => { select.value = "*"; });
    this.limit = Math.max(PAGE, this.matching().indexOf(found[0]) + 20);
    this.draw();
    const node = [...this.body.querySelectorAll("tbody tr")].find((row) => row.rowIndexInTable === found[0]);
    node?.scrollIntoView({ block: "center" });
    node?.querySelector("a, button")?.focus({ preventScroll: true });
  }
}

function showTable(name, id) {
  views[name] ??= new TableView(name);
  if (id !== undefined) views[name].show(id);
}

function transferDetails(index) {
  const row = record("transfers", index);
  const relations = row.relation_ids.flatMap((id) => ROW_IDS.relations().get(id) || []);
  openDrawer(`${row.supplier || "?"} → ${row.recipient || "?"} : ${row.weapon}`,
    row.contradicted ? el("p", { class: "notice" }, "Les sources se contredisent.") : "",
    pairs([["status", row.status], ["quantity", row.quantity], ["amount", row.amount], ["date", row.date], ["n_origins", row.n_origins]]),
    ...relations.map((relation) => relationCard(relation, { withSentence: true })));
}

function entityRelations(id) {
  const at = TABLES.relations.at;
  const mine = TABLES.relations.rows.flatMap((row, i) => ([row[at.subject_id], row[at.object_id], row[at.counterpart_id]].includes(id) ? [i] : []));
  return [el("h4", {}, plural(mine.length, "relation", "relations")), ...mine.slice(0, 50).map((row) => relationCard(row, { withSentence: true }))];
}
