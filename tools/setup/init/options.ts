import { parseArgs } from 'node:util';
import { whyNotName } from './name';

/** How much of the template to keep. */
export type Keep = 'everything' | 'no-demo' | 'lean';

/** The parsed command line. */
export type Options =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'init';
      readonly name: string | undefined;
      readonly yes: boolean;
      /** Undefined if no option says it. */
      readonly keep: Keep | undefined;
    };

/** The output of `npm run init -- --help`. */
export const HELP = `npm run init [-- options]

Makes this project yours: renames it, and creates .env.local with a SESSION_SECRET. It never replaces
an existing SESSION_SECRET, and running it again changes nothing. You can make each choice later.

  --name my-app    the project's name; otherwise you are asked for it
  --remove-demo    also remove the demo; requires that all changes are committed
  --lean           also remove the demo, the workshop, and the tests and documents of code that you don't
                   edit; requires that all changes are committed
  --yes            ask no questions: use the name of the folder, unless the project already has its own
                   name, and keep everything
  --help           show this help`;

/**
 * Reads the command line.
 *
 * @param args after the script's own name
 */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        name: { type: 'string' },
        'remove-demo': { type: 'boolean', default: false },
        lean: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const { name, yes, help, lean, 'remove-demo': removeDemo } = values;
    if (help) return { kind: 'help' };
    const problem = name === undefined ? undefined : whyNotName(name);
    if (problem !== undefined) return { kind: 'wrong', message: problem };
    const keep = lean ? 'lean' : removeDemo ? 'no-demo' : undefined;
    return { kind: 'init', name, yes, keep };
  } catch (error) {
    const [problem] = error instanceof Error ? error.message.split('. ') : [];
    return { kind: 'wrong', message: `${problem ?? 'Invalid options'}.` };
  }
}
