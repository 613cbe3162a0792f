# `make` alone lists what there is. Every target does its own set-up first, so any of them can be
# the first to run. Text after `##` is what the list shows.

# The Python that .venv is made with. Empty: a suitable one is looked for.
PYTHON ?=
export PYTHON
# Whom a parcel is for: FOR=teacher, or else learners.
WHO := $(if $(filter teacher,$(FOR)),teacher,learners)
# What learners need; LIGHT=1: without TensorFlow. What is in .venv already stays there.
LEARNER := $(if $(filter 1,$(LIGHT)),light,learner)

# Find TypeScript and ESLint with its rules, which nobody needs in order to learn or to teach.
NODE_TOOLS := PATH="$(CURDIR)/node_modules/.bin:$$PATH"; \
	command -v tsc >/dev/null && command -v eslint >/dev/null && \
	export NODE_PATH="$${NODE_PATH:-$$(npm root --global)}" && \
	node --eval 'require("@eslint/js")' 2>/dev/null

FIRST_NOTEBOOK := work/01_one_neuron_is_not_enough.ipynb

ifeq ($(OS),Windows_NT)
VENV_PYTHON := .venv/Scripts/python.exe
else
VENV_PYTHON := .venv/bin/python
endif

# Packages and kernels that these point to would be found before .venv's own. And without what is
# compiled once, each of the processes of a test run compiles it anew: a tenth of the time.
unexport PYTHONHOME PYTHONPATH JUPYTER_PATH PYTHONDONTWRITEBYTECODE
# Jupyter and Matplotlib write to HOME: where it is not writable, .venv takes its place.
ifneq ($(shell test -w "$$HOME" && echo writable || echo "HOME cannot be written to: settings and caches go to .venv." >&2),writable)
export HOME := $(CURDIR)/.venv
endif

.DEFAULT_GOAL := help
.PHONY: help lab work book lesson plans slides questions room demos check test notebooks figures exercises nbgrader collect class parcel data claims picture footprint bench peers env learner lock lint format types clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

lab: learner ## Open JupyterLab on your copy of the notebooks, or the one that runs (LIGHT=1: no TensorFlow; more options: LAB_FLAGS=--no-browser)
	@$(VENV_PYTHON) -m tools.working_copy
	@$(VENV_PYTHON) -m tools.running_lab $(FIRST_NOTEBOOK) $(LAB_FLAGS) || \
		$(VENV_PYTHON) -m jupyterlab --ip=127.0.0.1 --allow-root --ServerApp.root_dir=. \
		--LabApp.default_url=/lab/tree/$(FIRST_NOTEBOOK) $(LAB_FLAGS)

work: learner ## Copy missing notebooks to work/ (all of them, keeping your old copy: RESET=1)
	@$(VENV_PYTHON) -m tools.working_copy $(if $(filter 1,$(RESET)),--reset)

book: env ## Make the book from the stored notebooks, and open it (for a server in the room: SITE=http://ADDRESS:8000/; with Python for the browser in it: PYODIDE=folder; without a laboratory: LAB=no; more options: BOOK_FLAGS=--no-browser)
	@$(VENV_PYTHON) -m book $(BOOK_FLAGS)

lesson: env ## Begin a lesson of another length or language with a copy of the 45 minutes: NEW=60
	@$(VENV_PYTHON) -m book.lessons $(or $(NEW),$(error Say how long the new lesson is, or give it a name: make lesson NEW=60))

plans: env ## Write the lessons' plans, lessons/*.md, into INSTRUCTOR.md
	@$(VENV_PYTHON) -m book.lessons

slides: env ## Make the slides alone again, in the book's folder: build/book/slides
	@$(VENV_PYTHON) -m book.decks

questions: env ## Write the closing questions, and the tests before and after a lesson, for Moodle, for Canvas and to print: build/questions
	@$(VENV_PYTHON) -m tools.questions

room: env ## Hold a lesson with phones: questions on them, answers on the projector (LESSON=45; in the room's network: ROOM_FLAGS=--lan)
	@$(VENV_PYTHON) -m classroom.room $(or $(LESSON),90) $(ROOM_FLAGS)

demos: learner ## Write the demos as one page, and open it (more options: DEMOS_FLAGS=--no-browser)
	@$(VENV_PYTHON) -m classroom.demos.write_page $(DEMOS_FLAGS)

check: env ## Run the quick half of the tests, and check the style (types, too, where TypeScript is): in seconds
	@$(MAKE) --no-print-directory lint
	@if $(NODE_TOOLS); then $(MAKE) --no-print-directory types; fi
	@$(VENV_PYTHON) -m pytest tests --ignore=tests/slow $(TEST_FLAGS)

test: env ## Run every test and check every stored figure (more options: TEST_FLAGS=-x)
	@$(VENV_PYTHON) -m pytest $(TEST_FLAGS)

notebooks: env ## Run all notebooks and store what they show (only some: NOTEBOOKS=notebooks/02*.ipynb)
	@$(VENV_PYTHON) -m tools.execute_notebooks $(NOTEBOOKS)

figures: env ## List the numerals in notebooks' prose, and what stands behind each (only some: NOTEBOOKS=...)
	@$(VENV_PYTHON) -m tests.figures $(NOTEBOOKS)

exercises: env ## Make notebooks/exercises from notebooks/solutions
	@$(VENV_PYTHON) -m tools.make_exercises

nbgrader: env ## Write build/nbgrader, a course for nbgrader: the exercises as assignments with locked tests
	@$(VENV_PYTHON) -m tools.make_nbgrader

collect: env ## Make one page of what learners handed in, their files or notebooks: FOLDER=...
	@$(VENV_PYTHON) -m tools.collect "$(FOLDER)"

class: env ## Write build/class, a folder to hand out: notebooks and exercises, no solutions
	@$(VENV_PYTHON) -m tools.hand_out class

parcel: env ## Write build/xor-notebooks.zip for learners: book, demos, worksheets, class folder (guide, slides, keys, tests and questions, too: FOR=teacher; the laboratory, too: PYODIDE=folder)
	@$(MAKE) --no-print-directory book FOR=$(WHO) BOOK_FLAGS=--no-browser $(if $(PYODIDE),,LAB=no)
	@$(VENV_PYTHON) -m tools.hand_out $(WHO)

data: env ## Recompute the demos' data with xorlib: numbers, starts and how they end (a minute or two)
	@$(VENV_PYTHON) -m classroom.demos.write_data

claims: env ## Try what the texts say of networks in general on 20 other seeds (15 minutes; others: FIRST=1000)
	@$(VENV_PYTHON) -m tools.claims $(FIRST)

picture: env ## Redraw the README's picture
	@$(VENV_PYTHON) -m tools.readme_picture

footprint: env ## Measure what each notebook takes, for one and for thirty (Linux; 6 minutes): docs/footprint.md
	@$(VENV_PYTHON) -m tools.footprint

bench: env ## Compare speeds side by side, for benchmarks/results.md (a few minutes)
	@$(VENV_PYTHON) -m benchmarks.run

peers: env ## Install what bench compares with: JAX and PyTorch (a few GB)
	@$(VENV_PYTHON) -m uv pip install --python $(VENV_PYTHON) --group bench

env: ## Make .venv, or finish or update it (the other targets do this by themselves)
	@sh tools/setup_env.sh all

learner: ## Do that with no more than learners need (without TensorFlow: LIGHT=1)
	@sh tools/setup_env.sh $(LEARNER)

lock: env ## Renew requirements.txt and environment.yml from pyproject.toml
	@$(VENV_PYTHON) -m uv pip compile --quiet --upgrade \
		--universal --python-version 3.11 --fork-strategy fewest \
		--no-emit-index-url --custom-compile-command "make lock" --generate-hashes \
		--all-extras --group build --group test pyproject.toml --output-file requirements.txt
	@$(VENV_PYTHON) -m tools.write_environment

lint: env ## Check the style of code and notebooks
	@$(VENV_PYTHON) -m ruff check
	@$(VENV_PYTHON) -m ruff format --check

format: env ## Format code and notebooks in that style
	@$(VENV_PYTHON) -m ruff check --fix
	@$(VENV_PYTHON) -m ruff format

types: ## Check the types and the style of the demos' and the room's JavaScript (nothing else here needs Node)
	@$(NODE_TOOLS) || { \
		echo "This check needs Node, and: npm install --global typescript eslint @eslint/js" >&2; \
		exit 1; \
	}; \
	tsc --project classroom/demos && \
		eslint --config classroom/demos/eslint.config.cjs classroom/demos classroom/room

clean: ## Remove all that the other targets made, .venv too, but not your copy in work/
	rm -rf .venv .pytest_cache .ruff_cache build *.egg-info notebooks/*/my-progress.json
	find . -name .git -prune -o -type d \( -name __pycache__ -o -name .ipynb_checkpoints \) \
		-prune -exec rm -rf {} +
