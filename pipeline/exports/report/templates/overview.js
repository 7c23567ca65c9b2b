/* The first screen: how much, who, what is new, what was left unread. */

function buildOverview() {
  const count = (name) => TABLES[name].rows.length;
  const mentions = Object.values(DATA.overview.mentions).reduce((sum, n) => sum + n, 0);
  const figure = (value, one, many, target) => el("a", { href: address(target) }, el("b", {}, number.format(value)), el("span", {}, value > 1 ? many : one));
  byId("overview").replaceChildren(
    el("div", { class: "figures" },
      figure(count("documents"), "document", "documents", "documents"), figure(mentions, "mention", "mentions", "article"), figure(count("entities"), "entité", "entités", "entities"),
      figure(count("claims"), "affirmation", "affirmations", "claims"), figure(count("relations"), "relation", "relations", "relations"), figure(count("transfers"), "transfert", "transferts", "transfers")),
    el("div", { class: "panels" }, coveragePanel(), entityPanel(["COUNTRY"], "Pays les plus cités"), entityPanel(["WEAPON", "WEAPON_CLASS"], "Armes les plus citées"), entityPanel(["ORGANISATION", "PERSON"], "Organisations et personnes"),
      tallyPanel("relations", "type", "Relations par type"), tallyPanel("claims", "modality", "Affirmations par modalité"), newPanel(), checkPanel()));
}

const panel = (title, note, ...children) => el("section", { class: "panel" }, el("h3", {}, title), note ? el("p", {}, note) : null, ...children);

function bars(entries) {
  const most = Math.max(1, ...entries.map((entry) => entry.value));
  return el("ul", { class: "bars" }, entries.map(({ name, value, href, tone }) => el("li", {},
    el("span", { class: "name", title: name }, href ? el("a", { href }, name) : name),
    svg("svg", { viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true", class: tone }, svg("rect", { width: Math.max(1, 100 * value / most), height: 6, rx: 1, fill: tone ? "var(--line)" : "var(--accent)" })),
    el("span", { class: "value" }, number.format(value)))));
}

function coveragePanel() {
  const counts = DATA.overview.coverage;
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  if (!total) return panel("Couverture", "Aucun caractère lu.");
  let at = 0;
  const parts = Object.keys(COVERAGE).filter((status) => counts[status]).map((status) => {
    const width = 100 * counts[status] / total;
    at += width;
    return svg("rect", { x: at - width, width, height: 10, class: `k-${status}` });
  });
  const percent = (n) => 1000 * n < total ? "moins de 0,1" : number.format(Math.round(1000 * n / total) / 10);
  const share = (status) => `${COVERAGE[status]} ${percent(counts[status])} %`;
  return panel("Couverture", "Le plus que l’on ait tiré de chaque phrase, en part des caractères.",
    svg("svg", { class: "stack", viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": Object.keys(COVERAGE).filter((s) => counts[s]).map(share).join(", ") }, ...parts),
    el("ul", { class: "keys" }, Object.keys(COVERAGE).filter((s) => counts[s]).map((status) => el("li", {}, el("span", { class: `swatch k-${status}` }), share(status)))));
}

function entityPanel(labels, title) {
  const at = TABLES.entities.at;
  const rows = TABLES.entities.rows.filter((row) => labels.includes(row[at.label])).sort((a, b) => b[at.n_mentions] - a[at.n_mentions] || collator.compare(a[at.name], b[at.name])).slice(0, 8);
  return rows.length ? panel(title, "", bars(rows.map((row) => ({ name: row[at.name], value: row[at.n_mentions], href: address("entities", row[at.entity_id]), tone: row[at.label] })))) : null;
}

function tallyPanel(table, column, title) {
  const counts = new Map();
  for (const row of TABLES[table].rows) counts.set(row[TABLES[table].at[column]], (counts.get(row[TABLES[table].at[column]]) || 0) + 1);
  const entries = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 10);
  return entries.length ? panel(title, "", bars(entries.map(([name, value]) => ({ name, value, tone: column === "type" ? groupOf(name) : null })))) : null;
}

function newPanel() {
  const { new: found, n_new } = DATA.overview;
  if (!n_new) return panel("Nouveau", "Aucune désignation hors du lexique.");
  return panel("Nouveau", `${plural(n_new, "désignation reconnue", "désignations reconnues")} à sa forme, absente du lexique : à vérifier.`,
    el("ul", { class: "plain" }, found.map((item) => el("li", {}, sentenceLink(item.doc_id, item.sentence, item.text), ` — ${plural(item.count, "mention", "mentions")}`))));
}

function checkPanel() {
  const t = TABLES.transfers.at, d = TABLES.documents.at;
  const disputed = TABLES.transfers.rows.filter((row) => row[t.contradicted]);
  const warned = TABLES.documents.rows.filter((row) => row[d.warnings].length);
  if (!disputed.length && !warned.length) return panel("À vérifier", "Ni contradiction entre sources sur un transfert, ni avertissement de lecture.");
  return panel("À vérifier", "",
    el("ul", { class: "plain" },
      disputed.slice(0, 20).map((row) => el("li", {}, "Sources en désaccord : ", rowLink("transfers", row[t.transfer_id], `${row[t.supplier] || "?"} → ${row[t.recipient] || "?"}, ${row[t.weapon]}`))),
      warned.slice(0, 20).map((row) => el("li", {}, rowLink("documents", row[d.doc_id], row[d.title] || row[d.doc_id]), ` : ${row[d.warnings].join("; ")}`))));
}

/* Dates are ISO, perhaps cut short; the first one stated places a transfer. */
function buildTimeline() {
  const at = TABLES.transfers.at;
  const dated = TABLES.transfers.rows.map((row, i) => ({ i, row, date: /\d{4}(-\d{2}){0,2}/.exec(row[at.date])?.[0] })).filter((item) => item.date);
  if (!dated.length) return byId("timeline").replaceChildren();
  dated.sort((a, b) => a.date < b.date ? -1 : a.date > b.date ? 1 : a.i - b.i);
  const short = dated.slice(0, PAGE);
  byId("timeline").replaceChildren(el("h3", {}, "Chronologie"), el("ol", { class: "timeline" }, short.map(({ i, row, date }) => {
    const tone = STATUS_TONES[row[at.status]] || "";
    return el("li", { class: tone }, el("time", { datetime: date }, frenchDate(date)),
      el("span", {}, el("a", { href: address("transfers", row[at.transfer_id]) }, `${row[at.supplier] || "?"} → ${row[at.recipient] || "?"}`), ` ${[row[at.quantity], row[at.weapon]].filter(Boolean).join(" × ")} `, el("span", { class: `tag ${tone}` }, row[at.status]), " ",
        el("button", { class: "link", type: "button", onclick: () => transferDetails(i) }, "phrases")));
  })), dated.length > short.length ? el("p", {}, `Les ${PAGE} premières dates sur ${number.format(dated.length)} ; la suite est dans le tableau.`) : "");
}

function frenchDate(date) {
  const [year, month, day] = date.split("-").map(Number);
  const known = { year: "numeric", ...(month ? { month: "short" } : {}), ...(day ? { day: "numeric" } : {}) };
  const made = new Date(Date.UTC(year, (month || 1) - 1, day || 1));
  return Number.isNaN(made.getTime()) ? date : new Intl.DateTimeFormat("fr", { ...known, timeZone: "UTC" }).format(made);
}
