import type { App } from '../apps';
import { bytesTable } from './bytes-table';
import { cpuTable, overTable } from './cpu-tables';
import { neverSeenTable } from './never-seen-table';
import type { Results } from './results';
import { serverTable } from './server-table';
import { staticTable } from './static-table';
import { viewsTable } from './views-table';
import { latencyTable } from './wait-table';

/** A part of the report: its heading, and its text below. */
type Section = readonly [title: string, text: string];

/**
 * All tables of the scenarios that were run, with their headings.
 *
 * @param results of a run
 * @param apps in the order of the rows
 */
export function fullReport(results: Results, apps: readonly App[]): string {
  const { scenarios, starts, memory } = results.options;
  const requests = scenarios.includes('requests');
  const views = scenarios.some((scenario) => scenario !== 'requests');
  const sections = [
    ...(requests ? requestSections(results, apps) : []),
    ...(views ? [viewsSection(results, apps)] : []),
    ...(requests ? pageSections(results, apps) : []),
    ...(starts + memory > 0 ? [serverSection(results, apps)] : []),
  ];
  const texts = sections.map(([title, text]) => `### ${title}\n\n${text}`);
  return [introduction(results), ...texts].join('\n\n');
}

function introduction({ date, machine, options }: Results): string {
  const { processors, processor, memory, system } = machine;
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return `Measured on ${date}: ${processors} × ${processor}, ${memory} GB, ${system}. ${options.rounds} rounds, ${options.requests} requests for each figure and round, 8 at a time unless said otherwise.
${versions.join(', ')}.

Figures are medians over the rounds. In brackets: the interquartile range, which is how much the rounds differ.`;
}

function requestSections(results: Results, apps: readonly App[]): Section[] {
  return [
    [
      "Processor time of the server per request, as a ratio to the bare app's open page",
      `${cpuTable(results, apps)}

\\* Only a redirect to the library's own sign-in route; the second request, which does the work, is not included.

The other libraries cache no session: for them, each one is like a session never seen before.`,
    ],
    ['What sign-in adds: ratio to B, or to the site without sign-in', overTable(results, apps)],
    [
      'A session never seen before, and one seen before',
      `Ratios of processor time in the same round, also to the cheapest private page of the other libraries.

${neverSeenTable(results, apps)}`,
    ],
    ['What each app checks on a view of the private page', checks(apps)],
  ];
}

function viewsSection(results: Results, apps: readonly App[]): Section {
  return [
    'Processor seconds per 1,000 page views',
    `${viewsTable(results, apps)}

The libraries without figures for refreshes and sign-ins don't refresh in their middleware, or need a service on HTTPS.`,
  ];
}

function pageSections(results: Results, apps: readonly App[]): Section[] {
  return [
    ['A page that a CDN can keep', staticTable(results, apps)],
    [
      'Latency and throughput of the private page: ratio to B, or to the site without sign-in',
      latencyTable(results, apps),
    ],
    ['Bytes', bytesTable(results, apps)],
  ];
}

function serverSection(results: Results, apps: readonly App[]): Section {
  const after = results.options.memory.toLocaleString('en-US');
  return [
    `Start time, and memory after ${after} requests`,
    `Resident memory in MB, and how much the second half of the requests added.

${serverTable(results, apps)}`,
  ];
}

/**
 * What each app checks when it serves a signed-in user.
 *
 * @param apps in the order of the list
 */
export function checks(apps: readonly App[]): string {
  return apps.map(({ title, verifies }) => `- ${title}: ${verifies}.`).join('\n');
}
