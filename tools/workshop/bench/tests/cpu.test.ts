import { expect, test } from 'vitest';
import { cpuOf, groupOf, memoryOf } from '@/tools/workshop/bench/cpu';

/** A line as in proc_pid_stat(5), of a program whose name contains a space and a bracket. */
const STAT =
  '4242 (next (v16) server) S 1 4240 4240 0 -1 4194304 900 0 3 0 120 30 7 2 20 0 11 0 55 1 2 3';

test('the process group is found whatever the name of the program contains', () => {
  expect(groupOf(STAT)).toBe(4240);
});

test('processor time is user and system time, including ended children, in milliseconds', () => {
  expect(cpuOf(STAT)).toBe((120 + 30 + 7 + 2) * 10);
});

test('memory is the resident memory in bytes, and 0 for a process that has ended', () => {
  expect(memoryOf('Name:\tnode\nVmHWM:\t  900 kB\nVmRSS:\t  512 kB\n')).toBe(512 * 1024);
  expect(memoryOf('Name:\tnode\nState:\tZ (zombie)\n')).toBe(0);
});
