import { type ChildProcess, spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import type { Env } from '../../../lib/local-pool/src/refuse-to-serve';
import { colors, progress } from '../progress.js';

/** A running `next dev` with its child processes. */
export interface SiteProcess {
  /** Resolves with the exit code when it ends, or with 1 if a signal ended it. */
  readonly ended: Promise<number>;
  /** From now on, shows everything that Next prints. */
  showAll(): void;
  /** Ends the whole process tree: with SIGTERM, and after a few seconds with SIGKILL. */
  stop(): Promise<void>;
}

const GRACE_MS = 5000;
const IS_WINDOWS = process.platform === 'win32';

/**
 * Starts `next dev` in its own process group, so that its children can be ended with it. It gets no
 * terminal input, because a background group cannot read it. What Next prints at every start is left out.
 *
 * @param port the site's port
 * @param host the address to listen on
 * @param env the site's complete environment
 */
export function startSite(port: number, host: string, env: Env): SiteProcess {
  const command = ['node_modules/next/dist/bin/next', 'dev', '-p', String(port), '-H', host];
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !IS_WINDOWS,
    // Next's notice about telemetry would be the first thing a newcomer reads. Rather than hide the notice,
    // we turn telemetry off; an empty NEXT_TELEMETRY_DISABLED in the environment turns it on again.
    env: {
      NEXT_TELEMETRY_DISABLED: '1',
      ...(colors ? { FORCE_COLOR: '1' } : {}),
      ...env,
      NODE_ENV: 'development',
    },
  });
  const outputs = [
    { from: child.stdout, to: process.stdout, quiet: createQuietStart() },
    { from: child.stderr, to: process.stderr, quiet: createQuietStart() },
  ];
  let starting = true;
  for (const { from, to, quiet } of outputs) {
    const show = (text: string) => {
      // On a terminal, the line that shows the progress is still there.
      if (text !== '') to.write(starting && process.stdout.isTTY ? `\r\x1b[K${text}` : text);
    };
    from.setEncoding('utf8').on('data', (text: string) => show(quiet.filter(text)));
    from.once('end', () => show(quiet.rest()));
  }
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      console.error(`Could not start next dev: ${error.message}`);
      resolve(1);
    });
    // Not "exit": the last output, such as the reason, may come after it.
    child.once('close', (code) => resolve(code ?? 1));
  });
  // The last resort, in case an error ends this process.
  process.once('exit', () => signalTree(child, 'SIGKILL'));

  return {
    ended,
    showAll() {
      starting = false;
      for (const { quiet } of outputs) quiet.started();
    },
    async stop() {
      signalTree(child, 'SIGTERM');
      const insist = setTimeout(() => signalTree(child, 'SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(insist);
      // The first process has ended; end what is left of its group.
      signalTree(child, 'SIGKILL');
    },
  };
}

function signalTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (IS_WINDOWS) {
    if (child.exitCode === null) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has no process left.
  }
}

/**
 * Waits until the site sends a whole response, and shows on one line that it is starting.
 *
 * @param url the site's address
 * @param ended resolves when the site has ended, which stops the waiting
 * @returns whether the site responded
 */
export async function untilAnswering(url: string, ended: Promise<number>): Promise<boolean> {
  const stopped = new AbortController();
  const stops = ended.then(() => {
    stopped.abort();
    return false;
  });
  const done = progress('starting the site');
  while (!stopped.signal.aborted) {
    // Not only by its signal: on Node 20, a request whose server is killed may never settle.
    if (await Promise.race([answers(url, stopped.signal), stops])) {
      done(true, 'done');
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  done(false, 'stopped');
  return false;
}

async function answers(url: string, stopped: AbortSignal): Promise<boolean> {
  try {
    // The first response has to wait for the first compilation.
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(60_000)]);
    const response = await fetch(url, { redirect: 'manual', signal });
    await response.text();
    return true;
  } catch {
    return false;
  }
}

/**
 * What Next prints at every start, whose content is in our own message, in `docs/deploy.md` (the file convention), or in
 * next.config.js. Everything else is shown.
 */
const EVERY_START = [
  /^▲ Next\.js /,
  /^- Local: /,
  /^- Network: +https?:\/\/(127\.0\.0\.1|\[::1\]|localhost)[:/]/,
  /^✓ (Ready|Running next\.config\.js|Starting)\b/,
  /^⚠ The "middleware" file convention is deprecated/,
  /^To migrate automatically, run:$/,
  /^npx @next\/codemod@\S+ middleware-to-proxy/,
  /^Learn more: https:\/\/nextjs\.org\/docs\/messages\/middleware-to-proxy$/,
  /^- Experiments \(use with caution\):$/,
  /^[✓·⨯] (authInterrupts|prefetchInlining|proxyClientMaxBodySize|serverActions)\b/,
  /^○ Compiling \S+ \.\.\.$/,
  // The site has just said the same in words, if something is wrong.
  /^\{.*"type":"configuration"/,
];

/** The line for the request that waits for the site. */
const OWN_REQUEST = /^GET \/ \d{3} in /;

/** Leaves out what Next prints at every start. */
export interface QuietStart {
  /** Takes output of Next, and returns what to show of it. */
  filter(text: string): string;
  /** From now on, everything is shown except the line for our own request. */
  started(): void;
  /** Returns the rest: the last line, if it has no end. */
  rest(): string;
}

/**
 * Creates a filter for one output stream of `next dev`.
 */
export function createQuietStart(): QuietStart {
  let starting = true;
  let ownRequest = true;
  let partial = '';

  const isShown = (line: string) => {
    const plain = stripVTControlCharacters(line).trim();
    // Next shows the cursor again when it ends. It was never hidden.
    if (plain === '' && line.trim() !== '') return false;
    if (ownRequest && OWN_REQUEST.test(plain)) {
      ownRequest = false;
      return false;
    }
    return !starting || (plain !== '' && !EVERY_START.some((known) => known.test(plain)));
  };
  return {
    filter(text) {
      const lines = (partial + text).split('\n');
      partial = lines.pop() ?? '';
      return lines
        .filter(isShown)
        .map((line) => `${line}\n`)
        .join('');
    },
    started() {
      starting = false;
    },
    rest() {
      const last = partial;
      partial = '';
      return stripVTControlCharacters(last).trim() === '' ? '' : last;
    },
  };
}
