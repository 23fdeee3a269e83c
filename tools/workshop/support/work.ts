import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { sealSession } from '@/tests/support/local-pool';
import { type RunningSite, startSite } from '../../../tests/support/site';
import { createVisitor, type Visitor } from '../../../tests/support/visitor';
import { ownFiles } from './built-middleware';

/** The kinds of work that a request causes, apart from rendering. */
export type Kind =
  /** A key derived from a secret (PBKDF2): two for each seal that is opened or created. */
  | 'derive'
  /** An HMAC created or checked: one for each seal. */
  | 'mac'
  /** A seal decrypted (AES). A forged seal fails at its HMAC before that. */
  | 'unseal'
  /** A seal encrypted (AES). */
  | 'seal'
  /** The signature of a token verified (RS256): one for each token. */
  | 'verify'
  /** A digest (SHA-256): `at_hash`, PKCE, opaque names. */
  | 'hash'
  /** A request to the user pool. */
  | 'fetch';

/** How often each kind of work was done. */
export type Work = Readonly<Partial<Record<Kind, number>>>;

/** The work done in the middleware, and in pages and route handlers. */
export interface WorkDone {
  readonly middleware: Readonly<Record<string, number>>;
  readonly page: Readonly<Record<string, number>>;
}

/** A site that counts the work of its requests. */
export interface CountedSite extends RunningSite {
  /** The work since the last call. */
  work(): WorkDone;
  /** A visitor with a session that the site has not seen yet: sealed elsewhere with the same secret. */
  visitorWith(session: SessionOptions): Promise<Visitor>;
}

export interface SessionOptions {
  username: string;
  /** How long ago the tokens were issued, in seconds; they are valid for an hour. */
  ago?: number;
  /** The length of an extra claim, so that the session needs a second cookie. */
  padding?: number;
}

const PROBE = './tools/workshop/support/work-probe.js';

/** Starts the built site with a probe in its process: `work-probe.js`. */
export async function startCountedSite(): Promise<CountedSite> {
  const folder = mkdtempSync(join(tmpdir(), 'work-'));
  const log = join(folder, 'log');
  writeFileSync(log, '');
  const own = ownFiles().map((file) => basename(file));
  if (own.length === 0)
    throw new Error('This build has no files that contain only the middleware.');
  const options = `${process.env.NODE_OPTIONS ?? ''} --import ${PROBE}`;
  const env = { WORK_LOG: log, WORK_MIDDLEWARE: own.join('\n'), NODE_OPTIONS: options };
  const site = await startSite({ env });
  let read = 0;
  return {
    ...site,
    work() {
      const text = readFileSync(log, 'utf8');
      const lines = text.slice(read).split('\n');
      read = text.length;
      const of = (where: string) => countIn(lines.filter((line) => line.startsWith(where)));
      return { middleware: of('middleware '), page: of('page ') };
    },
    async visitorWith({ username, ago = 0, padding = 0 }) {
      const iat = Math.floor(Date.now() / 1000) - ago;
      const times = { iat, exp: iat + 3600 };
      const id = { ...times, ...(padding > 0 ? { 'custom:padding': randomText(padding) } : {}) };
      const tokens = await site.pool.mint(username, { claims: { id, access: times } });
      const cookies = await sealSession(site.environment, tokens, new Map());
      const jar = new Map(cookies.map(({ name, value }) => [name, value]));
      return createVisitor(site.origin, new Map([[new URL(site.origin).hostname, jar]]));
    },
    async close() {
      await site.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Adds up counts of work.
 *
 * @param parts to add
 */
export function sum(parts: readonly Work[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [kind, count] of parts.flatMap((part) => Object.entries(part))) {
    total[kind] = (total[kind] ?? 0) + count;
  }
  return total;
}

/** Counts the second words of the lines. */
function countIn(lines: readonly string[]): Record<string, number> {
  return sum(lines.map((line) => ({ [line.split(' ')[1] ?? '']: 1 })));
}

/** Random text, which cannot be compressed. */
function randomText(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Buffer.from(bytes).toString('base64url').slice(0, length);
}
