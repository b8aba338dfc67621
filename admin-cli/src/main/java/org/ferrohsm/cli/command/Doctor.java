// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.cli.doctor.Contents;
import org.ferrohsm.cli.doctor.Finding;
import org.ferrohsm.cli.doctor.Installation;
import org.ferrohsm.cli.doctor.StoreFiles;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.HsmException;
import picocli.CommandLine.Command;

/** {@code doctor}. */
@Command(name = "doctor", description = "says what works on this machine and what does not, with what to do")
public final class Doctor extends Verb {
    Doctor(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        List<Finding> findings = new ArrayList<>(new Installation(System.getProperty("ferrohsm.home")).findings());
        findings.addAll(Contents.engines(new Engines()));
        try {
            examine(invocation.config(), findings);
        } catch (HsmException e) {
            findings.add(problem("configuration", e));
        }
        invocation.output().stream(findings.stream().map(Finding::fields).iterator(), Finding::line);
        return findings.stream().anyMatch(finding -> finding.status() == Finding.Status.ERROR)
                ? ExitCode.PROBLEMS
                : ExitCode.OK;
    }

    private void examine(HsmConfig config, List<Finding> findings) {
        StoreFiles files = new StoreFiles(config);
        findings.addAll(files.findings());
        if (!files.exist()) {
            return;
        }
        try (Hsm hsm = invocation.open()) {
            findings.addAll(new Contents(hsm.runtime()).tokens(hsm.tokens()));
        } catch (HsmException e) {
            findings.add(problem("store", e));
        }
    }

    private static Finding problem(String check, HsmException e) {
        return new Finding(check, Finding.Status.ERROR, String.valueOf(e.getMessage()), "");
    }
}
