/**
 * `npm run --prefix tools/workshop count`: how much there is to read and to keep, and what it may be. A
 * line of code is one of a `.ts` file that is neither empty nor comment alone, for functions too. The reading path is the middleware, `lib/cognito` without its appendices
 * (`config`, `responses`, `packing`, `logging`, `previews`), and the four routes.
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
