# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# `make help` lists the targets. Maven knows how to build; this file knows when, installs what the machine lacks, and lays
# the product out. See CONTRIBUTING.md.

PREFIX ?= /usr/local
DESTDIR ?=

# Asked for when needed: deps may just have installed it.
JDK = $(shell scripts/build-java.sh)
JDK25 = $(shell scripts/build-java.sh 25 2>/dev/null)
# In the C locale Java 17 can name no file beyond ASCII.
MVN = LC_ALL=C.UTF-8 JAVA_HOME=$(JDK) mvn -q -B -ntp

PRODUCT := token-store hsm-core jca-provider pkcs11-native pkcs11-bridge admin-cli
# Folders too, so that a deleted file is noticed.
SOURCES := $(shell find pom.xml .mvn $(PRODUCT) \( -name target -o -path '*/src/test' \) -prune \
	-o \( -type f -o -type d -path '*/src/*' \) ! -name .jqwik-database -print)
BUILT := target/built

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help deps build dist install test conformance sequences fuzz demo story crash crash-daemon wycheproof bench format clean

help:  ## lists the targets
	@sed -n 's/^\([a-z-]*\):.*  ## /  make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

deps:  ## installs what the build, the tests and the demo need, or says what is missing
	@.ci/provision.sh build test

build: $(BUILT)  ## compiles and packages what changed

$(BUILT): $(SOURCES) | deps
	@echo "Building with $(JDK) (Maven fetches what it lacks)"
	@rm -rf target/java
	@$(MVN) -DskipTests -Dmaven.test.skip -Dspotless.check.skip -pl $$(echo $(PRODUCT) | tr ' ' ,) package
	@touch $@

dist: $(BUILT)  ## lays the product out under dist/
	@scripts/dist.sh $(CURDIR)/dist

install: dist  ## copies dist/ to PREFIX (default /usr/local; DESTDIR is honoured)
	@scripts/install.sh $(CURDIR)/dist "$(PREFIX)" "$(DESTDIR)"

# The programs meet the daemon once, on 17: the gate has half an hour.
test: | deps  ## every check and test, on JDK 17 and, where there is one, on 25
	@rm -rf */target/*-reports
	@echo "Testing on $(JDK)"
	@$(MVN) verify
	@scripts/test-summary.sh
	@$(if $(JDK25),echo "Testing on $(JDK25)" && $(MVN) -Dspotless.check.skip -Ddaemon.skip -Dtest.java.home=$(JDK25) verify && scripts/test-summary.sh,\
		echo "No JDK 25 found (JAVA25_HOME, /usr/lib/jvm): tested on $(JDK) only")

conformance: dist  ## runs the PKCS#11 conformance cases (*.xml) in CASES against the library
	@test -n "$(CASES)" || { echo "say where the cases are: make conformance CASES=folder"; exit 2; }
	@$(MVN) -Dspotless.check.skip -pl interop-tests -am verify -Dtest=NoTest -Dit.test=ConformanceIT \
		-Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dconformance.cases=$(abspath $(CASES))

sequences:  ## makes random sequences of calls against the security profiles, RUNS times 200,000
	@for run in $$(seq $(or $(RUNS),10)); do \
		$(MVN) -Dspotless.check.skip -pl hsm-core -am test -Dtest=CallSequencesTest -Dsurefire.failIfNoSpecifiedTests=false \
		|| exit 1; done

# Clang has libFuzzer for the C library; Jazzer, which Maven fetches, is the same for Java.
fuzz:  ## fuzzes all decoders, or TARGETS, SECONDS each (60): make fuzz SECONDS=600 TARGETS="reply message"
	@.ci/provision.sh build fuzz
	@$(MVN) -Dspotless.check.skip -Pfuzz -pl pkcs11-bridge -am test-compile dependency:build-classpath \
		-Dmdep.outputFile=target/fuzz-classpath
	@$(MAKE) -s -C pkcs11-native fuzz JAVA_HOME=$(JDK)
	@JAVA_HOME=$(JDK) scripts/fuzz.sh $(or $(SECONDS),60) $(TARGETS)

demo: dist  ## one key through three doors, explained step by step
	@interop-tests/demo/demo.sh

story: dist  ## a release that two of three people approve, and an auditor's proof of it
	@interop-tests/story/story.sh

wycheproof:  ## Wycheproof's vectors through the core and the JCA provider: make wycheproof VECTORS=.../testvectors_v1
	@$(MVN) -pl hsm-core,interop-tests -am test -Dtest=WycheproofTest -Dsurefire.failIfNoSpecifiedTests=false \
		-Dferrohsm.wycheproof=$(abspath $(or $(VECTORS),$(error VECTORS is the folder testvectors_v1 of Wycheproof)))

crash: | deps  ## kills a process under load 2,000 times and looks whether anything was lost (about an hour)
	@$(MVN) -pl hsm-core -am test -Dtest=CrashTest -Dsurefire.failIfNoSpecifiedTests=false -Dferrohsm.crash.rounds=2000

crash-daemon: dist  ## kills the daemon ROUNDS times (default 200) while programs make keys
	@$(MVN) -pl interop-tests -am -Dspotless.check.skip -Dtest=None -Dit.test=KilledDaemonIT -Dsurefire.failIfNoSpecifiedTests=false \
		-Dtest.jvm.args="-Dcrash.rounds=$(or $(ROUNDS),200) -Dhost.seconds=7200" verify

bench: dist  ## JMH benchmarks, and the PKCS#11 library against SoftHSM2
	@.ci/provision.sh build test bench
	@benchmarks/run.sh

format: | deps  ## formats the Java sources
	@$(MVN) spotless:apply

clean:  ## removes what was built
	@rm -rf dist target $(patsubst %/pom.xml,%/target,$(wildcard */pom.xml))
