# `make demo` and `make test` are all one needs; both prepare what is missing.
SHELL := /bin/sh
TAGS ?= G V E
export GOODWORD_STARTED := $(shell date +%s)
# Each of the many processes would compile Django anew where bytecode may not be kept.
unexport PYTHONDONTWRITEBYTECODE
RUN := .venv/bin

.PHONY: look demo test check shown lock mutants campaign

demo: ## Bring up the demo company and print its address
	@tools/prepare run
	@exec $(RUN)/goodword demo

test: ## Everything that must hold
	@tools/prepare test
	@$(MAKE) --no-print-directory check shown
	@exec $(RUN)/python -m pytest -n 2 --dist loadfile $(PYTEST)

check: ## What can be said without running anything
	$(RUN)/ruff check --quiet .
	$(RUN)/ruff format --check --quiet .
	$(RUN)/mypy src
	@if [ -f package.json ]; then PATH="$(CURDIR)/$(RUN):$$PATH" npm run --silent check && PATH="$(CURDIR)/$(RUN):$$PATH" npm run --silent test; fi

shown: ## Which requirements no test shows (TAGS="G V E")
	@$(RUN)/python tools/shown.py $(TAGS)

look: ## Every screen as a picture, in light and dark, narrow and wide (LOOK_HOME=…, SHEETS=…)
	@tools/prepare test
	$(RUN)/python tools/look.py $(or $(LOOK_HOME),var/look) $(if $(SHEETS),--to $(SHEETS))
	GOODWORD_EVERY_PAGE=1 $(RUN)/python -m pytest tests/journeys/test_pseudo.py -q

lock: ## Write the locks anew
	@tools/lock

mutants: ## Break one rule at a time and see that a test notices
	@tools/prepare test
	$(RUN)/python tools/mutants.py

campaign: ## What is too slow for every change: many more days, races and attempts; results in docs/reliability.md
	@tools/prepare test
	GOODWORD_CAMPAIGN=1 $(RUN)/python -m pytest tests/reliability -q -s
	$(RUN)/python bench/booking.py --attempts 100000
