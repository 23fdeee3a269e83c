/** What a page does with the answers of this site's API. The browser's globals are stand-ins. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchJson } from '@/lib/fetch-json';

let answers: (Response | Error)[];
let asked: number;
let visited: string[];
const tab = { hidden: false };

beforeEach(() => {
  vi.useFakeTimers();
  const kept = new Map<string, string>();
  [answers, asked, visited, tab.hidden] = [[], 0, [], false];
  vi.stubGlobal('fetch', async () => {
    asked += 1;
    const answer = answers.shift() ?? new Error('offline');
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const assign = (url: string) => visited.push(url);
  vi.stubGlobal('location', { pathname: '/notes', search: '?part=2', assign });
  vi.stubGlobal('document', tab);
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const json = (status: number, body: object, headers = {}) =>
  Response.json(body, { status, headers });
const signedOut = () => json(401, { error: 'unauthorized' });
const away = (seconds: number) => json(503, {}, { 'Retry-After': String(seconds) });

test('a success is the JSON', async () => {
  answers = [json(200, { a: 1 })];
  expect(await fetchJson('/api/x')).toEqual({ ok: true, data: { a: 1 } });
});

test('a user who is signed out goes to sign in, and comes back to this page', async () => {
  answers = [signedOut()];
  expect(await fetchJson('/api/x')).toMatchObject({ ok: false, status: 401 });
  expect(visited).toEqual(['/login?returnTo=%2Fnotes%3Fpart%3D2']);
});

test('a user whose sign-in is too old signs in again', async () => {
  answers = [json(401, { error: 'insufficient_user_authentication', max_age: 300 })];
  await fetchJson('/api/x');
  expect(visited).toEqual(['/login?returnTo=%2Fnotes%3Fpart%3D2&max_age=300']);
});

test('a 401 that a sign-in does not change is no loop', async () => {
  answers = [signedOut(), signedOut(), signedOut()];
  await fetchJson('/api/x');
  expect(await fetchJson('/api/x')).toMatchObject({ message: 'Sign in to continue.' });
  expect(visited).toHaveLength(1);
  vi.advanceTimersByTime(30_000);
  await fetchJson('/api/x');
  expect(visited).toHaveLength(2);
});

test('polling and hidden tabs never leave the page', async () => {
  answers = [signedOut(), signedOut()];
  await fetchJson('/api/x', { stay: true });
  tab.hidden = true;
  await fetchJson('/api/x');
  expect(visited).toEqual([]);
});

test('a session that another instance has just refreshed is tried again first', async () => {
  answers = [json(401, {}, { 'Retry-After': '1' }), json(200, {})];
  const result = fetchJson('/api/x', { method: 'POST' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(await result).toMatchObject({ ok: true });
  expect(visited).toEqual([]);
});

test('an outage is waited for once, and then the user learns when to try again', async () => {
  answers = [away(5), away(5), away(5)];
  const result = fetchJson('/api/x');
  await vi.advanceTimersByTimeAsync(4999);
  expect(asked).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await result).toMatchObject({
    status: 503,
    message: expect.stringContaining('5 seconds'),
  });
  expect(asked).toBe(2);
});

test('a long outage is not waited for', async () => {
  answers = [away(600)];
  expect(await fetchJson('/api/x')).toMatchObject({ status: 503 });
});

test('an abort ends the wait', async () => {
  answers = [away(5)];
  const controller = new AbortController();
  const result = fetchJson('/api/x', { signal: controller.signal });
  const failed = expect(result).rejects.toThrow('gone');
  await vi.advanceTimersByTimeAsync(10);
  controller.abort(new Error('gone'));
  await failed;
  expect(asked).toBe(1);
});

test('a 403 and a network error are sentences, and a form’s errors stay', async () => {
  answers = [json(403, {}), json(422, { title: 'Too long' })];
  expect(await fetchJson('/api/x')).toMatchObject({ message: expect.stringContaining('access') });
  expect(await fetchJson('/api/x')).toMatchObject({ status: 422, data: { title: 'Too long' } });
  expect(await fetchJson('/api/x')).toMatchObject({ status: 0 });
});
