"""The register of claims: what stands in it, in its stored table and in the texts belongs together."""

import ast
import inspect

from tools.claims import CLAIMS, link, stored, text_of

PLACES = {link(document, title): document for document, title, _ in CLAIMS}


def test_the_stored_table_has_every_claim_and_no_other():
    said = []
    for document, title, function in CLAIMS:
        for node in ast.walk(ast.parse(inspect.getsource(function))):
            if isinstance(node, ast.Yield):
                said.append((node.value.elts[0].value, link(document, title)))
    assert sorted(said) == sorted((words, where) for words, where, *_ in stored())


def test_what_does_not_hold_for_nearly_all_seeds_is_told_with_its_count():
    for words, where, held, of in stored():
        told = f"{held} of {of}" in text_of(PLACES[where])
        assert int(held) > 18 or told, words
