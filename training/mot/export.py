"""Writes interaction layers and router as one GGUF file that names the expert files it was trained on, and reads it."""
import os

import torch

import gguf_reader
from gguf_reader import Refusal
from gguf_writer import ALIGNMENT, STRING, U32, array, entry, write_file
from mot.layers import Layers, Mixture
from mot.router import FEATURES, HIDDEN, Router
from mot.sources import ZOO

VERSION = 2
SETTINGS = {"latent": "latent", "heads": "heads", "interactions": "interactions", "draft": "draft",
            "recency": "recency", "top_k": "top_k"}


def metadata(m: Mixture, source):
    depths = {side: [d for e in m.experts for d in table.get(e, (0,) * m.interactions)]
              for side, table in (("read", m.read), ("write", m.write))}
    return [
        entry("general.architecture", STRING, "mixture-of-thoughts"), entry("general.name", STRING, "mixture"),
        entry("general.description", STRING, "Interaction layers between frozen experts: " + ", ".join(m.pairs)),
        entry("general.license", STRING, "MIT"), entry("general.alignment", U32, ALIGNMENT),
        entry("mot.version", U32, VERSION), *(entry("mot." + k, U32, getattr(m, a)) for k, a in SETTINGS.items()),
        entry("mot.features", U32, FEATURES), entry("mot.hidden", U32, HIDDEN),
        array("mot.experts", STRING, m.experts), array("mot.sha256", STRING, [source.sha256(e) for e in m.experts]),
        array("mot.widths", U32, [m.widths[e] for e in m.experts]),
        array("mot.blocks", U32, [m.blocks[e] for e in m.experts]),
        array("mot.read", U32, depths["read"]), array("mot.write", U32, depths["write"]),
        array("mot.pairs", STRING, m.pairs)]


def write(path: str, layers: Layers, router: Router, source=ZOO):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    tensors = [(n, t.detach().cpu().numpy(), "F32") for n, t in [*layers.named(), *router.named()]]
    write_file(path, metadata(layers.mixture, source), tensors)


def read(path: str, source=ZOO):
    """(layers, router) of a file; refuses experts that are not those it was trained on."""
    file = gguf_reader.read(path)
    if "mot.version" not in file.fields or file["mot.version"] != VERSION:
        raise Refusal(f"'{path}' holds no interaction layers of version {VERSION}")
    experts = tuple(file["mot.experts"][1])
    for name, digest in zip(experts, file["mot.sha256"][1]):
        if source.sha256(name) != digest:
            raise Refusal(f"'{path}' was trained with another file of {name} than '{source.path(name)}'")
    q = file["mot.interactions"]
    depths = {side: {e: tuple(file["mot." + side][1][i * q:(i + 1) * q]) for i, e in enumerate(experts)}
              for side in ("read", "write")}
    layers = Layers(Mixture(experts, dict(zip(experts, file["mot.widths"][1])),
                            dict(zip(experts, file["mot.blocks"][1])), tuple(file["mot.pairs"][1]),
                            read=depths["read"], write=depths["write"],
                            **{a: file["mot." + k] for k, a in SETTINGS.items() if k != "interactions"}))
    router = Router(experts)
    named = {**dict(layers.named()), **dict(router.named())}
    assert set(named) == set(file.tensors), sorted(set(named) ^ set(file.tensors))
    with torch.no_grad():
        for name, tensor in named.items():
            tensor.copy_(torch.from_numpy(file.tensors[name]))
    return layers.to(source.device), router.to(source.device)
