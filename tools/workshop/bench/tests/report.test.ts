import { describe, expect, test } from 'vitest';
import { APPS, appsFor } from '@/tools/workshop/bench/apps';
import { cpuTable, overTable } from '@/tools/workshop/bench/report/cpu-tables';
import { measuredFor } from '@/tools/workshop/bench/report/measured';
import { neverSeenTable } from '@/tools/workshop/bench/report/never-seen-table';
import { fullReport } from '@/tools/workshop/bench/report/report';
import { serverTable } from '@/tools/workshop/bench/report/server-table';
import { staticTable } from '@/tools/workshop/bench/report/static-table';
import { viewsTable } from '@/tools/workshop/bench/report/views-table';
import { latencyTable } from '@/tools/workshop/bench/report/wait-table';
import { RESULTS } from './example-run';

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
    '| a listed static page | 4.00 (0.00) | `public, s-maxage=300` | 0 | 900 B | 20,000 B |',
  );
  expect(row(text, 'the same')).toContain('| `private, no-store` | 0 |');
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

test('the cost at scale gets the median of B, and of what sign-in adds in the same round', () => {
  expect(measuredFor(RESULTS)).toEqual({ b: 6, a: 0, f: 3, k: 4000 });
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
