import { expect, test } from 'vitest';
import { startLocalPool } from '@/lib/local-pool/src/testing';
import type { Patient } from '@/tools/doctor/doctor';
import { checksThatAre, examineSite } from './support';

/** Timers that a test lets go off, in the order of their time. */
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
    /** Ends everything that has waited for this long. */
    pass(milliseconds: number) {
      for (const timer of held) {
        if (timer.milliseconds > milliseconds) continue;
        timer.controller.abort(new DOMException('over', 'TimeoutError'));
      }
    },
  };
}

/** A network where nobody answers. */
const dead: Patient['fetch'] = (_, init) =>
  new Promise((_resolve, reject) => {
    const signal = init?.signal;
    const end = () => reject(signal?.reason);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end);
  });

test('a dead network ends after less than three seconds, and nothing is made up', async () => {
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
  ]);
  expect(checksThatAre('unknown', findings)).toHaveLength(13);
});

test('so does one where no name is found: a wrong region looks the same from here', async () => {
  const pool = await startLocalPool();
  const fetch = async () => {
    const cause = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    throw new TypeError('fetch failed', { cause });
  };
  const findings = await examineSite(pool, {}, { fetch });
  await pool.close();
  expect(checksThatAre('wrong', findings)).toEqual([]);
  expect(JSON.stringify(findings)).toContain('offline, or COGNITO_REGION is no region');
});

test('an app client that cannot be asked is not judged by what is left', async () => {
  const pool = await startLocalPool();
  for (const path of ['/oauth2/authorize', '/oauth2/token', '/oauth2/revoke', '/logout']) {
    pool.fault(path, { status: 503 });
  }
  const findings = await examineSite(pool);
  await pool.close();
  expect(checksThatAre('wrong', findings)).toEqual([]);
  expect(checksThatAre('ok', findings)).toContain('user-pool');
});
