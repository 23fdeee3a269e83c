// `npm run migrate:proxy`: moves middleware.ts (Edge) to proxy.ts (Node), and updates every reference to
// it. Running it again changes nothing; `-- --back` undoes it.
// See docs/decisions/0001.
import { type Form, formOf, moveTo } from './proxy/form';
import { recordChoices, startOf } from './record';

const HELP = `npm run migrate:proxy [-- --back]

Moves middleware.ts (Edge runtime) to proxy.ts (Node.js runtime), and updates every reference to it.

  --back   move proxy.ts back to middleware.ts
  --help   show this help`;

process.exitCode = main(process.argv.slice(2));

/** @returns the exit code */
function main(args: readonly string[]): number {
  const [option] = args;
  if (option === '--help') {
    console.log(HELP);
    return 0;
  }
  if (args.length > 1 || (option !== undefined && option !== '--back')) {
    console.error(`Invalid options: ${args.join(' ')}. Nothing was changed.\n\n${HELP}`);
    return 2;
  }
  try {
    console.log(migrate(option === '--back' ? 'middleware' : 'proxy'));
    return 0;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error} Nothing was changed.`);
    return 1;
  }
}

/** @returns a message with the result and the next step */
function migrate(to: Form): string {
  const file = `${to}.ts`;
  if (formOf() === to) return `This project already uses ${file}. Nothing was changed.`;
  const start = startOf();
  const { length } = moveTo(to);
  recordChoices({ middleware: to }, start);
  const runtime = to === 'proxy' ? 'Node.js' : 'Edge';
  return `✓ ${file} now runs on the ${runtime} runtime; updated ${length} files that mention it. Next: \`npm test\`, then commit.`;
}
