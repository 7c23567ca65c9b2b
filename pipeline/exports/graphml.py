"""`relations.graphml`: opens in Gephi, yEd, Cytoscape and networkx."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pipeline.exports.files import write_text
from pipeline.exports.graph import graph_of, link_attributes, node_attributes
from pipeline.exports.run import RunData
from pipeline.exports.xml_text import xml_text

_NODE_KEYS = ("label", "type", "iso3", "category", "n_mentions", "n_documents")
_EDGE_KEYS = ("label", "weight", "type", "symmetric", "n_asserted", "n_documents", "first_date", "last_date")
_NUMBERS = {"n_mentions": "int", "n_documents": "int", "n_asserted": "int", "weight": "double"}


def write(run: RunData, folder: Path, *, excel_fr: bool = False) -> list[Path]:
    """Write the graph; characters that XML cannot hold become U+FFFD, `excel_fr` changes nothing.

    Raises:
        OutputError: if the file cannot be written.
    """
    graph = graph_of(run)
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for kind, names in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name in names:
            key = {"id": f"{kind}_{name}", "for": kind, "attr.name": name, "attr.type": _NUMBERS.get(name, "string")}
            SubElement(root, "key", key)
    body = SubElement(root, "graph", id="relations", edgedefault="directed")
    for entity in graph.nodes:
        _with_data(SubElement(body, "node", id=xml_text(entity.entity_id)), "node", node_attributes(entity))
    for number, link in enumerate(graph.links):
        ends = {"id": f"e{number}", "source": xml_text(link.source), "target": xml_text(link.target)}
        attributes = {"label": str(link.type), "weight": link.weight, **link_attributes(link)}
        _with_data(SubElement(body, "edge", ends), "edge", attributes)
    indent(root, " ")
    return [write_text(folder / "relations.graphml", _document(root))]


def _with_data(element: Element, kind: str, attributes: dict[str, str | int]) -> None:
    for name, value in attributes.items():
        SubElement(element, "data", key=f"{kind}_{name}").text = str(value)


def _document(root: Element) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
