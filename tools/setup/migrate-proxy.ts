// `npm run migrate:proxy`: from middleware.ts on Edge to proxy.ts on Node, and everything that names the
// file. Changes nothing a second time; `-- --back` returns. docs/decisions/0001 says when to do it.
import { type Form, formOf } from './proxy/form';
import { moveTo } from './proxy/move';

const HELP = `npm run migrate:proxy [-- --back]

  moves middleware.ts (Edge) to proxy.ts (Node), with whatever names the file
  --back   returns to middleware.ts`;

process.exitCode = main(process.argv.slice(2));

/** @returns the exit code */
function main(args: readonly string[]): number {
  const [option] = args;
  if (option === '--help') {
    console.log(HELP);
    return 0;
  }
  if (args.length > 1 || (option !== undefined && option !== '--back')) {
    console.error(`Not known: ${args.join(' ')}. Nothing was changed.\n\n${HELP}`);
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

/** @returns what was done, and what to do next */
function migrate(to: Form): string {
  const file = `${to}.ts`;
  if (formOf() === to) return `${file} is there already: nothing to do.`;
  const { length } = moveTo(to);
  const where = to === 'proxy' ? 'Node' : 'Edge';
  return `✓ ${file} is there, on ${where}, and ${length} files name it. Next: \`npm test\`, then commit.`;
}
