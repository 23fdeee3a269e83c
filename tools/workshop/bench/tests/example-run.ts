import type { Kind } from '@/tools/workshop/bench/cells';
import type { Sample } from '@/tools/workshop/bench/measure';
import type { Results } from '@/tools/workshop/bench/report/results';

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
/** The results of a small run. */
export const RESULTS: Results = {
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
      setCookies: 0,
      headers: 900,
      body: 20_000,
    },
    onRequest: {
      cacheControl: 'private, no-store',
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
