package io.promwarden.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promwarden completion}: a script for the shell. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print shell completion for bash or zsh.",
        footerHeading = "%nExamples:%n",
        footer = {"  source <(promwarden completion bash)", "  promwarden completion zsh > ~/.zsh/_promwarden.zsh"})
final class CompletionCommand implements Callable<Integer> {

    /** The shells that are known. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    private final Terminal terminal;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("promwarden", spec.root().commandLine());
        // zsh reads bash's completion once it is asked to.
        String head = shell == Shell.zsh
                ? "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                : "";
        terminal.out().print(head + script);
        terminal.out().flush();
        return ExitCode.DONE;
    }
}
