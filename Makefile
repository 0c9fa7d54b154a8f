# make demo        installs what the build needs if it is missing, builds, and shows history, load and inspect
# make test        the same set-up with the tests' tools, then all tests
# make peers       builds real images with every tool at hand, and asks docker, podman and umoci whether we see them alike (root)
# make faults      kills, failing calls, power cuts, swapped links, umasks and 32 processes at once, at every point (hours; STRIDE=20 tries each
#                  twentieth); one by one: make crash errnos powercut swaps permissions concurrency; with SEED= the same points again, ONLY= for some commands
# make bitflips    turns one bit in each of 1,000 files of a store and asks `check --data`; ARCHIVE=, FLIPS=
# make fuzz        runs each fuzz target for TIME seconds (60); FUZZ_SEEDS names a folder of further archives, TARGETS some of the targets
# make tsan        runs the suites that do not fork under the thread sanitizer
# make bench       measures layerctl beside docker, podman and others, in a short form; make bench-peers all works and images (hours), OUT= for where
#                  it is kept; make bench-growth how cost grows (root)
# make bench-hot   measures the hot paths one by one (BENCH="--filter apply"); make bench-thresholds ends with an error where one is not within its
#                  thresholds, which are root's; make bench-thresholds-update writes them anew
# make setup lint build fixtures install PREFIX=/usr/local clean

PREFIX ?= /usr/local
SWIFT ?= swift
LAYERCTL := .build/release/layerctl
IMAGE ?= TestImages/Fixtures/app.docker-v24.tar
LINTED := Package.swift $(wildcard Sources Tests Benchmarks TestImages)

TIME ?= 60
TARGETS ?=
# Those that start processes, enter namespaces or mount have threads and a sanitizer of their own kind: it can follow no fork of a process with
# threads. What runs threads is in these.
TSAN_SUITES ?= LayerArchiveTests|LayerTreeTests|LayerStorageTests|LayerKitTests|ImageTransportTests|WorkerPoolTests|ReadAheadTests|SharedWorkTests
# They move threads to mount namespaces of their own, which the sanitizer does not outlive.
TSAN_SKIPPED ?= CollectionMountTests

.PHONY: all setup setup-build setup-bench demo fuzz tsan test lint build bench bench-peers bench-growth bench-hot bench-thresholds bench-thresholds-update peers install clean fixtures faults crash errnos powercut swaps permissions concurrency bitflips
all: build

setup-build:
	@.ci/packages build

setup: setup-build
	@.ci/packages test

setup-bench: setup-build
	@.ci/packages bench

# The runtime needs libstdc++, whose symbols cost each start a millisecond to bind: the archive is found first, and linked in.
# No library asks the program for a symbol: 13,000 that it would offer are not looked through.
# Sixty thousand addresses are set right at each start: told as bit maps, which glibc reads since 2.36, they take 12 KB and not 1.5 MB.
PACKED = $(shell printf '2.36\n%s\n' "$$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)" | sort -VC \
    && echo -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs)
build: setup-build
	@mkdir -p .build/static && ln -sf "$$(clang -print-file-name=libstdc++.a)" .build/static/
	$(SWIFT) build -c release --static-swift-stdlib --product layerctl -Xswiftc -L$(CURDIR)/.build/static $(PACKED) \
	    -Xlinker --no-export-dynamic

test: setup
	$(SWIFT) test

fuzz: setup-build
	.ci/fuzz $(TIME) $(TARGETS)

tsan: setup
	$(SWIFT) build --build-tests --sanitize=thread --scratch-path .build-tsan
	TSAN_OPTIONS="halt_on_error=0 exitcode=66 suppressions=$(CURDIR)/Tests/tsan.supp" \
	    $(SWIFT) test --skip-build --sanitize=thread --scratch-path .build-tsan --filter '$(TSAN_SUITES)' \
	    --skip '$(TSAN_SKIPPED)'

lint: setup-build
	$(SWIFT) format lint --strict -r -p $(LINTED)
	.ci/check-imports
	.ci/check-names
	python3 TestImages/make-fixtures.py --check
	$(SWIFT) build --explicit-target-dependency-import-check error

demo: build
	@IMAGE=$(IMAGE) LAYERCTL=$(LAYERCTL) .ci/demo

# BENCH adds options of Benchmarks/peers.py: BENCH="--peers podman --on tmpfs".
OUT ?= .build/bench
bench: setup-bench build
	LAYERCTL=$(LAYERCTL) Benchmarks/peers.py --images-only small,debian --rounds 3 --out $(OUT) $(BENCH)

bench-peers: setup-bench build
	LAYERCTL=$(LAYERCTL) Benchmarks/peers.py --out $(OUT) $(BENCH)

bench-growth: setup-bench build
	LAYERCTL=$(LAYERCTL) Benchmarks/growth.py --out $(OUT) $(BENCH)

# A package of its own (Benchmarks/README.md), whose tool looks for Thresholds where it is started.
HOT := cd Benchmarks && $(SWIFT) package --allow-writing-to-package-directory benchmark
bench-hot: setup-build
	$(HOT) --no-progress $(BENCH)

bench-thresholds: setup-build
	$(HOT) thresholds check --no-progress $(BENCH)

bench-thresholds-update: setup-build
	$(HOT) thresholds update --no-progress $(BENCH)

# PEER_IMAGES names a directory that make-real-images.sh has filled; without it one is made, which takes some minutes.
peers: setup build
	@set -e; images="$(PEER_IMAGES)"; if [ -z "$$images" ]; then images=$$(mktemp -d /var/tmp/peer-images.XXXXXX); \
	    trap 'rm -rf "$$images"' EXIT; TestImages/make-real-images.sh "$$images"; fi; export LAYERCTL="$(abspath $(LAYERCTL))"; \
	Tests/peers/compare-history.sh "$$images"/*; python3 Tests/peers/compare-tree.py "$$images"/*; \
	Tests/peers/compare-users.sh "$$images"/small.docker.tar; Tests/peers/compare-commit.py "$$images"/small.docker.tar; \
	python3 Tests/peers/compare-diff.py "$$images"/small.docker.tar; \
	Tests/peers/compare-mounts.sh "$$images"/small.docker.tar; \
	Tests/peers/tutorial-users.sh "$$images"/small.docker.tar "$$images"/debian.docker.tar; \
	python3 Tests/peers/compare-squash.py "$$images"/small.docker.tar "$$images"/small.skopeo-oci; \
	Tests/peers/compare-audit.sh "$$images"/small.docker.tar; \
	python3 Tests/peers/compare-save.py "$$images"/small.*

faults: crash errnos powercut swaps permissions concurrency

# What this machine lacks is said, and is no failure.
crash errnos powercut swaps permissions: build
	LAYERCTL="$(abspath $(LAYERCTL))" python3 -B Tests/faults/$(FAULTS_$@).py || [ $$? -eq 77 ]
FAULTS_crash := crashpoints
FAULTS_errnos := errnos
FAULTS_powercut := powercuts
FAULTS_swaps := swaps
FAULTS_permissions := permissions

# One bit in each of FLIPS files of a store is turned: a check must find every one, and nothing in what is whole.
FLIPS ?= 1000
bitflips: build
	LAYERCTL=$(LAYERCTL) Tests/faults/bitflips.py $(or $(ARCHIVE),TestImages/Fixtures/app.oci-gzip.tar) $(FLIPS)

# 32 processes that load, tag, create, commit, remove and collect in one store: no failure, and nothing left. CONCURRENCY="--rounds 5" for less.
concurrency: build
	LAYERCTL="$(abspath $(LAYERCTL))" python3 -B Tests/faults/concurrency.py $(CONCURRENCY)

# The small fixtures that are committed; `make-real-images.sh` beside it builds the big ones that are not.
fixtures:
	python3 TestImages/make-fixtures.py

install: build
	install -s -Dm755 $(LAYERCTL) $(DESTDIR)$(PREFIX)/bin/layerctl
	@for shell in bash zsh fish; do \
	    case $$shell in \
	    bash) file=bash-completion/completions/layerctl ;; \
	    zsh) file=zsh/site-functions/_layerctl ;; \
	    fish) file=fish/vendor_completions.d/layerctl.fish ;; \
	    esac; \
	    mkdir -p "$(DESTDIR)$(PREFIX)/share/$${file%/*}" && \
	    $(LAYERCTL) --generate-completion-script $$shell >"$(DESTDIR)$(PREFIX)/share/$$file" || exit 1; \
	done

clean:
	rm -rf .build .build-* .build_* Benchmarks/.build
