/**
 * Runs a command and sets the exit code. An error prints its message, never a stack trace.
 *
 * @param main the command; returns its exit code
 */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
