"""The figures of the other documents: what stands there, and its expression or its notebook.

See tests/figures.py; the names are those of tests/facts.py.
"""


def rows(expression, *figures):
    """Return an expression for each row of a table, from one for them all."""
    return {figure: f"{expression}[{k}]" for k, figure in enumerate(figures)}


# What several documents say.
PLANS = {
    "45, 90 and 180": "'{}, {} and {}'.format(*facts.plans())",
    "45 minutes": "facts.plans()[0] + ' minutes'",
    "90 minutes": "facts.plans()[1] + ' minutes'",
}
ONE_NEURON = {
    "0.500": "f'{printed(1, \"^answers: (.*?) \"):.3f}'",
    "0.25": "np.mean((facts.Y - 1 / 2) ** 2)",
}
XOR = rows("facts.lines(facts.gate('xor'))", "00 | 0", "01 | 1", "10 | 1", "11 | 0")
OR_AND = rows(
    "facts.lines(facts.gate('or'), facts.gate('and'))",
    *("00 | 0 | 0", "01 | 1 | 0", "10 | 1 | 0", "11 | 1 | 1"),
)
PROOF = {
    "$b < 0$": "f'$b {facts.asks(0)} 0$'",
    "$w_1 + w_2 + b < 0$": "f'$w_1 + w_2 + b {facts.asks(3)} 0$'",
    "$w_2 + b > 0$": "f'$w_2 + b {facts.asks(1)} 0$'",
    "$w_1 + b > 0$": "f'$w_1 + b {facts.asks(2)} 0$'",
}
SUMS = {
    "$w_1 + w_2 + 2b < 0$": "f'$w_1 + w_2 + 2b {facts.asks(0, 3)} 0$'",
    "$w_1 + w_2 + 2b > 0$": "f'$w_1 + w_2 + 2b {facts.asks(1, 2)} 0$'",
}
UPDATE_AND_LOOP = {"sections 7 and 8": "facts.sections(2, 'The update', 'The loop')"}
EPOCHS = {"10,000": "f'{len(facts.part_one().losses):,}'"}
FILM = {
    "1000": "facts.rows_right(1000) == '3' and 1000 < facts.moments()[0]",
    "1590": "facts.moments()[0]",
    "2500": "facts.rows_right(2500) == '3' and facts.moments()[0] < 2500 < facts.moments()[1]",
    "2891": "facts.moments()[1]",
}
RATES = {
    "0.1": "min(rate for rate in facts.swept() if rate > 0.099)",
    "17.8": "facts.demo_rates()[0]",
    "23.7": "facts.demo_rates()[1]",
    "31.6": "facts.demo_rates()[2]",
}
BIASES = {
    "202": "facts.bias_counts()[0]",
    "451": "facts.bias_counts()[1]",
    "298": "facts.bias_counts()[2]",
    "49": "facts.bias_counts()[3]",
}
SHAPES = {
    "(4,)": "facts.Y.ravel().shape",
    "(4, 1)": "facts.Y.shape",
    "(4, 4)": "(facts.Y.ravel() == facts.Y).shape",
}

QUOTES = {
    "README.md": {
        "0.25": "printed(1, '([0-9.]+) at epoch 1999.$')",
        "3.11": "facts.pythons()[0]",
        "3.12": "facts.pythons()[1]",
        "3.13": "facts.pythons()[2]",
        "3.14": "facts.pythons()[3]",
        "2.4 GB": "facts.found_in('INSTRUCTOR.md', 'about ([0-9.]+ GB)')",
        "0.4 GB": "facts.found_in('INSTRUCTOR.md', 'takes ([0-9.]+ GB)')",
        "2.8 GB": None,
        "25 minutes": "facts.all_one(*map(facts.minutes, (1, 2, 3, 4, 5, 7))) + ' minutes'",
        "45, 90 and 180": PLANS["45, 90 and 180"],
        "4.0": "facts.found_in('LICENSE-TEXT', 'Attribution ([0-9.]+)')",
    },
    "INSTRUCTOR.md": {
        "w1=1&w2=-1&b=-0.5": None,
        "10,10,10,10,-5,-15,10,-10,-5": "facts.by_hand_solves()",
        "seed=4&epoch=10000": "f'seed=4&epoch={len(facts.part_one().losses)}'",
        "delta2%200%200": None,
        "delta1%201%200": None,
        **PLANS,
        "4, 5 and 7": "'{}, {} and {}'.format(*facts.longest_plan())",
        "04, 05 and 07": "'0{}, 0{} and 0{}'.format(*facts.longest_plan())",
        "05": "'Task 5.5. ✓' in facts.shown(5, 'notebooks/solutions')",
        "02": "bool(facts.cells(2, 'notebooks/exercises'))",
        # Sections: tests/test_instructor.py looks for each where it is named.
        "section 1": "section(4, 'The model')",
        "section 2": "section(5, 'The values')",
        "section 3": "facts.all_one(section(5, 'What a hidden'), section(3, 'Nine numbers'))",
        "section 4": "facts.all_one(section(7, 'How wide'), section(3, 'Is the gradient'))",
        "section 5": "section(1, 'Why no')",
        "section 6": "facts.all_one(section(2, 'Backward'), section(5, 'What helps'))",
        "section 7": "section(7, 'Minibatches')",
        "section 8": "section(5, 'What to do')",
        "sections 3 and 4": "facts.sections(4, 'A start that', 'The very same')",
        **UPDATE_AND_LOOP,
        "6b": "facts.part(2, 'The weights and the bias')",
        "6c": "facts.part(2, 'One layer further')",
        # One neuron, and a network that is set by hand.
        **ONE_NEURON,
        "z = 0": "facts.network.sigmoid(0) == 1 / 2",
        "−1.5": "(facts.X.sum(axis=1) > 1.5).tolist() == [0, 0, 0, 1] and -1.5",
        "10, 10 and −15": "facts.by_hand_solves()",
        "−10": "facts.by_hand_solves()",
        # Notebook 2's training.
        "0.866": "f'{facts.START.W2[1, 0]:.3f}'",
        "0.058": "f'{facts.START.W2[0, 0]:.3f}'",
        "thousand": "900 < facts.plateau() < 1100",
        **EPOCHS,
        **FILM,
        **rows("facts.right_from(': ')", "0.1: 2,891", "1: 291", "3.16: 94", "10: 188"),
        "100": "facts.largest_rate()",
        "8 comes to rest at 0.125": "f'8 comes to rest at {facts.swept()[8]:.3f}'",
        "0.13": "f'{facts.part_one().losses[facts.moments()[1]]:.2f}'",
        "seed 4": "facts.gates_exchanged(4)",
        **RATES,
        # Training that gets stuck.
        "−ln ½ = 0.693": "f'-ln ½ = {-np.log(1 / 2):.3f}'",
        "42": "written(4, 'build(seed=42)')",
        "seed 3": "written(4, 'build(seed=3)')",
        "0.4774": "f'{facts.keras_losses()[3]:.4f}'",
        "0.75": "printed(4, '^loss 0.4774   accuracy ([^ ]+)')",
        "0.333": "printed(4, '^loss 0.4774   .*? answers ([^ ]+)')",
        "5000": "facts.idle_epochs()",
        "0.3466, 0.4774 and 0.6931": (
            "'{}, {} and {}'.format(*sorted(set(facts.keras_losses()))[1:])"
        ),
        "ln 2": "f'ln {np.exp(max(facts.keras_losses())):.0f}'",
        "1 − (3/4)² = 43.75 %": "f'1 - (3/4)² = {percent(1 - (3 / 4) ** 2, 2)}'",
        "300 starts": "f\"{len(facts.map_of_starts()['relu'])} starts\"",
        "500 starts": "facts.optimisers() + ' starts'",
        "1000 starts": "written(5, 'starts(1000, seed=0)', 'notebooks/solutions')",
        **BIASES,
        # A sample.
        "2, 4, 16 and 64": "'{}, {}, {} and {}'.format(*facts.four_widths())",
        "4 units": "f'{facts.four_widths()[1]} units'",
        "40 points": "f'{printed(7, \"after training on (..) points\"):.0f} points'",
        "400": "f'{printed(7, \"after training on (...) points\"):.0f}'",
        # The room and the machine.
        "0.50": "f'{1 / 2:.2f}'",
        "2.4 GB": None,
        "0.4 GB": None,
        "0.2 MB": "f'{facts.megabytes():.1f} MB'",
        "1280 × 720": None,
        "20 pixels": None,
        "24": None,
        "17": None,
        **dict.fromkeys(["13 pixels", "A4"]),
        "390 pixels": None,
        "150 %": None,
        "8000": None,
        "%2F": "f'%{ord(\"/\"):X}'",
        "%3A": "f'%{ord(\":\"):X}'",
        "repo2docker": None,
        "3600": "60 * 60",
    },
    "book/slides/45.md": {
        "45 minutes": PLANS["45 minutes"],
        "x_1 + x_2 - 1.5": "(facts.X.sum(axis=1) > 1.5).tolist() == [0, 0, 0, 1]",
        **rows(
            "facts.lines(facts.X.sum(axis=1) - 1.5)",
            *("00 | −1.5", "01 | −0.5", "10 | −0.5", "11 | 0.5"),
        ),
        **rows(
            "facts.lines(facts.gate('xor'), between=' | ')",
            *("0 | 0 | 0", "0 | 1 | 1", "1 | 0 | 1", "1 | 1 | 0"),
        ),
        **XOR,
        **OR_AND,
        **PROOF,
        **SUMS,
        **ONE_NEURON,
    },
    "book/slides/90.md": {
        "90 minutes": PLANS["90 minutes"],
        "0.156 | 0.539": "'{:.3f} | {:.3f}'.format(*facts.first_row()[:2])",
        "1.099 | 0.750": "'{:.3f} | {:.3f}'.format(*facts.first_row()[2:])",
        "0.750": "f'{facts.first_row()[3]:.3f}'",
        "0.1406 \\times 0.866 \\times 0.2485 = 0.0303": "facts.back(1, r'\\times')",
        "0.1406 \\times 0.058 \\times 0.2485 = 0.0020": "facts.back(0, r'\\times')",
        "section 6": "section(2, 'Backward')",
        **UPDATE_AND_LOOP,
        **EPOCHS,
        "0.25": ONE_NEURON["0.25"],
        **FILM,
        "| 3 |": "f'| {facts.rows_right(1000, facts.moments()[0], 2500)} |'",
        "| 4 |": "f'| {facts.rows_right(facts.moments()[1])} |'",
        **rows(
            "facts.trained_rows()",
            *("00 | 0.003 | 0.079 | 0.053", "01 | 0.117 | 0.967 | 0.952"),
            *("10 | 0.116 | 0.966 | 0.952", "11 | 0.855 | 1.000 | 0.052"),
        ),
        **XOR,
        **OR_AND,
        **PROOF,
        **SUMS,
        **rows("facts.right_from(' | ')", "0.1 | 2,891", "1 | 291", "3.16 | 94", "10 | 188"),
        **RATES,
    },
    "book/worksheets/1.md": {
        **rows("facts.lines(*facts.X.T)", "00 | 0 | 0", "01 | 0 | 1", "10 | 1 | 0", "11 | 1 | 1"),
        **XOR,
        "b = -1.5": "(facts.X.sum(axis=1) > 1.5).tolist() == [0, 0, 0, 1]",
    },
    "book/worksheets/2.md": {
        "0.156": "f'{facts.first_row()[0]:.3f}'",
        r"\sigma(0.156) = 0.539": r"r'\sigma({:.3f}) = {:.3f}'.format(*facts.first_row()[:2])",
        "0.539 × 0.058 + 0.539 × 0.866 + 0.601": "facts.onwards()",
        "0.750": "f'{facts.first_row()[3]:.3f}'",
        "0.539": "f'{facts.first_row()[1]:.3f}'",
        "0.866": "f'{facts.START.W2[1, 0]:.3f}'",
        "0.058": "f'{facts.START.W2[0, 0]:.3f}'",
        **rows(
            "facts.lines(facts.factors()[0], facts.factors()[1], digits=4)",
            *("00 | 0.5389 | 0.1406", "01 | 0.7085 | −0.0395"),
            *("10 | 0.6296 | −0.0366", "11 | 0.7795 | 0.1284"),
        ),
    },
    "book/worksheets/3.md": {
        **EPOCHS,
        "3.8 and 3.8": "'{:.1f} and {:.1f}'.format(*facts.trained_unit(0))",
        "5.8 and 5.9": "'{:.1f} and {:.1f}'.format(*facts.trained_unit(1))",
        "−5.8": "f'{facts.trained_unit(0)[2]:.1f}'",
        "−2.5": "f'{facts.trained_unit(1)[2]:.1f}'",
        "−8.3": "f'{facts.part_one().parameters.W2[0, 0]:.1f}'",
        "7.7": "f'{facts.part_one().parameters.W2[1, 0]:.1f}'",
        "−3.5": "f'{facts.part_one().parameters.b2[0, 0]:.1f}'",
        "seed 42": "written(2, 'seed=42')",
        **FILM,
    },
    "book/worksheets/answers.md": {
        **SUMS,
        "−1.5, −0.5, −0.5 and 0.5": "'{}, {}, {} and {}'.format(*facts.X.sum(axis=1) - 1.5)",
        "10, 10, −5; $h_2$: 10, 10, −15; output: 10, −10, −5": "facts.by_hand_solves()",
        "−10 and 0": "facts.biases_that_do('or')",
        "−20 and −10": "facts.biases_that_do('and')",
        "0.156; 0.539; 1.099; 0.750": "'{:.3f}; {:.3f}; {:.3f}; {:.3f}'.format(*facts.first_row())",
        "1. 0.1875. 2. 0.750 × 0.1875 = 0.1406. 3. 0.2485": "facts.slopes_and_delta()",
        "4. 0.1406 × 0.866 × 0.2485 = 0.0303": "'4. ' + facts.back(1)",
        "5. 0.1406 × 0.058 × 0.2485 = 0.0020": "'5. ' + facts.back(0)",
        "0.0758, −0.0280, −0.0230 and 0.1001; their sum is 0.1249": "facts.products()",
        **dict.fromkeys(["0.1874", "0.1000", "0.1248"], 2),
        "−5.8, −2.0, −2.0, 1.8": "', '.join(f'{z:.1f}' for z in facts.trained_unit(0)[3:])",
        "−2.5, 3.4, 3.3, 9.2": "', '.join(f'{z:.1f}' for z in facts.trained_unit(1)[3:])",
        **EPOCHS,
        **FILM,
        "2 rows, 0.3247": "facts.moment(0)",
        "3 rows, 0.2406": "facts.moment(1000)",
        "3 rows, 0.2188": "facts.moment(facts.moments()[0])",
        "3 rows, 0.1677": "facts.moment(2500)",
        "4 rows, 0.1339": "facts.moment(facts.moments()[1])",
        "4 rows, 0.0025": "facts.moment(10_000)",
        "1/8": "f'1/{1 / np.abs(facts.delta_out(1000)).mean():.0f}'",
    },
    "classroom/checks/one_neuron.py": {
        **SHAPES,
        "16": "facts.Y.size**2",
        "00 + 11": "(facts.X[0] + facts.X[3] == facts.X[1] + facts.X[2]).all()",
        "01 + 10": "(facts.X[0] + facts.X[3] == facts.X[1] + facts.X[2]).all()",
        "0, 1, 2, 3 and 4": "'{}, {}, {}, {} and {}'.format(*range(facts.Y.size + 1))",
        "(2,)": "facts.START.W2.ravel().shape",
        "(2, 1)": "facts.START.W2.shape",
    },
    "classroom/checks/from_scratch.py": {
        "0.1": "written(2, 'learning_rate=0.1')",
        "42": "written(2, 'seed=42')",
        **EPOCHS,
        "999": "facts.found_in('classroom/checks/from_scratch.py', 'losses.([0-9]+)')",
    },
    "classroom/checks/inside.py": {
        "8": "min(facts.exercise_rates()[1])",
        "16": "max(facts.exercise_rates()[0])",
        "section 4": "section(3, 'Is the gradient')",
        "0.5": "written(3, 'np.full_like(array, 0.5)', 'notebooks/solutions')",
        **EPOCHS,
        "0.01": "written(3, 'losses[-1] < 0.01', 'notebooks/solutions')",
    },
    "classroom/checks/in_keras.py": {
        **SHAPES,
        "4": "facts.Y.size",
        "0.3": "written(4, 'learning_rate=0.3')",
    },
    "classroom/checks/stuck.py": {
        "4": "facts.Y.size",
        "0.4774": "f'{facts.keras_losses()[3]:.4f}'",
        "3": "1 - (3 / 4) ** 3 == 37 / 64",
        "37/64": "f'{4**3 - 3**3}/{4**3}'",
        "2": "1 - (3 / 4) ** 2 < 37 / 64",
        "1.96": "facts.found_in('classroom/checks/stuck.py', '^Z = (.*?)$')",
        "fifth": "6000 < 1.96**2 * 1 / 5 * 4 / 5 / 0.01**2 < 7000",
        "thousand": "6000 < 1.96**2 * 1 / 5 * 4 / 5 / 0.01**2 < 7000",
        "0.1": "written(5, 'networks.b1 + 0.1', 'notebooks/solutions')",
        "1000": "written(5, 'starts(1000, seed=0)', 'notebooks/solutions')",
        "seed 0": "written(5, 'starts(1000, seed=0)', 'notebooks/solutions')",
        "0 · ln 0": "np.isnan(0 * -np.inf)",
        "0, 0, 1": "np.mean([0, 0, 1]) != 1 / 2",
        "0.01": "facts.found_in('classroom/checks/stuck.py', 'level. < (0.01)')",
    },
    "classroom/checks/judging.py": {"0x": None, "a**2": None, "[:2]": None},
    "classroom/checks/report.py": {"5px": None, "0.7em": None, "44em": None},
}
