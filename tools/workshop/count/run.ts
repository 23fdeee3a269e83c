/**
 * `npm run --prefix tools/workshop count`: prints how much code there is to read and maintain, and the limits. A line
 * of code is a line of a `.ts` file that is neither empty nor only a comment. The reading path is the middleware, the
 * four routes, and `lib/cognito` without its appendices (`config`, `responses`, `packing`, `logging`, `previews`)
 * and without `account`, which has a figure of its own.
 */
import { figures } from './figures';

const all = figures();
for (const { what, value, where, most } of all) {
  const limit = most === undefined ? '' : `, at most ${most}`;
  const over = most !== undefined && value > most;
  console.log(
    `${over ? '✗' : ' '} ${String(value).padStart(6)}  ${what}${limit}${where ? `: ${where}` : ''}`,
  );
}
const over = all.filter(({ value, most }) => most !== undefined && value > most).length;
console.log(`\n${all.length} figures, ${over} over their limits`);
process.exitCode = over > 0 ? 1 : 0;
