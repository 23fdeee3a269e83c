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
  /** Called with one line at a time, for the developer. */
  say: (line: string) => void;
  /** Default: `seed.ts` in this folder. */
  file?: string;
  /** Applies the options of the command line to the clients. */
  adjust?: (clients: readonly AppClient[]) => readonly AppClient[];
}

/** Editors save in several steps. Events within this time count as one. */
const SETTLE_MS = 60;

/**
 * Applies the seeds to a running pool whenever their file is saved. Invalid seeds change nothing.
 * It watches the folder instead of the file, because editors replace the file.
 *
 * @param options the pool, the file, and a function that prints a line
 * @returns a function that stops watching
 */
export function watchSeeds(options: WatchOptions): () => void {
  const { pool, site, say, adjust = (clients) => clients } = options;
  const file = options.file ?? fileURLToPath(new URL('./seed.ts', import.meta.url));
  const name = relative(process.cwd(), file);
  const closed = new AbortController();
  let settling: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  /** The current seeds as JSON, so that saving an unchanged file prints nothing. */
  let applied: string | undefined;

  function changed(): void {
    clearTimeout(settling);
    settling = setTimeout(reload, SETTLE_MS);
  }

  function reload(): void {
    // One at a time, or an older version of the file could be applied last.
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
      return say(`${name} was not reloaded, and the users are unchanged: ${loaded.message}`);
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
    const unwatched = (error: Error) => say(`${name} is no longer watched: ${error.message}`);
    watcher.on('error', unwatched);
    closed.signal.addEventListener('abort', () => watcher.close());
  } catch (error) {
    // The system may have no watches left. The pool works without; changes then need a restart.
    say(`${name} is not watched: ${error instanceof Error ? error.message : error}`);
  }
  return () => {
    clearTimeout(settling);
    closed.abort();
  };
}
