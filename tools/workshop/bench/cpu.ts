import { readdirSync, readFileSync } from 'node:fs';

/** What a process group has used so far, as the kernel counts it. Linux only. */
export interface Usage {
  /** User and system time of all threads, including those of ended child processes, in milliseconds. */
  readonly cpu: number;
  /** Resident memory of all processes, in bytes; shared memory counts once per process. */
  readonly memory: number;
}

/** Milliseconds in a tick: on every architecture, programs see hundredths of a second (time(7), USER_HZ). */
const TICK = 10;

/**
 * Reads what a process group has used, from `/proc/<pid>/stat` and `status` of its members.
 *
 * @param group the ID of its leading process
 * @param except the ID of a process that doesn't count, such as a router in front of the measured processes
 * @throws Error if there is no such `/proc` or no such group
 */
export function usageOf(group: number, except?: number): Usage {
  let cpu = 0;
  let memory = 0;
  let found = false;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = read(`/proc/${pid}/stat`);
    if (stat === undefined || groupOf(stat) !== group) continue;
    found = true;
    if (Number(pid) === except) continue;
    cpu += cpuOf(stat);
    memory += memoryOf(read(`/proc/${pid}/status`) ?? '');
  }
  if (!found) throw new Error(`The process group ${group} has ended.`);
  return { cpu, memory };
}

/**
 * The process group in a line of `/proc/<pid>/stat` (proc_pid_stat(5), field 5).
 *
 * @param stat the line; the program's name in it may contain spaces and brackets
 */
export function groupOf(stat: string): number {
  return Number(fieldsOf(stat)[2]);
}

/**
 * User and system time in such a line, of the process and of its ended child processes (fields 14 to 17).
 *
 * @param stat the line
 * @returns milliseconds
 */
export function cpuOf(stat: string): number {
  return fieldsOf(stat)
    .slice(11, 15)
    .reduce((sum, ticks) => sum + Number(ticks) * TICK, 0);
}

/**
 * Resident memory in `/proc/<pid>/status`.
 *
 * @param status the whole file
 * @returns bytes; 0 for a process that has ended
 */
export function memoryOf(status: string): number {
  const [, kilobytes = '0'] = status.match(/^VmRSS:\s+(\d+) kB$/m) ?? [];
  return Number(kilobytes) * 1024;
}

/** The fields of the line from the third on. */
function fieldsOf(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** A process may end between being listed and being read. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
