# Everything below needs Python 3.11, 3.12 or 3.13 and make. `make` alone lists the commands.
SHELL := /bin/sh
BIN := .venv/bin
STAMP := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run test recipes format dev sql docs clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

setup: $(STAMP) ## Make the environment in .venv, from uv.lock
	@echo "The environment is ready: $(BIN)/bilateral --help"

# The stamp holds the folder it was made in: an environment does not survive being moved.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif
$(STAMP): uv.lock pyproject.toml .ci/setup.sh
	@sh .ci/setup.sh

run: $(STAMP) ## Read raw/, bring the warehouse and the marts up to date, show what they hold
	@$(BIN)/bilateral run

test: $(STAMP) ## Lint, type check and all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint -q --processes 2 dbt_project/models dbt_project/tests dbt_project/analyses
	$(BIN)/pytest -n 2 --dist loadgroup

recipes: $(STAMP) ## Write dbt_project/analyses/recipes/README.md again: what the recipes give on the sample
	$(BIN)/python -m tests.facts.recipes

format: $(STAMP) ## Lay out the Python code and sort imports
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

dev: $(STAMP) ## Serve Dagster (UI and daemon) on http://127.0.0.1:3000
	@$(BIN)/bilateral dev

sql: $(STAMP) ## A SQL prompt on the published marts
	@$(BIN)/bilateral sql

docs: $(STAMP) ## Run the README's sessions and write their output, tables and figures into it again
	@$(BIN)/python -m orchestration.docs.generate

clean: ## Remove the environment and what was computed (data/); raw/ stays
	rm -rf .venv .tools data dbt_project/target dbt_project/logs
