import { describe, expect, test } from 'vitest';
import { APPS, appsFor } from '@/tools/workshop/bench/apps';
import type { Kind } from '@/tools/workshop/bench/cells';
import type { Sample } from '@/tools/workshop/bench/measure';
import { cpuTable, overTable, spreadTable } from '@/tools/workshop/bench/report/cpu-tables';
import { fullReport } from '@/tools/workshop/bench/report/report';
import type { Results } from '@/tools/workshop/bench/report/results';
import { serverTable } from '@/tools/workshop/bench/report/server-table';
import { latencyTable } from '@/tools/workshop/bench/report/wait-table';

/** One sample per round, with the given processor times in milliseconds. */
function taken(app: string, kind: Kind, cpu: readonly number[], latency = 10): Sample[] {
  return cpu.map((each, index) => ({
    app,
    kind,
    round: index + 1,
    requests: 100,
    cpu: each,
    wall: latency * 100,
    latencies: [latency, latency, latency * 3],
  }));
}

const weights = { cookies: 1, largestCookie: 3963, setCookie: 0, script: 150_000 };
const RESULTS: Results = {
  date: '2026-01-02',
  machine: {
    processor: 'A Processor',
    processors: 2,
    memory: 8,
    system: 'Linux 6',
    versions: { node: '22.0.0', next: '16.0.0' },
  },
  options: {
    rounds: 3,
    requests: 100,
    memory: 1000,
    starts: 1,
    only: [],
    quick: false,
    built: false,
  },
  apps: ['bare', 'empty', 'ours', 'next-auth'],
  weights: {
    bare: { ...weights, cookie: 4000, middleware: 0 },
    empty: { ...weights, cookie: 4000, middleware: 53_000 },
    ours: { ...weights, cookie: 4000, middleware: 66_000 },
    'next-auth': { ...weights, cookie: 6000, middleware: 105_800, largestCookie: 4097 },
  },
  samples: [
    // The second round was slow for all apps, so its ratios are like those of the other rounds.
    ...taken('bare', 'openOut', [4, 8, 4]),
    ...taken('empty', 'me', [6, 12, 6]),
    ...taken('ours', 'me', [6, 12, 9]),
    ...taken('ours', 'meNew', [9, 18, 9]),
    ...taken('next-auth', 'meOut', [2, 4, 2]),
    ...taken('empty', 'me64', [4, 8, 4], 10),
    ...taken('ours', 'me64', [6, 12, 6], 20),
  ],
  starts: [
    { app: 'ours', milliseconds: 900.4 },
    { app: 'ours', milliseconds: 700 },
    { app: 'ours', milliseconds: 800.2 },
  ],
  memory: [
    {
      app: 'ours',
      sessions: 'one',
      points: [
        { requests: 500, bytes: 200e6 },
        { requests: 1000, bytes: 203e6 },
      ],
    },
    {
      app: 'ours',
      sessions: 'distinct',
      points: [
        { requests: 500, bytes: 240e6 },
        { requests: 1000, bytes: 230e6 },
      ],
    },
  ],
};
const apps = APPS.filter(({ name }) => RESULTS.apps.includes(name));
const row = (text: string, start: string) =>
  text.split('\n').find((line) => line.startsWith(`| ${start}`));

describe('processor time', () => {
  test('is a ratio to the bare app in the same round, the median of the rounds', () => {
    expect(row(cpuTable(RESULTS, apps), '**this project**')).toBe(
      '| **this project** | - | - | 1.50 | 2.25 | - |',
    );
    expect(row(cpuTable(RESULTS, apps), 'bare')).toContain('| 1.00 |');
  });

  test('of a response that only redirects is marked', () => {
    expect(row(cpuTable(RESULTS, apps), 'next-auth')).toBe(
      '| next-auth | - | - | - | - | 0.50 * |',
    );
  });

  test('that sign-in adds is a ratio to B, also for a session never seen before', () => {
    const text = overTable(RESULTS, apps);
    expect(row(text, '**this project**')).toBe('| **this project** | - | - | 1.00 | 1.50 | - |');
    expect(row(text, 'bare')).toBeUndefined();
  });

  test('is shown with milliseconds, ratio, lower quartile, minimum, spread, and ratio to B', () => {
    const text = spreadTable(RESULTS, apps);
    expect(row(text, 'ours: private page, signed in')).toBe(
      '| ours: private page, signed in | 9.00 | 1.50 | 1.50 | 1.50 | 0.38 | 1.00 | 1.00 |',
    );
    // A session never seen before is compared with B's page, which ignores sessions.
    expect(row(text, 'ours: private page, a session')).toContain('| 1.50 | 1.50 |');
  });
});

test('latency is taken over all requests, throughput per round', () => {
  expect(row(latencyTable(RESULTS, apps), '**this project**')).toBe(
    '| **this project** | - | - | 1.00 | 1.00 | 2.00 | 2.00 | 0.50 |',
  );
});

test('start time is the median of the starts, and memory shows what the second half added', () => {
  expect(row(serverTable(RESULTS, apps), '**this project**')).toBe(
    '| **this project** | 800 ms | 203 (+3) | 230 (−10) |',
  );
});

test('the full report names the date, the machine, the versions, and a cookie that browsers drop', () => {
  const text = fullReport(RESULTS, apps);
  for (const part of ['2026-01-02', '2 × A Processor', 'next 16.0.0', '3 rounds, 100 requests']) {
    expect(text).toContain(part);
  }
  expect(text).toContain('4,097 B (a browser drops it)');
  // The report says what every app of the run checks.
  for (const { verifies } of apps) expect(text).toContain(verifies);
});

describe('the apps of a run', () => {
  const names = (only: string[]) => appsFor(only).map(({ name }) => name);

  test('are all apps, or the chosen ones and the apps that they are compared with', () => {
    expect(names([])).toEqual(APPS.map(({ name }) => name));
    expect(names(['ours'])).toEqual(['bare', 'empty', 'ours']);
    expect(names(['site'])).toEqual(['bare', 'empty', 'site-bare', 'site']);
  });
});
