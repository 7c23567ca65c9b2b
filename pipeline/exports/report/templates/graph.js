/* The network: places were worked out when the report was made; filters and clicks only draw. */

const graphState = { picked: { type: "*", modality: "*", source: "*" }, view: { x: 0, y: 0, w: 1000, h: 640 } };
const MAX_EDGES = 160;
const RADIUS = (degree) => 7 + 11 * Math.sqrt(degree / Math.max(8, DATA.graph.nodes[0][3]));

function buildGraph() {
  const host = byId("graph");
  if (!DATA.graph.nodes.length) return host.replaceChildren(el("p", { class: "empty" }, "Aucune relation à dessiner."));
  const filter = (column, title) => {
    const values = choicesOf("relations", column);
    return el("label", {}, title, el("select", { id: `graphe-${column}`, onchange: (event) => { graphState.picked[column] = event.target.value; drawGraph(); } },
      el("option", { value: "*" }, "tout"), values.map((value) => el("option", { value }, column === "source" ? sourceName(value) : value))));
  };
  const zoom = (factor) => () => { const v = graphState.view; Object.assign(v, { x: v.x + v.w * (1 - factor) / 2, y: v.y + v.h * (1 - factor) / 2, w: v.w * factor, h: v.h * factor }); setView(); };
  const picture = svg("svg", { id: "reseau", viewBox: "0 0 1000 640", role: "group", "aria-label": "Réseau des relations" });
  dragging(picture);
  host.replaceChildren(
    el("div", { class: "controls" }, filter("type", "Type"), filter("modality", "Modalité"), filter("source", "Source"), el("p", { class: "status", role: "status", id: "graphe-etat" })),
    el("div", { class: "canvas" }, el("div", { class: "pan" }, picture), el("div", { class: "zoom" },
      el("button", { class: "button", type: "button", "aria-label": "Agrandir", onclick: zoom(0.75) }, "+"),
      el("button", { class: "button", type: "button", "aria-label": "Réduire", onclick: zoom(1.333) }, "−"),
      el("button", { class: "button", type: "button", onclick: () => { Object.assign(graphState.view, { x: 0, y: 0, w: 1000, h: 640 }); setView(); } }, "Tout"))),
    el("ul", { class: "keys", "aria-label": "Couleurs des liens" }, Object.entries(GROUP_NAMES).map(([name, word]) => el("li", {}, el("span", { class: `tag ${name}` }, word))),
      el("li", {}, "— avancé · - - incertain · ··· nié"), el("li", {}, "Cliquer un lien ou une entité montre ses phrases")));
  drawGraph();
}

const setView = () => { const v = graphState.view; byId("reseau").setAttribute("viewBox", `${v.x} ${v.y} ${v.w} ${v.h}`); };

function dragging(picture) {
  let from = null;
  picture.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") return; // a finger scrolls
    from = { x: event.clientX, y: event.clientY, view: { ...graphState.view } };
  });
  window.addEventListener("pointerup", () => { from = null; });
  picture.addEventListener("pointermove", (event) => {
    if (!from) return;
    const scale = from.view.w / picture.clientWidth;
    Object.assign(graphState.view, { x: from.view.x - (event.clientX - from.x) * scale, y: from.view.y - (event.clientY - from.y) * scale });
    setView();
  });
}

/* One link for each pair and type; a third party hangs on the object by a link of the same type. */
function graphEdges(places) {
  const at = TABLES.relations.at;
  const edges = new Map();
  const add = (from, to, type, i) => {
    if (!from || !to || from === to || !places.has(from) || !places.has(to)) return;
    const key = `${from}\u0000${to}\u0000${type}`;
    if (!edges.has(key)) edges.set(key, { from, to, type, rows: [] });
    edges.get(key).rows.push(i);
  };
  TABLES.relations.rows.forEach((row, i) => {
    if (!Object.entries(graphState.picked).every(([column, value]) => value === "*" || row[at[column]] === value)) return;
    const [subject, object, third, type] = [row[at.subject_id], row[at.object_id], row[at.counterpart_id], row[at.type]];
    add(subject, object, type, i);
    if (type === "ACQUIRES" || type === "DESTROYS") add(third, object, type, i); else add(object, third, type, i);
  });
  const all = [...edges.values()];
  return { total: all.length, edges: all.sort((a, b) => b.rows.length - a.rows.length).slice(0, MAX_EDGES) };
}

const SYMMETRIC = new Set(["COOPERATES_WITH", "AGREES_WITH", "MEETS_WITH"]);

function drawGraph() {
  const places = new Map(DATA.graph.nodes.map(([id, x, y, degree]) => [id, { x, y, r: RADIUS(degree) }]));
  const { edges, total } = graphEdges(places);
  const touched = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const siblings = new Map();
  const drawn = edges.map((edge) => {
    const pair = [edge.from, edge.to].sort().join("\u0000");
    const nth = siblings.get(pair) || 0;
    siblings.set(pair, nth + 1);
    return edgeNode(edge, places.get(edge.from), places.get(edge.to), nth);
  });
  byId("reseau").replaceChildren(...drawn, ...[...places].filter(([id]) => touched.has(id)).map(([id, place]) => entityNode(id, place)));
  const cut = DATA.graph.total > DATA.graph.nodes.length || total > edges.length;
  byId("graphe-etat").textContent = `${plural(touched.size, "entité", "entités")}, ${plural(edges.length, "lien", "liens")}` + (cut ? ` : les plus fréquents, parmi ${plural(DATA.graph.total, "entité", "entités")}` : "");
}

function edgeNode(edge, a, b, nth) {
  const at = TABLES.relations.at;
  const modes = edge.rows.map((i) => TABLES.relations.rows[i]);
  const sure = modes.some((row) => row[at.modality] === "asserted" && row[at.polarity] === "positive");
  const denied = modes.every((row) => row[at.polarity] === "negative");
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const bend = 14 + 20 * nth;
  const [cx, cy] = [(a.x + b.x) / 2 - uy * bend, (a.y + b.y) / 2 + ux * bend];
  const tail = Math.hypot(b.x - cx, b.y - cy) || 1;
  const [vx, vy] = [(b.x - cx) / tail, (b.y - cy) / tail];
  const [ex, ey] = [b.x - vx * (b.r + 2), b.y - vy * (b.r + 2)];
  const curve = `M${a.x} ${a.y}Q${cx} ${cy} ${ex} ${ey}`;
  const width = Math.min(5, 1.2 + Math.log2(edge.rows.length));
  const name = `${entityName(edge.from)} ${edge.type} ${entityName(edge.to)}, ${plural(edge.rows.length, "phrase", "phrases")}`;
  const head = 5 + width;
  const arrow = `M${ex + vx * 2} ${ey + vy * 2}L${ex - vx * head - vy * head / 2} ${ey - vy * head + vx * head / 2}L${ex - vx * head + vy * head / 2} ${ey - vy * head - vx * head / 2}Z`;
  const node = svg("g", { class: `edge ${groupOf(edge.type)}${denied ? " denied" : sure ? "" : " unsure"}`, tabindex: "0", role: "button", "aria-label": name },
    svg("path", { d: curve, "stroke-width": width }), SYMMETRIC.has(edge.type) ? null : svg("path", { class: "arrow", d: arrow }), svg("path", { class: "hit", d: curve }));
  activate(node, name, () => { choose(node); openDrawer(`${entityName(edge.from)} ${SYMMETRIC.has(edge.type) ? "–" : "→"} ${entityName(edge.to)}`, el("p", {}, el("span", { class: `tag ${groupOf(edge.type)}` }, edge.type)), ...edge.rows.slice(0, 100).map((row) => relationCard(row, { withSentence: true }))); });
  return node;
}

function entityNode(id, { x, y, r }) {
  const label = entity(id)?.label || id.split(":")[0];
  const name = entityName(id);
  const shape = label.startsWith("WEAPON") ? svg("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r, rx: 2 }) : svg("circle", { cx: x, cy: y, r });
  const node = svg("g", { class: `node ${label}`, tabindex: "0", role: "button", "aria-label": `${name}, ${LABELS[label] || label}` }, shape,
    svg("text", { x, y: y + r + 15 }, name.length > 26 ? name.slice(0, 25) + "…" : name));
  activate(node, `${name} — ${label}`, () => { choose(node); openDrawer(name, ...entityDetails(id), ...entityRelations(id)); });
  return node;
}

function choose(node) {
  document.querySelectorAll("#reseau .chosen").forEach((other) => other.classList.remove("chosen"));
  node.classList.add("chosen");
}

function activate(node, hint, action) {
  node.addEventListener("click", action);
  node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); action(); } });
  node.addEventListener("mouseenter", () => showTip(node, hint));
  node.addEventListener("mouseleave", hideTip);
}
