import { watch } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSeeds } from './load-seeds';
import type { LocalPool } from './pool';
import type { AppClient } from './settings';

export interface WatchOptions {
  pool: Pick<LocalPool, 'reseed'>;
  /** The site's origin, for the clients' callback URLs. */
  site: string;
  /** Takes one line for a person at a time. */
  say: (line: string) => void;
  /** Default: `seed.ts` of this folder. */
  file?: string;
  /** What the command line wants otherwise in the clients. */
  adjust?: (clients: readonly AppClient[]) => readonly AppClient[];
}

/** An editor writes in several steps; what follows so soon belongs to them. */
const SETTLE_MS = 60;

/**
 * Applies the seeds to a running pool whenever their file is saved. Seeds that cannot be read change
 * nothing. The folder is watched and not the file, which editors replace.
 *
 * @param options the pool, the file, and who is told
 * @returns ends the watch
 */
export function watchSeeds(options: WatchOptions): () => void {
  const { pool, site, say, adjust = (clients) => clients } = options;
  const file = options.file ?? fileURLToPath(new URL('./seed.ts', import.meta.url));
  const name = relative(process.cwd(), file);
  const closed = new AbortController();
  let settling: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  /** The seeds that the pool has, as text: a file that is saved unchanged says nothing. */
  let applied: string | undefined;

  function changed(): void {
    clearTimeout(settling);
    settling = setTimeout(reload, SETTLE_MS);
  }

  function reload(): void {
    // One at a time, or an older state of the file could come last.
    if (running) return void running.then(changed);
    running = apply().finally(() => {
      running = undefined;
    });
  }

  async function apply(): Promise<void> {
    const loaded = await loadSeeds(file, site, closed.signal);
    if (closed.signal.aborted) return;
    if (loaded.kind === 'problem') {
      applied = undefined;
      return say(`${name} was not reloaded, the users stay as they were: ${loaded.message}`);
    }
    const { users, clients } = loaded.seeds;
    const text = JSON.stringify(loaded.seeds);
    if (text === applied) return;
    pool.reseed({ users, clients: adjust(clients) });
    applied = text;
    const people = users.map(({ username }) => username).join(', ');
    say(`${name} was reloaded. Users: ${people || 'none'}; app clients: ${clients.length}.`);
  }

  try {
    const watcher = watch(dirname(file), (_, saved) => {
      if (!closed.signal.aborted && (saved === null || saved === basename(file))) changed();
    });
    const unwatched = (error: Error) => say(`${name} is not watched any more: ${error.message}`);
    watcher.on('error', unwatched);
    closed.signal.addEventListener('abort', () => watcher.close());
  } catch (error) {
    // A system may have no watches left. The pool is as good without, but for a restart.
    say(`${name} is not watched: ${error instanceof Error ? error.message : error}`);
  }
  return () => {
    clearTimeout(settling);
    closed.abort();
  };
}
