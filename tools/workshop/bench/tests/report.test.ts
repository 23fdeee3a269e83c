import { describe, expect, test } from 'vitest';
import { APPS, appsFor } from '@/tools/workshop/bench/apps';
import type { Kind } from '@/tools/workshop/bench/cells';
import type { Sample } from '@/tools/workshop/bench/measure';
import { cpuTable, overTable } from '@/tools/workshop/bench/report/cpu-tables';
import { neverSeenTable } from '@/tools/workshop/bench/report/never-seen-table';
import { fullReport } from '@/tools/workshop/bench/report/report';
import type { Results } from '@/tools/workshop/bench/report/results';
import { serverTable } from '@/tools/workshop/bench/report/server-table';
import { staticTable } from '@/tools/workshop/bench/report/static-table';
import { viewsTable } from '@/tools/workshop/bench/report/views-table';
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
    scenarios: ['requests', 'instances', 'day'],
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
  pages: {
    listed: {
      cacheControl: 'public, s-maxage=300',
      vary: 'RSC',
      setCookies: 0,
      headers: 900,
      body: 20_000,
    },
    onRequest: {
      cacheControl: 'private, no-store',
      vary: '',
      setCookies: 0,
      headers: 950,
      body: 21_000,
    },
  },
  samples: [
    // The second round was slow for all apps, so its ratios are like those of the other rounds.
    ...taken('bare', 'openOut', [4, 8, 4]),
    ...taken('empty', 'me', [6, 12, 6]),
    ...taken('ours', 'me', [6, 12, 9]),
    ...taken('ours', 'meNew', [9, 18, 9]),
    ...taken('next-auth', 'me', [8, 16, 8]),
    ...taken('next-auth', 'meOut', [2, 4, 2]),
    ...taken('empty', 'openIn', [6, 6, 6]),
    ...taken('empty', 'instances', [5, 10, 5]),
    ...taken('ours', 'instances', [6, 12, 6]),
    ...taken('empty', 'day', [5, 5, 5]),
    ...taken('ours', 'day', [6, 6, 6]),
    ...taken('next-auth', 'day', [10, 10, 10]),
    ...taken('ours', 'refresh', [20, 20, 20]),
    ...taken('ours', 'signIn', [30, 30, 30]),
    ...taken('site', 'listed', [4, 4, 4]),
    ...taken('site', 'onRequest', [12, 13, 12]),
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
      '| **this project** | - | - | 1.50 (0.38) | 2.25 (0.00) | - |',
    );
    expect(row(cpuTable(RESULTS, apps), 'bare')).toContain('| 1.00 (0.00) |');
  });

  test('of a response that only redirects is marked', () => {
    expect(row(cpuTable(RESULTS, apps), 'next-auth')).toBe(
      '| next-auth | - | - | 2.00 (0.00) | - | 0.50 (0.00) * |',
    );
  });

  test('that sign-in adds is a ratio to B, also for a session never seen before', () => {
    const text = overTable(RESULTS, apps);
    expect(row(text, '**this project**')).toBe(
      '| **this project** | - | - | 1.00 (0.25) | 1.50 (0.00) |',
    );
    expect(row(text, 'bare')).toBeUndefined();
  });
});

test('a session never seen before is also compared with the cheapest page of the other libraries', () => {
  const text = neverSeenTable(RESULTS, apps);
  expect(row(text, '**this project**, never seen before, over **B**')).toContain('| 1.50 |');
  expect(row(text, '**this project**, never seen before, over next-auth')).toContain(
    '| 1.13 | 1.13 | 1.13 |',
  );
});

describe('processor seconds per 1,000 views', () => {
  const text = viewsTable(RESULTS, apps);

  test('include refreshes and sign-ins, and for B the same number of plain requests', () => {
    // 1,100 requests of 6 ms, 100 of 20 ms, and 3 1/3 of 30 ms.
    expect(row(text, '**this project**')).toBe(
      '| **this project** | 6.00 (3.00) | 1.20 (0.00) | 6.60 (0.00) | 1.20 (0.00) | 2.00 (0.00) | 0.10 (0.00) | 8.70 (0.00) | 1.42 (0.06) |',
    );
    expect(row(text, '**B**')).toContain('| 5.50 (0.00) | - | 0.60 (0.30) | 0.04 (0.00) |');
  });

  test('have no sum for a library without refreshes and sign-ins', () => {
    expect(row(text, 'next-auth')).toBe(
      '| next-auth | - | - | 11.00 (0.00) | 2.00 (0.00) | - | - | - | - |',
    );
  });
});

test('a static page is shown with its cost and what lets a CDN keep it', () => {
  const text = staticTable(RESULTS, APPS);
  expect(row(text, 'a listed')).toBe(
    '| a listed static page | 4.00 (0.00) | `public, s-maxage=300` | `RSC` | 0 | 900 B | 20,000 B |',
  );
  expect(row(text, 'the same')).toContain('| `private, no-store` | none | 0 |');
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

test('a run of one scenario reports only its own figures', () => {
  const options = { ...RESULTS.options, scenarios: ['day'], starts: 0, memory: 0 } as const;
  const headings = fullReport({ ...RESULTS, options }, apps).match(/^### .*$/gm);
  expect(headings).toEqual(['### Processor seconds per 1,000 page views']);
});

describe('the apps of a run', () => {
  const names = (only: string[]) => appsFor(only).map(({ name }) => name);

  test('are all apps, or the chosen ones and the apps that they are compared with', () => {
    expect(names([])).toEqual(APPS.map(({ name }) => name));
    expect(names(['ours'])).toEqual(['bare', 'empty', 'ours']);
    expect(names(['site'])).toEqual(['bare', 'empty', 'site-bare', 'site']);
  });
});
