import { readEnvironment } from './config/environment';
import { type ConfigResult, parseConfig } from './config/parse-config';
import { logEvent, tracedFetch } from './logging';
import { emptySessionCache, type SessionCache } from './memory/session-cache';
import {
  type AppClient,
  type ClientMemory,
  createAppClient,
  emptyClientMemory,
} from './protocol/app-client';
import type { CognitoConfig } from './protocol/cognito-config';
import { type AttemptStore, createAttemptStore } from './session/attempts';
import { createRefresher, type Refresher, type RefreshOutcome } from './session/refresh';
import { type Session, subjectOf } from './session/session';
import { createSessionStore, type SessionStore } from './session/session-store';

/** A configured site: its app client, and the stores of its sign-in attempts and sessions. */
export interface Site {
  readonly ok: true;
  readonly config: CognitoConfig;
  readonly client: AppClient;
  readonly attempts: AttemptStore;
  readonly sessions: SessionStore;
  readonly refresher: Refresher;
}

/** A site with an invalid configuration, and all problems with it. */
export type Misconfigured = Extract<ConfigResult, { ok: false }>;

declare global {
  /**
   * Next loads this module once for pages and once for route handlers. Through `globalThis` they
   * share the user pool's keys and the opened sessions, with each other and with a proxy. Share
   * only data this way: each copy of the module has its own classes, so `instanceof` fails across
   * copies.
   */
  var cognitoMemory: { client: ClientMemory; sessions: SessionCache } | undefined;
}

let known: Site | Misconfigured | undefined;

/**
 * The site, configured from the environment on the first call. The Edge middleware, the route
 * handlers and the pages each have their own instance.
 *
 * @returns the site, or all problems with its configuration
 */
export function getSite(): Site | Misconfigured {
  known ??= createSite();
  return known;
}

function createSite(): Site | Misconfigured {
  const parsed = parseConfig(readEnvironment());
  if (!parsed.ok) return parsed;
  const { config } = parsed;
  globalThis.cognitoMemory ??= { client: emptyClientMemory(), sessions: emptySessionCache() };
  const memory = globalThis.cognitoMemory;
  const client = createAppClient(config, { memory: memory.client, fetch: tracedFetch });
  return {
    ok: true,
    config,
    client,
    attempts: createAttemptStore(config, client.now),
    sessions: createSessionStore(config, client.now, memory.sessions),
    refresher: createRefresher(client, logRefresh),
  };
}

/** Logs each refresh that finished or was refused. `admit.ts` logs outages, once per request. */
function logRefresh({ state }: RefreshOutcome, session: Session): void {
  if (state === 'refreshed') logEvent({ type: 'refresh.finished', sub: subjectOf(session) });
  if (state === 'ended') logEvent({ type: 'refresh.ended', sub: subjectOf(session) });
}
