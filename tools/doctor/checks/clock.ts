import { type Finding, ok, unknown, wrong } from '../finding';
import type { Answer } from '../probe';

/** In seconds; a smaller difference is harmless. */
const TOLERANCE = 60;

/**
 * Checks that this machine's clock agrees with the user pool's. If it is behind, tokens are "not yet
 * valid" here; if it is ahead, they expire too soon.
 *
 * @param answers responses, with the `Date` header of their servers (RFC 9110, section 6.6.1)
 */
export function clock(answers: readonly Answer[]): Finding {
  const skews = answers.flatMap((answer) => {
    if (answer.kind === 'silence') return [];
    const theirs = Date.parse(answer.headers.get('date') ?? '') / 1000;
    return Number.isNaN(theirs) ? [] : [answer.at - theirs];
  });
  const [least] = skews.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  if (least === undefined)
    return unknown('clock', 'no response from the user pool has a Date header');
  const seconds = Math.round(Math.abs(least));
  if (seconds <= TOLERANCE) return ok('clock', `within ${TOLERANCE} s of the user pool's`);
  return wrong('clock', {
    problem: `This machine's clock is ${least > 0 ? 'ahead of' : 'behind'} the user pool's: tokens ${least > 0 ? 'expire too soon' : 'are rejected as not yet valid'}`,
    value: `${seconds} s`,
    fix: {
      here: 'Synchronize the system clock. Linux: sudo timedatectl set-ntp true; macOS: sudo sntp -sS time.apple.com; Windows: w32tm /resync. A container uses the clock of its host',
    },
  });
}
