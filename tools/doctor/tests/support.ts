import { appClient } from '@/lib/local-pool/src/app-client';
import type { AppClient } from '@/lib/local-pool/src/settings';
import { startLocalPool, type TestPool } from '@/lib/local-pool/src/testing';
import { testClients } from '@/lib/local-pool/src/testing/test-seeds';
import { examine, type Patient } from '@/tools/doctor/doctor';
import type { Check, Finding } from '@/tools/doctor/finding';

export const SITE = 'http://localhost:3000';

/** The settings of a site that is right, of which a test changes one. */
export type Changes = Readonly<Record<string, string | undefined>>;

/**
 * Examines a site that uses this pool.
 *
 * @param pool whose environment it has
 * @param changes over that environment; undefined takes a variable away
 * @param patient over the usual wire
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
    // However busy the machine is: nothing here depends on how long it takes.
    endAfter: () => new AbortController().signal,
    ...patient,
  });
}

/** A pool whose first app client differs from the usual one in this. */
export async function poolWith(changes: Partial<AppClient>): Promise<TestPool> {
  const [client, ...others] = testClients(SITE);
  if (!client) throw new Error('There are no app clients.');
  return await startLocalPool({ clients: [appClient({ ...client, ...changes }), ...others] });
}

/** The findings that are not right. */
export function notRight(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ outcome }) => outcome !== 'ok');
}

/** What is wrong, and under which check, with all that can be read of it. */
export function wrongs(findings: readonly Finding[]): { check: Check; text: string }[] {
  return findings.flatMap((finding) =>
    finding.outcome === 'wrong' ? [{ check: finding.check, text: JSON.stringify(finding) }] : [],
  );
}

/** The names of the checks that came out so, each once. */
export function checksThatAre(
  outcome: Finding['outcome'],
  findings: readonly Finding[],
): readonly Check[] {
  const found = findings.filter((finding) => finding.outcome === outcome);
  return [...new Set(found.map(({ check }) => check))];
}

/**
 * A wire that changes the answer of one path; all others pass.
 *
 * @param path the end of the path
 * @param change makes the other answer
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

/** A JSON answer. */
export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}
