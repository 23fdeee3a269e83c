import { appClient } from '@/lib/local-pool/src/app-client';
import type { AppClient } from '@/lib/local-pool/src/settings';
import { startLocalPool, type TestPool } from '@/lib/local-pool/src/testing';
import { testClients } from '@/lib/local-pool/src/testing/test-seeds';
import { examine, type Patient } from '@/tools/doctor/doctor';
import type { Check, Finding } from '@/tools/doctor/finding';

export const SITE = 'http://localhost:3000';

/** Changes to the settings of a correct site. */
export type Changes = Readonly<Record<string, string | undefined>>;

/**
 * Checks a site that uses this pool.
 *
 * @param pool the pool with the site's environment
 * @param changes to that environment; undefined removes a variable
 * @param patient overrides, e.g. of `fetch`
 */
export async function examineSite(
  pool: TestPool,
  changes: Changes = {},
  patient: Partial<Patient> = {},
): Promise<readonly Finding[]> {
  return await examine({
    env: { ...pool.environment(), ...changes },
    nodeVersion: 'v24.1.0',
    uuid: crypto.randomUUID(),
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now() / 1000,
    // No time limit: on a busy machine a response can take long.
    endAfter: () => new AbortController().signal,
    ...patient,
  });
}

/** A pool with these changes to its first app client. */
export async function poolWith(changes: Partial<AppClient>): Promise<TestPool> {
  const [client, ...others] = testClients(SITE);
  if (!client) throw new Error('There are no app clients.');
  return await startLocalPool({ clients: [appClient({ ...client, ...changes }), ...others] });
}

/** The findings with any outcome but ok. */
export function notRight(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ outcome }) => outcome !== 'ok');
}

/** The wrong findings: their check, and their whole text. */
export function wrongs(findings: readonly Finding[]): { check: Check; text: string }[] {
  return findings.flatMap((finding) =>
    finding.outcome === 'wrong' ? [{ check: finding.check, text: JSON.stringify(finding) }] : [],
  );
}

/** The checks with a finding of this outcome, each once. */
export function checksThatAre(
  outcome: Finding['outcome'],
  findings: readonly Finding[],
): readonly Check[] {
  const found = findings.filter((finding) => finding.outcome === outcome);
  return [...new Set(found.map(({ check }) => check))];
}

/**
 * A `fetch` that changes the responses of one path.
 *
 * @param path the end of the path
 * @param change returns the changed response
 */
export function altering(
  path: string,
  change: (response: Response) => Promise<Response> | Response,
): Patient['fetch'] {
  return async (url, init) => {
    const response = await fetch(url, init);
    return new URL(url).pathname.endsWith(path) ? await change(response) : response;
  };
}

/** A JSON response. */
export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}
