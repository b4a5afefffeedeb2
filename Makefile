# Builds, tests and installs the extension. Every recipe is short: the logic is in scripts/.
#
#   PHP_CONFIG=/path/to/php-config   the PHP to build for (default: php-config in PATH)
#   TESTS=php-tests/process          the phpt files or folders to run (default: all)
#   JOBS=2                           how many phpt, conformance or fuzz scripts run at a time
#   SKIP_TESTS=1                     makes `check` leave out the tests
#   CONFORMANCE_DIR=DIR              the corpus of `conformance` (default: ../shared/conformance)
#   CONFORMANCE='queue-* seeds/s1-*' only these scripts of it
#   QUICK=1                          makes `memcheck` run something of everything, in minutes
#   N=100000 SEED=7 VALGRIND=1      of `fuzz`: how many calls, which run to repeat, under valgrind
#   FAULTS='push Event::write'        only the operations of `faults` and `jumps` whose titles have one of these words
#   MATRIX='8.4 system:tracing'      the rows of `matrix` (default: all; scripts/matrix tells which)
#   DESTDIR=DIR                      a root for `install` and `uninstall`
#   PREFIX=DIR                       where these two put the program `pool` (default: /usr/local)

.DEFAULT_GOAL := help
# Two goals of one call share target/ and the machine: one after the other.
.NOTPARALLEL:
.PHONY: help setup setup-tests build demo test peers check matrix faults jumps conformance memcheck sanitize deny bench soak \
    fuzz nightly stubs docs release install uninstall clean

help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what the build needs and the machine lacks (Debian, Ubuntu)
	@scripts/setup

setup-tests: # The same, and what only tests need
	@scripts/setup --tests

build: setup ## Build target/release/swoole_process.so
	@scripts/build

demo: build ## Run every program in examples/
	@scripts/demo

test: setup-tests ## Run the Rust tests, then build and run the PHP tests (TESTS=...)
	@scripts/rust-tests
	@scripts/build
	@scripts/run-phpt $(TESTS)

peers: build ## Run the tests that talk to Redis, nginx and MariaDB (TESTS=...)
	@scripts/peers run $(TESTS)

check: setup ## Everything a commit must pass (SKIP_TESTS=1: all but the tests)
	@scripts/check

matrix: setup ## Run the PHP tests on other PHPs, and with the optimizer (MATRIX=..., TESTS=...)
	@scripts/matrix $(MATRIX)

faults: setup ## Make each system call of each operation fail with each of its errors (FAULTS='word...')
	@set -f; scripts/faults $(FAULTS)

jumps: setup ## Make each allocation of each operation fail (FAULTS='word...')
	@set -f; scripts/jumps $(FAULTS)

conformance: build ## Compare with the conformance corpus, if it is there
	@set -f; scripts/conformance $(CONFORMANCE)

memcheck: build ## Run the PHP tests under valgrind, children included (TESTS=..., QUICK=1)
	@scripts/memcheck $(if $(QUICK),--quick,$(TESTS))

sanitize: setup ## Run the Rust tests under the address sanitizer
	@scripts/sanitize

deny: ## Check the licences and origins of the dependencies
	@scripts/deny

bench: build ## Measure against the limits in docs/performance.md (PEER=other.so: beside a module with the same classes)
	@scripts/with-php benches/run $(if $(PEER),--peer=$(PEER))

soak: build ## Run for minutes, watching memory, descriptors and processes
	@scripts/php php-tests/soak/soak.php
	@scripts/php php-tests/soak/events.php
	@scripts/php php-tests/soak/signals.php
	@scripts/php php-tests/soak/coroutines.php
	@PEERS=$$(scripts/peers) scripts/php php-tests/soak/redis.php
	@scripts/php php-tests/soak/pool.php
	@scripts/php php-tests/soak/shared.php
	@scripts/php php-tests/soak/messages.php
	@scripts/php php-tests/soak/reloads.php
	@scripts/php php-tests/soak/reloads.php --template

fuzz: build ## Call everything with anything (N=, SEED=, JOBS=, YIELDS=1, SWITCHES=1, VALGRIND=1)
	@scripts/fuzz

nightly: ## Run every search whole: hours (valgrind, fuzzing, faults, all PHPs, soaks)
	@scripts/nightly

stubs: build ## Write the stubs and docs/reference from Reflection and stubs/texts
	@scripts/stubs

docs: ## Build the documents as a website with a search into target/docs
	@scripts/docs

release: setup ## Pack prebuilt modules for the PHPs of this machine into dist/
	@scripts/release

install: ## Install the built module into PHP, and the program `pool` (DESTDIR=, PREFIX=)
	@test -f target/release/swoole_process.so || $(MAKE) --no-print-directory build
	@scripts/install

uninstall: ## Undo `make install`
	@scripts/install --remove

clean: ## Remove everything that was built
	cargo clean
	@scripts/run-phpt --clean
