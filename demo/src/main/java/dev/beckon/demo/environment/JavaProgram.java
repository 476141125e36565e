package dev.beckon.demo.environment;

/** The JDK that runs this program, for the programs it starts. */
final class JavaProgram {
    private JavaProgram() {}

    static String executable() {
        return ProcessHandle.current()
                .info()
                .command()
                .orElseThrow(() -> new IllegalStateException("the kernel does not tell which java runs this program"));
    }
}
