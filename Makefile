# Each target sets up the virtual environment that it needs; only the first call takes a while.

venv := .venv
python := $(venv)/bin/python
stamp := $(venv)/.graphkit-installed

.PHONY: help demo test quality check bench clean

help: ## Show the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(stamp) ## Read the sample articles and show what comes out
	@PATH="$(CURDIR)/$(venv)/bin:$$PATH" sh scripts/demo.sh

test: $(stamp) ## Run the tests; ARGS="-k reading" for some of them
	$(python) -m pytest $(ARGS)

check: $(stamp) ## Check style and types
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy

quality: $(stamp) ## Score the extraction and hold it to its floors
	$(python) scripts/evaluate.py $(ARGS)

bench: $(stamp) ## Measure the extraction against the bare spaCy pipeline; ARGS="--jobs 2"
	$(python) scripts/benchmark.py $(ARGS)

clean: ## Remove what the other targets wrote, but for the virtual environment
	rm -rf dist demo.db demo.graphml .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Installed again when the dependencies may have changed; made anew if its Python does not suit.
$(stamp): pyproject.toml scripts/find-python.sh
	@PYTHON=$(python) sh scripts/find-python.sh >/dev/null 2>&1 || { \
	    found=$$(PYTHON="$(PYTHON)" sh scripts/find-python.sh) && \
	    echo "Setting up $(venv) with $$found; this takes a minute or two." && \
	    "$$found" -m venv --clear $(venv); }
	@$(python) -m pip install --quiet --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
