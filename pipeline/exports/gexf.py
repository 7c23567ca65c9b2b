"""`relations.gexf`: opens in Gephi with labels, kinds, weights and a timeline."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pipeline.exports.files import write_text
from pipeline.exports.graph import Graph, Link, graph_of, link_attributes, node_attributes
from pipeline.exports.run import RunData
from pipeline.exports.xml_text import xml_text

_NODE_KEYS = ("type", "iso3", "category", "n_mentions", "n_documents")
_EDGE_KEYS = ("type", "symmetric", "n_asserted", "n_documents", "first_date", "last_date")


def write(run: RunData, folder: Path, *, excel_fr: bool = False) -> list[Path]:
    """Write the graph; characters that XML cannot hold become U+FFFD, `excel_fr` changes nothing.

    Raises:
        OutputError: if the file cannot be written.
    """
    graph = graph_of(run)
    root = Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    dated = any(link.dates for link in graph.links)
    mode = {"mode": "dynamic", "timeformat": "date"} if dated else {"mode": "static"}
    body = SubElement(root, "graph", {"defaultedgetype": "directed", **mode})
    _declare(body, "node", _NODE_KEYS)
    _declare(body, "edge", _EDGE_KEYS)
    _add_nodes(body, graph)
    links = SubElement(body, "edges", count=str(len(graph.links)))
    for number, link in enumerate(graph.links):
        _add_link(links, number, link)
    indent(root, " ")
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
    return [write_text(folder / "relations.gexf", text)]


def _declare(body: Element, kind: str, names: tuple[str, ...]) -> None:
    attributes = SubElement(body, "attributes", {"class": kind, "mode": "static"})
    for name in names:
        type_ = "integer" if name.startswith("n_") else "string"
        SubElement(attributes, "attribute", id=f"{kind}_{name}", title=name, type=type_)


def _add_nodes(body: Element, graph: Graph) -> None:
    nodes = SubElement(body, "nodes", count=str(len(graph.nodes)))
    for entity in graph.nodes:
        values = node_attributes(entity)
        node = SubElement(nodes, "node", id=xml_text(entity.entity_id), label=str(values["label"]))
        _with_values(node, "node", values, _NODE_KEYS)


def _add_link(links: Element, number: int, link: Link) -> None:
    # Gephi keeps parallel links apart by their `kind`.
    ends = {"id": str(number), "source": xml_text(link.source), "target": xml_text(link.target)}
    named = {"kind": str(link.type), "label": str(link.type), "weight": f"{link.weight}.0"}
    times = {"start": min(link.dates), "end": max(link.dates)} if link.dates else {}
    _with_values(SubElement(links, "edge", {**ends, **named, **times}), "edge", link_attributes(link), _EDGE_KEYS)


def _with_values(element: Element, kind: str, values: dict[str, str | int], names: tuple[str, ...]) -> None:
    holder = SubElement(element, "attvalues")
    for name in names:
        SubElement(holder, "attvalue", {"for": f"{kind}_{name}", "value": str(values[name])})
