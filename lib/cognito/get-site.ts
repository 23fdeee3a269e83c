import { type ConfigResult, parseConfig } from './config/parse-config';
import { logEvent } from './logging/log-event';
import { tracedFetch } from './logging/spans';
import {
  type AppClient,
  type ClientMemory,
  createAppClient,
  emptyClientMemory,
} from './protocol/app-client';
import { type Callbacks, createCallbacks } from './session/callbacks';
import { createRefresher, type Refresher, type RefreshOutcome } from './session/refresh';
import { type Session, subjectOf } from './session/session';
import { emptySessionCache, type SessionCache } from './session/session-cache';

/**
 * The one read of the getSite, at run time: nothing is frozen into the build. The Edge
 * middleware, the route handlers and the pages each have an instance of it, and so of all it holds.
 */
export type Environment =
  | {
      readonly ok: true;
      readonly client: AppClient;
      readonly refresher: Refresher;
      readonly callbacks: Callbacks;
      readonly sessions: SessionCache;
    }
  | Extract<ConfigResult, { ok: false }>;

/** Whether this is `next dev`: looser CSP, and set-up pages that name what is wrong. */
export const isDevelopment = process.env.NODE_ENV === 'development';

declare global {
  /**
   * Next loads this module once for pages and once for route handlers: on `globalThis` they share the
   * user pool's keys, and the sessions that were opened and verified, with each other and with a proxy.
   * Only data can be shared so; an error of the one is no instance of the other's.
   */
  var cognitoMemory: { client: ClientMemory; sessions: SessionCache } | undefined;
}

let known: Environment | undefined;

/**
 * The site's user pool as the getSite describes it.
 *
 * @returns the app client and what remembers its sessions in this process, or what is wrong
 */
export function getSite(): Environment {
  known ??= read();
  return known;
}

/**
 * All that was read, right or wrong, secrets among it; for the doctor, which shows none of them.
 *
 * @returns names and values in `next dev`; none in production
 */
export function developmentSettings(): Readonly<Record<string, string | undefined>> {
  return isDevelopment ? process.env : {};
}

/**
 * Says what is wrong with the getSite, all at once; for the log of `next start`.
 *
 * @returns lines without any value of a secret; none if nothing is wrong
 */
export function environmentReport(): string[] {
  const site = getSite();
  if (site.ok) return [];
  return [
    'Amazon Cognito is not configured: every page answers 503 until this is right.',
    ...site.problems.map(({ variable, problem, remedy }) => `  ${variable} ${problem}. ${remedy}`),
  ];
}

function read(): Environment {
  const parsed = parseConfig(process.env);
  if (!parsed.ok) return parsed;
  globalThis.cognitoMemory ??= { client: emptyClientMemory(), sessions: emptySessionCache() };
  const { client: memory, sessions } = globalThis.cognitoMemory;
  const client = createAppClient(parsed.config, { memory, fetch: tracedFetch });
  return {
    ok: true,
    client,
    refresher: createRefresher(client, tellOfRefresh),
    callbacks: createCallbacks(client),
    sessions,
  };
}

/** What failed is told for each request that it concerns, with its reference: in `guard.ts`. */
function tellOfRefresh({ state }: RefreshOutcome, session: Session): void {
  if (state === 'refreshed') logEvent({ type: 'refresh.finished', sub: subjectOf(session) });
  if (state === 'ended') logEvent({ type: 'refresh.ended', sub: subjectOf(session) });
}
