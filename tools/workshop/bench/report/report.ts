import type { App } from '../apps';
import { bytesTable } from './bytes-table';
import { cpuTable, overTable, spreadTable } from './cpu-tables';
import type { Results } from './results';
import { serverTable } from './server-table';
import { table } from './table';
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

### Processor time of the server per request, as a ratio to the bare app's open page

${cpuTable(results, apps)}

\\* Only a redirect to the library's own sign-in route; the second request, which does the work, is not included.

### What sign-in adds: ratio to B, or to the site without sign-in

${overTable(results, apps)}

### What each app checks

${checksTable(apps)}

### Latency and throughput of the private page: ratio to B, or to the site without sign-in

${latencyTable(results, apps)}

### Bytes

${bytesTable(results, apps)}

### Start time, and memory after ${after} requests

Resident memory in MB, and how much the second half of the requests added.

${serverTable(results, apps)}

### The rounds

Medians, and how much the rounds differ: the spread is the interquartile range.

${spreadTable(results, apps)}`;
}

/**
 * What each app checks when it serves a signed-in user.
 *
 * @param apps in the order of the rows
 */
export function checksTable(apps: readonly App[]): string {
  return table(
    ['', 'checks on a view of the private page'],
    apps.map(({ title, verifies }) => [title, verifies]),
    'texts',
  );
}
