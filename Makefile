# make run opens the window, make test checks everything. See CONTRIBUTING.md.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# Fyne warns about the locale C. Stamping the commit fails in a checkout that
# belongs to another user, and nothing reads it.
export LANG := en_US.UTF-8
export GOFLAGS := -buildvcs=false

GO_FILES := $(shell find . -name '*.go' -not -path './.ci/*' -not -path './dist/*') go.mod go.sum
EMBEDDED := $(shell find assets -type f)
APP := dist/signbench
# The window tests use this very binary, with Fyne's thread checks. It must not stand
# beside FyneApp.toml: Fyne would read it and switch the checks off.
RACE_APP := dist/test/signbench

.PHONY: help
help: ## Say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

.PHONY: run
run: $(APP) ## Build, and open the window on the demo tenant
	@.ci/deps run
	$(APP)

.PHONY: build
build: $(APP) ## Build dist/signbench

$(APP): $(GO_FILES) $(EMBEDDED)
	@.ci/deps build
	@mkdir -p dist
	@echo "Building (the first time takes some minutes: the OpenGL driver is compiled)"
	go build -tags migrated_fynedo -o $@ .

.PHONY: test
test: deps provider lint unit e2e ## Install what the tests need, and run all of them

.PHONY: deps
deps:
	@.ci/deps build run test

# The independent provider of the tests (npm).
.PHONY: provider
provider: .ci/provider/node_modules/.package-lock.json

.ci/provider/node_modules/.package-lock.json: .ci/provider/package-lock.json
	cd .ci/provider && npm ci --silent
	@touch $@

.PHONY: lint
lint: ## gofumpt, go vet, staticcheck, gosec, builds without cgo
	@.ci/lint

.PHONY: format
format: ## Format the Go files
	$$(go tool -modfile=.ci/tools/go.mod -n gofumpt) -l -w .ci assets flows keychain ui *.go

.PHONY: unit
unit: provider ## All tests but those of the real window, with the race detector
	@.ci/gotest dist/test/unit.log -race ./...

$(RACE_APP): $(GO_FILES) $(EMBEDDED)
	@mkdir -p dist/test
	go build -race -o $@ .

.PHONY: e2e
e2e: $(RACE_APP) provider ## The real window on a desktop of its own; pictures in dist/screenshots
	@SIGNBENCH_BIN=$(CURDIR)/$(RACE_APP) SIGNBENCH_SHOTS=$(CURDIR)/dist/screenshots \
		.ci/desktop .ci/gotest dist/test/e2e.log -race -count=1 -timeout 20m ./.ci/e2e

.PHONY: vuln
vuln: ## Known vulnerabilities in what the program calls; needs the network (vuln.go.dev)
	go tool -modfile=.ci/tools/go.mod govulncheck ./...

.PHONY: fuzz
fuzz: ## Every fuzz target for a while; FUZZTIME=20s
	@.ci/fuzz $(or $(FUZZTIME),20s)

.PHONY: bench
bench: ## Go benchmarks, and start and idle memory beside a bare Fyne window
	@.ci/deps build bench
	@.ci/bench/run

.PHONY: package
package: ## Linux tar.xz and Windows .exe into dist/
	@.ci/deps build package
	@.ci/package

.PHONY: icon
icon: ## Draw the PNG of the icon from its SVG
	@.ci/deps icon
	rsvg-convert -w 512 -h 512 assets/icons/signbench.svg -o assets/icons/signbench.png

.PHONY: clean
clean: ## Remove what was built
	rm -rf dist .ci/provider/node_modules
