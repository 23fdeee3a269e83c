import { parseArgs } from 'node:util';
import { whyNotName } from './name';

/** What the command line says. */
export type Options =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'init';
      readonly name: string | undefined;
      readonly yes: boolean;
      readonly removeDemo: boolean;
    };

/** What `npm run init -- --help` says. */
export const HELP = `npm run init: makes this project yours. It renames it, and writes .env.local with a
SESSION_SECRET, which it never replaces. A second time there is nothing to do.

  npm run init -- [options]

  --name my-app    the name; without it you are asked
  --remove-demo    takes the demo out as well, while nothing is uncommitted
  --yes            asks nothing: the folder's name as long as the project has none, and the demo stays
  --help           this`;

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
        yes: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const { name, yes, help, 'remove-demo': removeDemo } = values;
    if (help) return { kind: 'help' };
    const problem = name === undefined ? undefined : whyNotName(name);
    if (problem !== undefined) return { kind: 'wrong', message: problem };
    return { kind: 'init', name, yes, removeDemo };
  } catch (error) {
    const [problem] = error instanceof Error ? error.message.split('. ') : [];
    return { kind: 'wrong', message: `${problem ?? 'The command line cannot be read'}.` };
  }
}
