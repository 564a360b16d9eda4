# The operator's and the developer's commands; `make help` lists them.
.POSIX:
SHELL = /bin/sh
# What follows a command, as in: make test ARGS="tests/engine -x"
ARGS =

APP = deploy/bootstrap.sh app
DEV = deploy/bootstrap.sh dev
PYTHON_HERE = .venv/bin/python
START = $(PYTHON_HERE) -m deploy.start

.PHONY: help run worker admin demo draw-waiting train-starter test check soak format messages lock clean

help:
	@echo 'make run            start the site (PORT=8000); installs what it needs on the first start'
	@echo 'make demo           fill a demo account with a month of days, drawn by this machine'
	@echo 'make admin          make the first administrator'
	@echo 'make worker         start one more draw worker, on this machine or another (docs/operating.md)'
	@echo 'make draw-waiting   draw what waits, without the broker'
	@echo 'make train-starter  train the starter model anew, some hours on two cores (docs/training.md)'
	@echo 'make test           every check and every test (ARGS="tests/engine -x" for some)'
	@echo 'make check          linters, import contracts, types, migrations, catalogues, deployment check'
	@echo 'make soak           the long fault runs, with their figures'
	@echo 'make format         format the code'
	@echo 'make messages       bring the message catalogues up to date'
	@echo 'make lock           choose versions anew for requirements/*.in'
	@echo 'make clean          remove what was installed and built; diaries and pictures stay'

run:
	@$(APP) $(START) run

worker:
	@$(APP) $(START) worker

admin:
	@$(APP) $(START) manage make_admin $(ARGS)

demo:
	@$(APP) $(START) manage seed_demo $(ARGS)

draw-waiting:
	@$(APP) $(START) manage draw_waiting $(ARGS)

# Goes on where it was stopped or killed; a stage with its minutes: ARGS="--minutes 30".
train-starter:
	@$(DEV) $(PYTHON_HERE) -m illustration.training all --out var/training/model $(ARGS)

test:
	@deploy/test.sh $(ARGS)

soak:
	@deploy/test.sh --soak $(ARGS)

check:
	@$(DEV) deploy/check.sh

format:
	@$(DEV) .venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format .

messages:
	@$(DEV) $(PYTHON_HERE) -m deploy.messages update

# One resolution for both locks, fit for Python 3.11 and later; torch is pinned in torch.txt and kept out.
COMPILE = ../.venv/bin/uv pip compile --quiet --upgrade --universal --fork-strategy fewest --python-version 3.11 \
	--override without-torch.txt --no-emit-package torch --no-annotate --custom-compile-command 'make lock'
lock:
	@$(APP)
	@cd requirements && $(COMPILE) app.in torch-needs.in dev.in -o dev.txt
	@cd requirements && $(COMPILE) app.in torch-needs.in -c dev.txt -o app.txt

clean:
	rm -rf .venv .venv-setup .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	rm -f locale/*/LC_MESSAGES/*.mo
