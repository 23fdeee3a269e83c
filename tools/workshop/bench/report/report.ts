import type { App } from '../apps';
import { bytesTable } from './bytes-table';
import { cpuTable, overTable } from './cpu-tables';
import { neverSeenTable } from './never-seen-table';
import type { Results } from './results';
import { serverTable } from './server-table';
import { staticTable } from './static-table';
import { viewsTable } from './views-table';
import { latencyTable } from './wait-table';

/**
 * All tables, with their headings.
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

Figures are medians over the rounds. In brackets: the interquartile range, which is how much the rounds differ.

### Processor time of the server per request, as a ratio to the bare app's open page

${cpuTable(results, apps)}

\\* Only a redirect to the library's own sign-in route; the second request, which does the work, is not included.

The other libraries cache no session: for them, each one is like a session never seen before.

### What sign-in adds: ratio to B, or to the site without sign-in

${overTable(results, apps)}

### A session never seen before, and one seen before

Ratios of processor time in the same round, also to the cheapest private page of the other libraries.

${neverSeenTable(results, apps)}

### What each app checks on a view of the private page

${checks(apps)}

### Processor seconds per 1,000 page views

${viewsTable(results, apps)}

The other libraries have no figures for refreshes and sign-ins, which would need a service of their own or a guide's code.

### A page that a CDN can keep

${staticTable(results, apps)}

### Latency and throughput of the private page: ratio to B, or to the site without sign-in

${latencyTable(results, apps)}

### Bytes

${bytesTable(results, apps)}

### Start time, and memory after ${after} requests

Resident memory in MB, and how much the second half of the requests added.

${serverTable(results, apps)}`;
}

/**
 * What each app checks when it serves a signed-in user.
 *
 * @param apps in the order of the list
 */
export function checks(apps: readonly App[]): string {
  return apps.map(({ title, verifies }) => `- ${title}: ${verifies}.`).join('\n');
}
