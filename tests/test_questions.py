"""The five questions that close notebooks 01 to 05 and 07: their form, and every number in them."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest

from xorlib import network
from xorlib.data import truth_table
from xorlib.outcomes import LEVELS
from xorlib.training import train

FOLDER = Path(__file__).parent.parent / "notebooks"
SUMMARY = r"<details><summary>([a-e])\) (.+)</summary>\n\n"
CHOICE = re.compile(SUMMARY + r"\*\*(Right|No)\.\*\* (.{20,})\n\n</details>\n")
NUMERAL = re.compile(r"(?<![\w.,])−?(?:\d[\d.,/]*(?<![.,])|½)|\b(?:five|six|seventh|thousand)\b")
X, Y = truth_table("xor")
QUESTIONS = [f"{n}.{k}" for n in (1, 2, 3, 4, 5, 7) for k in range(1, 6)]


@cache
def notebook(number):
    """Return what a stored notebook shows under its cells, and the texts of its questions."""
    (path,) = FOLDER.glob(f"0{number}_*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    shown = "\n".join(o.get("text") or o.data.get("text/plain", "") for o in outputs)
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown") + "\n"
    (section,) = re.findall(r"^## \d+\. Five questions\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    _, *questions = re.split(r"^\*\*\d\. (?=.+\?\*\*$)", section, flags=re.M)
    return shown, {f"{number}.{k}": question for k, question in enumerate(questions, 1)}


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 7])
def test_each_choice_is_folded_and_has_a_sentence_of_its_own(number):
    assert len(notebook(number)[1]) == 5
    for question in notebook(number)[1].values():
        _, body = question.split("?**\n\n")
        letters, texts, verdicts, sentences = zip(*CHOICE.findall(body), strict=True)
        assert CHOICE.sub("", body).replace("<br>", "").strip() == ""
        assert "".join(letters) in ("abc", "abcd", "abcde") and verdicts.count("Right") == 1
        assert len(set(texts)) == len(set(sentences)) == len(texts)


def facts():
    """Yield a question, the numerals in it, and whether what they say is so."""
    one, two, three, four, five, seven = (notebook(number)[0] for number in (1, 2, 3, 4, 5, 7))
    start = network.uniform_parameters(42)
    losses = train(start, X, Y, learning_rate=0.1, epochs=10_001).losses
    lost = train(start, X, Y, learning_rate=100, epochs=10_000)
    equal = network.Parameters(*(np.full_like(array, 0.5) for array in start.arrays))
    twins = train(equal, X, Y, learning_rate=0.1, epochs=10_000).parameters
    z = X @ [0.3, -1.7] + 0.6
    gates = np.hstack([truth_table(gate)[1] for gate in ("or", "and")]).tolist()
    ln2, eps = np.log(2), np.finfo(np.float32).eps  # Keras has 32 bits
    levels = [f"{level:.4f}" for level in LEVELS["cross_entropy"].values()]
    thirds = "accuracy 0.75   answers 0.333  1.000  0.333  0.333"
    share = {k: float(v) for k, v in re.findall(r"^(\S.*?\S)  .*?([\d.]+)%", five, re.M)}
    yield "1.1", "0 0", network.sigmoid(0) == 1 / 2  # the border, where z is 0
    yield "1.2", "0 0 2", np.array_equal(2 * z > 0, z > 0)
    yield "1.3", "0.25 0.25 0.25 1/4", np.mean([0, 0, 0, 1]) == 1 / 4 and "0.2500 at last" in one
    yield "1.3", "0.5 1/2 1/2", "answers: 0.500  0.500  0.500  0.500" in one
    yield "1.4", "00 01 10 11 2", np.allclose([z[0] + z[3], z[1] + z[2]], 0.3 - 1.7 + 2 * 0.6)
    yield "1.4", "0 0 0 0 1 1/2", 0 < network.sigmoid(-9) < 1 / 2 < network.sigmoid(9) < 1
    yield "1.5", "00 01 10 11 00 01 10 11", gates == [[0, 0], [1, 0], [1, 0], [1, 1]]
    yield "2.1", "1 1 3 −6", 3 * (1 - 3) == -6
    yield "2.2", "6 9 10 12 six", [2 + 3 + 1, 2 * 3 + 3, 9 + 1, 9 + 3, 2 * 3] == [6, 9, 10, 12, 6]
    yield "2.2", "13", sum(a.size for a in network.uniform_parameters(0, hidden=3).arrays) == 13
    yield "2.4", "thousand thousand", 900 < np.sum(np.abs(losses - 0.25) < 0.01) < 1100
    yield "2.4", "0.25 0.25 1/2", np.mean([0, 0, 0, 1]) == (1 / 2) ** 2 == 0.25
    yield "2.5", "0.0025", f"{losses[-1]:.4f}" == "0.0025" and "['0.0025', " in two
    yield "3.1", "1590 2891 thousand", "epoch 1590, all four right from epoch 2891" in three
    yield "3.3", "0.1 0.5 1 2 2 4 4 8", np.isclose(z.sum() / 2, 2 * z.mean())
    yield "3.4", "0.5 100", np.allclose(lost.losses[1:], 0.5, atol=1e-6)
    yield "3.4", "0 1", np.max(network.predict(lost.parameters, X)) < 1e-6
    yield "3.5", "0.5 10,000", np.array_equal(twins.W1[:, 0], twins.W1[:, 1])
    yield "4.1", "1/2 1/2 0.250 0.500", [(1 / 2) ** 2, 1 - 1 / 2] == [0.25, 0.5]
    yield "4.1", "0.693 ½ 2 0.301 10 1.000 2", f"{ln2:.3f} {np.log10(2):.3f}" == "0.693 0.301"
    yield "4.2", "0.75 0.4774 0.4774 10,000", f"loss {levels[2]}   {thirds}" in four
    yield "4.3", "0 0", network.ACTIVATIONS["relu"].derivative_from_activation(0) == 0
    yield "4.4", "0.333 1/3 1 0.3 0.1", f"loss 0.4775   {thirds}" in four
    yield "4.4", "32 seventh", round(-np.log10(eps)) == 7
    yield "4.5", "0.4774 0.4775 thousand", 500 < (0.4775 - 0.4774) / eps < 2000
    yield "5.1", "0.3466 0.4774 0.6931", levels[1:] == ["0.3466", "0.4774", "0.6931"]
    yield "5.1", "0.1250 0.1733 0 1 1/2 ½ 2 2", [1 / 8, round(ln2 / 4, 4)] == [0.125, 0.1733]
    yield "5.2", "0 1 0 6.25 25 25 25 50", [100 / 4**2, 100 / 4, 100 / 2] == [6.25, 25, 50]
    yield "5.2", "3/4 9/16 7/16 43.75 56.25", 1 - (3 / 4) ** 2 == 7 / 16 == 0.4375 == 1 - 0.5625
    yield "5.3", "0.03 0.3", 0 <= share["learning rate 0.03"] - share["as in Keras: 2 units"] < 1
    yield "5.4", "five", 17 < share["solved"] < 23
    yield "5.5", "0.2 five", network.LEAKY_SLOPE == 0.2 == 1 / 5
    yield "5.5", "10,000 50,000", share["leaky ReLU"] == share["leaky, 50,000 epochs"]
    overfitted = r" 2000     0\.001  0\.52          1\d\.\d% .*\n.*training set, at the end: 0%"
    yield "7.1", "3 40 0.001", re.search(overfitted, seven)
    yield "7.2", "400 400 32 32 32 1 12 12 13 16 16", divmod(400, 32) == (12, 16)
    yield "7.4", "5 64 five five", re.search(r"64  true .* 11%\n +64  flipped +9 of 10 +29%", seven)
    yield "7.5", "five", 17 < share["solved"] < 23


def test_every_number_is_true_and_has_a_fact_behind_it():
    told, right = {number: Counter() for number in QUESTIONS}, {}
    for number, numerals, so in facts():
        assert so, f"{numerals} in {number}"
        told[number] += Counter(numerals.split())
    for number, counted in told.items():
        question = notebook(int(number[0]))[1][number]
        found = Counter(NUMERAL.findall(question.lower().replace("notebook ", "n")))
        assert found == counted, number
        right[number] = re.search(r"([a-e])\) (.+)</summary>\n\n\*\*Right", question).groups()
    numbers = [right[number][1] for number in ("2.2", "3.3", "4.1", "5.1", "5.2", "7.2")]
    assert numbers == ["13", "2 times", "0.693", "0.3466", "43.75 %", "13"]
    assert max(Counter(letter for letter, _ in right.values()).values()) < 13  # in no usual place
