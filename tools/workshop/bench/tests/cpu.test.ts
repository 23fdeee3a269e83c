import { expect, test } from 'vitest';
import { cpuOf, groupOf, memoryOf } from '@/tools/workshop/bench/cpu';

/** proc_pid_stat(5), of a program whose name has a space and a bracket. */
const STAT =
  '4242 (next (v16) server) S 1 4240 4240 0 -1 4194304 900 0 3 0 120 30 7 2 20 0 11 0 55 1 2 3';

test('the group of a process is found behind whatever name it has', () => {
  expect(groupOf(STAT)).toBe(4240);
});

test('processor time is that of the user and of the system, with ended children, in milliseconds', () => {
  expect(cpuOf(STAT)).toBe((120 + 30 + 7 + 2) * 10);
});

test('memory is what is resident, in bytes, and none for a process that has ended', () => {
  expect(memoryOf('Name:\tnode\nVmHWM:\t  900 kB\nVmRSS:\t  512 kB\n')).toBe(512 * 1024);
  expect(memoryOf('Name:\tnode\nState:\tZ (zombie)\n')).toBe(0);
});
