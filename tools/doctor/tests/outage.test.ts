import { expect, test } from 'vitest';
import { startLocalPool } from '@/lib/local-pool/src/testing';
import type { Patient } from '@/tools/doctor/doctor';
import { checksThatAre, examineSite } from './support';

/** Timers that a test controls. */
function heldTimers() {
  const held: { milliseconds: number; controller: AbortController }[] = [];
  const endAfter = (milliseconds: number) => {
    const controller = new AbortController();
    held.push({ milliseconds, controller });
    return controller.signal;
  };
  return {
    asked: () => held.map(({ milliseconds }) => milliseconds),
    endAfter,
    /** Lets this much time pass: fires every timer that is due. */
    pass(milliseconds: number) {
      for (const timer of held) {
        if (timer.milliseconds > milliseconds) continue;
        timer.controller.abort(new DOMException('timed out', 'TimeoutError'));
      }
    },
  };
}

/** A network without any response. */
const dead: Patient['fetch'] = (_, init) =>
  new Promise((_resolve, reject) => {
    const signal = init?.signal;
    const end = () => reject(signal?.reason);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end);
  });

test('without a response, it ends in under three seconds and does not guess', async () => {
  const pool = await startLocalPool();
  const timers = heldTimers();
  const examination = examineSite(pool, {}, { fetch: dead, endAfter: timers.endAfter });
  await Promise.resolve();
  expect(Math.max(...timers.asked())).toBeLessThan(3000);
  timers.pass(2999);
  const findings = await examination;
  await pool.close();
  expect(checksThatAre('wrong', findings)).toEqual([]);
  expect(checksThatAre('ok', findings)).toEqual([
    'settings',
    'node',
    'session-secret',
    'addresses',
    // Of the settings alone.
    'account-scope',
  ]);
  expect(checksThatAre('unknown', findings)).toHaveLength(14);
});

test('it does not guess when no host is found, because a wrong region looks the same', async () => {
  const pool = await startLocalPool();
  const fetch = async () => {
    const cause = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    throw new TypeError('fetch failed', { cause });
  };
  const findings = await examineSite(pool, {}, { fetch });
  await pool.close();
  expect(checksThatAre('wrong', findings)).toEqual([]);
  expect(JSON.stringify(findings)).toContain('offline, or COGNITO_REGION is not an AWS region');
});

test('while no endpoint of the app client works, nothing is reported as wrong', async () => {
  const pool = await startLocalPool();
  for (const path of ['/oauth2/authorize', '/oauth2/token', '/oauth2/revoke', '/logout']) {
    pool.fault(path, { status: 503 });
  }
  const findings = await examineSite(pool);
  await pool.close();
  expect(checksThatAre('wrong', findings)).toEqual([]);
  expect(checksThatAre('ok', findings)).toContain('user-pool');
});
