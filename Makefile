# Two commands: make app, make test. Everything else is for those who change the software.
PYTHON ?= python3
PORT ?= 8501
BIN = .venv/bin
READY = .venv/.ready

.PHONY: app test slow conformance hostile attack fuzz durable london toronto words lint lock
app: $(READY)  ## installs what is needed, builds the demonstration city and opens the dashboard
	$(BIN)/geomap build .
	$(BIN)/geomap app . --port $(PORT) $(if $(HEADLESS),--headless)

# a test process has one core to itself, so the arithmetic library keeps to one; long files do not wait for the end
test: $(READY)  ## installs what is needed and runs the tests
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

slow: $(READY)  ## the tests that take long or need QGIS
	$(BIN)/python -m pytest -m slow

conformance: $(READY)  ## published indices, run from their files and held to their published numbers
	$(BIN)/python -m tests.conformance

hostile: $(READY)  ## hostile and broken files, each through geomap inspect: four figures that must be 0
	$(BIN)/python -m tests.hostile

attack: $(READY)  ## linear programmes, planted breakages, three years of monthly editions, regression of scores: what they recover, in figures
	$(BIN)/python -m tests.attack

durable: $(READY)  ## kills, full disks, two publishers at once, flipped bits: what an edition survives, in figures
	$(BIN)/python -m tests.durable

fuzz: $(READY)  ## ten thousand damaged files of each format: only taken in or refused in words; about half an hour
	$(BIN)/python -m pytest -m slow tests/intake/fuzz --durations=0

london toronto: $(READY)  ## builds the edition of a real city from open data
	$(BIN)/python -m tests.workspaces.lay $@ build/$@
	$(BIN)/geomap check build/$@
	$(BIN)/geomap build build/$@

words: $(READY)  ## gathers the sentences of the code into the catalogues of words; what has no words yet stands there with an empty msgstr
	$(BIN)/python -m geomap.language.gather

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

lock: $(READY)  ## writes requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-config --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "geomap needs Python 3.11 or later; $(PYTHON) is older. Name another with: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python cannot make virtual environments here. On Debian: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
