import { type Finding, ok, unknown, wrong } from '../finding';
import type { Answer } from '../probe';

/** In seconds; within it nobody is harmed. */
const TOLERANCE = 60;

/**
 * Whether this machine's clock agrees with the user pool's: tokens of a clock that goes before are
 * "not yet valid" here, those of one that is behind are over too soon.
 *
 * @param answers with the `Date` of their servers (RFC 9110, section 6.6.1)
 */
export function clock(answers: readonly Answer[]): Finding {
  const skews = answers.flatMap((answer) => {
    if (answer.kind === 'silence') return [];
    const theirs = Date.parse(answer.headers.get('date') ?? '') / 1000;
    return Number.isNaN(theirs) ? [] : [answer.at - theirs];
  });
  const [least] = skews.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  if (least === undefined) return unknown('clock', 'no answer of the user pool has a date');
  const seconds = Math.round(Math.abs(least));
  if (seconds <= TOLERANCE) return ok('clock', `within ${TOLERANCE} s of the user pool's`);
  return wrong('clock', {
    problem: `This machine's clock is ${least > 0 ? 'ahead of' : 'behind'} the user pool's: tokens are refused as ${least > 0 ? 'expired too soon' : 'not yet valid'}`,
    value: `${seconds} s`,
    fix: {
      here: 'Let the system set its clock. Linux: sudo timedatectl set-ntp true; macOS: sudo sntp -sS time.apple.com; Windows: w32tm /resync; a container has the clock of its host',
    },
  });
}
