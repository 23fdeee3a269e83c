import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Seeds } from './reseed';
import { areSeeds, seedProblem } from './seed-check';

export type LoadedSeeds =
  | { kind: 'seeds'; seeds: Required<Seeds> }
  /** One sentence for the developer. */
  | { kind: 'problem'; message: string };

const READER = fileURLToPath(new URL('./seed-print.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** How long loading may take. Seeds don't wait for anything. */
const PATIENCE_MS = 20_000;

/**
 * Loads seeds from the current version of a file, in a separate process.
 *
 * @param file a module that exports `seedUsers` and `seedClients`, as `seed.ts` does
 * @param site the site's origin, for the clients' callback URLs
 * @param signal cancels the load
 * @returns the seeds, or what is wrong with them; never throws
 */
export function loadSeeds(file: string, site: string, signal: AbortSignal): Promise<LoadedSeeds> {
  return new Promise((resolve) => {
    const problem = (message: string) => resolve({ kind: 'problem', message });
    const child = fork(READER, [file, site], {
      cwd: ROOT,
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      signal,
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
    });
    child.once('message', (message: unknown) => resolve(judge(message)));
    child.once('error', (error) => problem(error.message));
    child.once('exit', (code, by) =>
      problem(`The process that reads it ended with ${by ?? `exit code ${code}`}.`),
    );
  });
}

function judge(message: unknown): LoadedSeeds {
  if (typeof message !== 'object' || message === null) {
    return { kind: 'problem', message: 'The process that reads it sent no result.' };
  }
  if ('problem' in message) return { kind: 'problem', message: String(message.problem) };
  if (areSeeds(message)) return { kind: 'seeds', seeds: message };
  return { kind: 'problem', message: seedProblem(message) ?? 'Users or app clients are missing.' };
}
