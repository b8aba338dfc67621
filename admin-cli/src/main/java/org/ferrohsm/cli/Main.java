// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import org.ferrohsm.cli.command.FerroHsm;
import org.ferrohsm.cli.command.Invocation;
import org.ferrohsm.cli.input.ConsoleTerminal;
import org.ferrohsm.cli.input.Terminal;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.cli.output.ExitFailure;
import org.ferrohsm.core.fault.HsmException;
import picocli.CommandLine;

/** The ferrohsm command. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        PrintWriter out = new PrintWriter(System.out, false, charset);
        PrintWriter err = new PrintWriter(System.err, true, charset);
        int code = run(arguments, System.getenv(), out, err, new ConsoleTerminal());
        System.exit(code);
    }

    /** Runs the command; returns its exit code. */
    public static int run(
            String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err, Terminal terminal) {
        Invocation invocation = new Invocation(environment, out, err, terminal);
        CommandLine command = FerroHsm.commandLine(invocation)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, line) -> usage(invocation, exception))
                .setExecutionExceptionHandler((exception, line, parsed) -> failure(invocation, exception));
        int code = command.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    private static int usage(Invocation invocation, CommandLine.ParameterException exception) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        return end(
                invocation,
                new ExitFailure(
                        ExitCode.USAGE.code(), null, exception.getMessage() + "; see `" + command + " --help`"));
    }

    private static int failure(Invocation invocation, Exception exception) {
        String message = String.valueOf(exception.getMessage());
        if (exception instanceof CliException refused) {
            return end(invocation, new ExitFailure(refused.exit().code(), null, message));
        }
        if (exception instanceof HsmException failed) {
            ExitCode exit = failed.request() == null ? ExitCode.of(failed.fault()) : ExitCode.APPROVAL_NEEDED;
            return end(
                    invocation,
                    new ExitFailure(exit.code(), failed.fault().name(), message + Advice.after(failed.fault())));
        }
        if (invocation.environment().containsKey("FERROHSM_DEBUG")) {
            exception.printStackTrace(invocation.err());
        }
        return end(
                invocation,
                new ExitFailure(
                        ExitCode.FAILED.code(),
                        null,
                        exception
                                + ": this is a defect; run it again with FERROHSM_DEBUG=1 and report what is printed"));
    }

    private static int end(Invocation invocation, ExitFailure failure) {
        invocation.out().flush();
        invocation.output().error(failure);
        return failure.exitCode();
    }
}
