import { type App, EMPTY } from './apps';
import { KINDS, type Kind, REFERENCE } from './cells';
import { quantile, type Summary, summarize } from './figures';
import { type CellName, latencyOf, type Results, ratiosTo, samplesOf } from './results';
import { table } from './table';

export type { Results } from './results';

const CPU_KINDS = ['openOut', 'openIn', 'me', 'meNew', 'meOut'] as const;
const NONE = '-';

/**
 * Processor time of every app and kind of request, as a ratio to the bare app's open page.
 *
 * @param results of a run
 * @param apps in the order of the rows
 * @returns a table in Markdown: medians over the rounds
 */
export function cpuTable(results: Results, apps: readonly App[]): string {
  return table(
    ['', ...CPU_KINDS.map((kind) => KINDS[kind])],
    apps.map((app) => [
      app.title,
      ...CPU_KINDS.map((kind) => {
        const ratio = cpuRatio(results, { app: app.name, kind }, REFERENCE);
        const bounce = kind === 'meOut' && app.bounces ? ' *' : '';
        return ratio === null ? NONE : `${two(ratio.median)}${bounce}`;
      }),
    ]),
  );
}

/**
 * The same with how far the rounds lie apart, and as a ratio to the same request of B, or of the app
 * that it is compared with. A session never seen before is compared with one that was.
 *
 * @param results of a run
 * @param apps in the order of the rows
 */
export function spreadTable(results: Results, apps: readonly App[]): string {
  const rows = apps.flatMap((app) =>
    CPU_KINDS.flatMap((kind) => {
      const cell = { app: app.name, kind };
      const ratio = cpuRatio(results, cell, REFERENCE);
      if (ratio === null) return [];
      const other = app.against ?? EMPTY;
      const over = cpuRatio(results, cell, { app: other, kind: kind === 'meNew' ? 'me' : kind });
      const milliseconds = quantile(
        samplesOf(results, cell).map(({ cpu }) => cpu),
        0.5,
      );
      const spread = ratio.upperQuartile - ratio.lowerQuartile;
      const figures = [ratio.median, ratio.lowerQuartile, ratio.min, spread].map(two);
      const overs = over === null ? [NONE, NONE] : [two(over.median), two(over.lowerQuartile)];
      return [[`${app.name}: ${KINDS[kind]}`, two(milliseconds), ...figures, ...overs]];
    }),
  );
  const quartile = 'lower quartile';
  return table(
    [
      '',
      'ms',
      'median',
      quartile,
      'minimum',
      'spread',
      'over B, or over the site without',
      quartile,
    ],
    rows,
  );
}

/**
 * How long a person waits for the private page, and how many a server can serve, against the bare app.
 *
 * @param results of a run
 * @param apps in the order of the rows
 */
export function latencyTable(results: Results, apps: readonly App[]): string {
  const kinds = ['me1', 'me', 'me64'] as const;
  return table(
    [
      '',
      ...['1', '8', '64'].flatMap((n) => [`p50, ${n} at a time`, `p99, ${n} at a time`]),
      'pages per second, 64 at a time',
    ],
    apps.map((app) => [
      app.title,
      ...kinds.flatMap((kind) => [0.5, 0.99].map((part) => latencyRatio(results, app, kind, part))),
      throughput(results, app),
    ]),
  );
}

/**
 * What is carried: cookies, middleware, scripts.
 *
 * @param results of a run
 * @param apps in the order of the rows
 */
export function bytesTable(results: Results, apps: readonly App[]): string {
  const empty = results.weights[EMPTY]?.middleware ?? 0;
  const bare = results.weights[REFERENCE.app]?.script ?? 0;
  return table(
    [
      '',
      '`Cookie` header, cookies',
      'largest cookie',
      '`Set-Cookie` of a signed-in view',
      'middleware over an empty one, gzip',
      'scripts over bare, gzip',
    ],
    apps.flatMap((app) => {
      const weights = results.weights[app.name];
      if (!weights) return [];
      const { cookie, cookies, largestCookie, setCookie, middleware, script } = weights;
      return [
        [
          app.title,
          `${bytes(cookie)}, ${cookies}`,
          `${bytes(largestCookie)}${largestCookie > 4096 ? ' (a browser drops it)' : ''}`,
          bytes(setCookie),
          middleware === 0 ? NONE : kilobytes(middleware - empty),
          kilobytes(script - bare),
        ],
      ];
    }),
  );
}

/**
 * Memory and cold start.
 *
 * @param results of a run
 * @param apps in the order of the rows
 */
export function serverTable(results: Results, apps: readonly App[]): string {
  return table(
    ['', 'start to first private page', 'memory, one session', 'memory, distinct sessions'],
    apps.map((app) => {
      const starts = results.starts
        .filter((start) => start.app === app.name)
        .map(({ milliseconds }) => milliseconds);
      return [
        app.title,
        starts.length === 0 ? NONE : `${Math.round(quantile(starts, 0.5))} ms`,
        memory(results, app.name, 'one'),
        memory(results, app.name, 'distinct'),
      ];
    }),
  );
}

/**
 * What each app checks while it serves a signed-in person.
 *
 * @param apps in the order of the rows
 */
export function checksTable(apps: readonly App[]): string {
  return table(
    ['', 'checks on a view of the private page'],
    apps.map(({ title, verifies }) => [title, verifies]),
  );
}

/**
 * All tables, with what they are of.
 *
 * @param results of a run
 * @param apps in the order of the rows
 */
export function fullReport(results: Results, apps: readonly App[]): string {
  const { options, machine } = results;
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  const after = options.memory.toLocaleString('en-US');
  return `Measured on ${results.date}: ${machine.processors} × ${machine.processor}, ${machine.memory} GB, ${machine.system}. ${options.rounds} rounds, ${options.requests} requests for each figure and round, 8 at a time unless said otherwise.
${versions.join(', ')}.

### Processor time of the server for a request, over the bare app's open page

${cpuTable(results, apps)}

\\* Only a redirect to the library's own sign-in route; the second request, which does the work, is not in it.

### What each checks for it

${checksTable(apps)}

### Waiting and throughput of the private page, over the bare app's

${latencyTable(results, apps)}

### Bytes

${bytesTable(results, apps)}

### Start, and memory after ${after} requests

Resident memory in MB, and what the second half of the requests added.

${serverTable(results, apps)}

### The rounds

Medians, and how far the rounds lie apart: the spread is that of the middle half.

${spreadTable(results, apps)}`;
}

function cpuRatio(results: Results, cell: CellName, reference: CellName): Summary | null {
  const all = ratiosTo(results, cell, reference, ({ cpu }) => cpu);
  return all === null ? null : summarize(all);
}

function latencyRatio(results: Results, app: App, kind: Kind, part: number): string {
  const own = latencyOf(results, { app: app.name, kind }, part);
  const bare = latencyOf(results, { app: REFERENCE.app, kind }, part);
  return own === null || bare === null ? NONE : two(own / bare);
}

function throughput(results: Results, app: App): string {
  const cell = { app: app.name, kind: 'me64' } as const;
  const all = ratiosTo(results, cell, { ...cell, app: REFERENCE.app }, (s) => s.requests / s.wall);
  return all === null ? NONE : two(quantile(all, 0.5));
}

function memory({ memory: curves }: Results, app: string, sessions: 'one' | 'distinct'): string {
  const points = curves.find((curve) => curve.app === app && curve.sessions === sessions)?.points;
  const last = points?.at(-1);
  const half = points?.[Math.floor((points.length - 1) / 2)];
  if (!last || !half) return NONE;
  const growth = megabytes(last.bytes - half.bytes);
  return `${megabytes(last.bytes)} (${growth < 0 ? '−' : '+'}${Math.abs(growth)})`;
}

function two(value: number): string {
  return value.toFixed(2);
}

function bytes(count: number): string {
  return `${count.toLocaleString('en-US')} B`;
}

/** Signed, because it is a difference. */
function kilobytes(count: number): string {
  const text = (Math.abs(count) / 1000).toFixed(1);
  if (Number(text) === 0) return '0';
  return `${count < 0 ? '−' : '+'}${text} kB`;
}

function megabytes(count: number): number {
  return Math.round(count / 1e6);
}
