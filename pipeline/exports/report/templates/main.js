/* Parts of the dossier, addresses, keys. A part is built when it is first looked at. */

const PARTS = [
  ["overview", "Vue d’ensemble", null, buildOverview], ["article", "Lecture", null, buildArticle], ["graph", "Réseau", null, buildGraph],
  ["transfers", "Transferts", "transfers", buildTimeline], ["relations", "Relations", "relations"], ["claims", "Affirmations", "claims"], ["entities", "Entités", "entities"], ["documents", "Documents", "documents"],
];
const built = new Set();

function build(name) {
  if (built.has(name)) return;
  built.add(name);
  PARTS.find(([part]) => part === name)[3]?.();
  if (SETUPS[name]) showTable(name);
  if (name === "article") showArticle();
}

function route() {
  const parts = location.hash.slice(1).split("/").map((part) => { try { return decodeURIComponent(part); } catch { return part; } });
  const name = PARTS.some(([part]) => part === parts[0]) ? parts[0] : "overview";
  for (const [part] of PARTS) {
    byId(`vue-${part}`).hidden = part !== name;
    const link = byId(`nav-${part}`);
    if (part === name) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  hideTip();
  build(name);
  if (name !== "article") closeDrawer();
  if (parts[1] === undefined) { window.scrollTo(0, 0); if (name === "article") showArticle(); return; }
  if (name === "article") showArticle(parts[1], parts[2]);
  else if (SETUPS[name]) showTable(name, parts[1]);
}

function start() {
  const documents = TABLES.documents;
  const one = documents.rows.length === 1 ? record("documents", 0) : null;
  byId("titre").textContent = one ? one.title || one.doc_id : DATA.name;
  const outlets = new Set(documents.rows.map((row) => row[documents.at.outlet]).filter(Boolean));
  const dates = documents.rows.map((row) => row[documents.at.published]).filter(Boolean).sort();
  byId("sous-titre").textContent = [one ? one.outlet : plural(documents.rows.length, "document", "documents"), !one && outlets.size ? plural(outlets.size, "éditeur", "éditeurs") : "", dates.length ? [...new Set([dates[0], dates.at(-1)])].map(frenchDate).join(" – ") : "", one && one.language].filter(Boolean).join(" · ");
  byId("colophon").textContent = ["Dossier defpress, lisible hors ligne.", ...Object.entries(DATA.info).map(([name, value]) => `${name} : ${value}`)].join(" · ");
  byId("nav").append(...PARTS.map(([part, title, table]) => el("li", {}, el("a", { href: address(part), id: `nav-${part}` }, title, table ? [" ", el("span", { class: "count" }, number.format(TABLES[table].rows.length))] : ""))));
  byId("passer").addEventListener("click", (event) => { event.preventDefault(); byId("contenu").focus(); });
  window.addEventListener("hashchange", route);
  window.addEventListener("scroll", hideTip, { passive: true });
  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { hideTip(); closeDrawer(); }
    if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) {
      const search = document.querySelector("main > section:not([hidden]) input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });
  window.addEventListener("beforeprint", () => PARTS.forEach(([part]) => build(part)));
  route();
  document.documentElement.dataset.ready = "yes";
}

start();
