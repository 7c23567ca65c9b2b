/* Data, small helpers, and the words of the interface. Text is only ever set as text: no markup is made from data. */

const DATA = JSON.parse(document.getElementById("data").textContent);

const TABLES = {};
for (const [name, table] of Object.entries(DATA.tables)) {
  TABLES[name] = { name, columns: table.columns, rows: table.rows, at: Object.fromEntries(table.columns.map((c, i) => [c, i])) };
}

const cell = (table, row, column) => TABLES[table].rows[row][TABLES[table].at[column]];

/* One line of JSON an article: parsed when it is read, not before. */
const articleLines = document.getElementById("articles").textContent.split("\n");
const documentNumber = new Map(TABLES.documents.rows.map((row, i) => [row[0], i]));
const readArticle = (number) => JSON.parse(articleLines[number]);

const memo = (make) => { let made; return () => (made === undefined ? (made = make()) : made); };
const indexBy = (table, column) => memo(() => {
  const index = new Map();
  TABLES[table].rows.forEach((row, i) => {
    const key = row[TABLES[table].at[column]];
    if (index.has(key)) index.get(key).push(i); else index.set(key, [i]);
  });
  return index;
});
const ENTITIES = indexBy("entities", "entity_id");
const ROW_IDS = { claims: indexBy("claims", "claim_id"), relations: indexBy("relations", "relation_id"), transfers: indexBy("transfers", "transfer_id"), entities: ENTITIES, documents: indexBy("documents", "doc_id") };
const BY_DOCUMENT = { claims: indexBy("claims", "doc_id"), relations: indexBy("relations", "doc_id") };

const entity = (id) => {
  const found = ENTITIES().get(id);
  return found ? Object.fromEntries(TABLES.entities.columns.map((c, i) => [c, TABLES.entities.rows[found[0]][i]])) : null;
};
const entityName = (id) => entity(id)?.name || id;

/* The values of a column for a list to choose from: the commonest ones if there are too many. */
function choicesOf(table, column) {
  const counts = new Map();
  for (const row of TABLES[table].rows) { const value = shown(row[TABLES[table].at[column]]); counts.set(value, (counts.get(value) || 0) + 1); }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 200).map(([value]) => value).sort(collator.compare);
}
const shown = (value) => Array.isArray(value) ? value.join("; ") : value === true ? "oui" : value === false ? "" : String(value);
const collator = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });

/* Accents, case, ligatures and kinds of apostrophe or hyphen make no difference to a search. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’ʼ‘]/g, "'").replace(/[‐‑‒–—]/g, "-");

const SVG = "http://www.w3.org/2000/svg";
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}
const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
const byId = (id) => document.getElementById(id);

const number = new Intl.NumberFormat("fr");
const plural = (count, one, many) => `${number.format(count)} ${count > 1 ? many : one}`;

/* Addresses inside the page: #table/row-id, #article/doc-id/sentence. */
const address = (...parts) => "#" + parts.map((part) => encodeURIComponent(String(part).toWellFormed?.() ?? part)).join("/");
const sentenceLink = (docId, sentence, text) => el("a", { href: address("article", docId, sentence) }, text);
const rowLink = (table, id, text) => el("a", { href: address(table, id) }, text);

const LABELS = { COUNTRY: "Pays", WEAPON: "Armes nommées", WEAPON_CLASS: "Classes d’armes", ORGANISATION: "Organisations", PERSON: "Personnes", PLACE: "Lieux", DATE: "Dates", QUANTITY: "Quantités", MONEY: "Sommes" };
const COVERAGE = { relation: "relation", claim: "affirmation", mention: "mention seule", nothing: "rien", noise: "hors texte", error: "erreur" };
const WORDS = {
  label: "nature", kind: "forme de la mention", source: "qui le dit", source_type: "nature de la source", attribution: "auteur, rapporté ou cité", cue: "mot introducteur", polarity: "affirmé ou nié", modality: "degré d’assurance", tense: "temps",
  factuality_source: "engagement de la source (FactBank)", factuality_author: "engagement du journal (FactBank)", cues: "indices relevés", rule: "règle appliquée", subject: "sujet", object: "objet", counterpart: "tiers", trigger: "déclencheur",
  supplier: "fournisseur", recipient: "destinataire", weapon: "arme", category: "catégorie", quantity: "quantité, telle que dite", amount: "montant, tel que dit", status: "avancement", date: "date", n_claims: "affirmations", n_documents: "documents", n_origins: "éditeurs distincts, reprises déduites",
  contradicted: "sources en désaccord", relation_ids: "relations d’où vient la ligne", sentence: "numéro de phrase, à partir de 0", text: "texte", evidence: "phrase ou passage", type: "type de relation", entity_ids: "entités citées", aliases: "formes vues", origin: "pays d’origine", place: "lieu",
};
const GROUPS = {
  COOPERATES_WITH: "g-coop", AGREES_WITH: "g-coop", MEETS_WITH: "g-coop", SUPPORTS: "g-coop", OPPOSES: "g-conflict", THREATENS: "g-conflict", SANCTIONS: "g-conflict", ATTACKS: "g-conflict", DESTROYS: "g-conflict",
  SUPPLIES: "g-arms", ACQUIRES: "g-arms", PRODUCES: "g-capacity", OPERATES: "g-capacity", TESTS: "g-capacity", DEPLOYS_TO: "g-capacity",
};
const GROUP_NAMES = { "g-arms": "transferts", "g-coop": "coopération", "g-conflict": "conflit", "g-capacity": "capacités", "g-link": "appartenance, lieu" };
const groupOf = (type) => GROUPS[type] || "g-link";
const STATUS_TONES = { delivered: "yes", operational: "yes", ordered: "yes", authorised: "yes", decided: "maybe", negotiating: "maybe", sought: "maybe", rumoured: "maybe", refused: "no", suspended: "no", cancelled: "no" };
const sourceName = (source) => source || "le journal";

function factualityClass(value) {
  if (value === "CT+") return "f-ct-plus";
  if (value.endsWith("-")) return "f-minus";
  if (value.startsWith("PR")) return "f-pr";
  return value.startsWith("PS") ? "f-ps" : "f-open";
}
