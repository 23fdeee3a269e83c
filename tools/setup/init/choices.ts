import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { whyNotName } from './rename';

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

/** The choices to make. */
export interface Answers {
  readonly name: string;
  readonly keep: Keep;
}

/** The user pressed Ctrl-C or Ctrl-D instead of answering. */
export class Stopped extends Error {}

/**
 * Asks in a terminal for the choices that the command line doesn't make.
 *
 * @param known the choices that need no question
 * @param offer the name to use if the answer is empty
 * @param terminal where to ask
 * @returns the answers, with a valid name
 * @throws Stopped
 */
export async function ask(
  known: Partial<Answers>,
  offer: string,
  terminal: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream },
): Promise<Answers> {
  const lines = createInterface(terminal);
  const stop = new AbortController();
  // Nothing has been changed yet, so it is safe to stop. `close` means that the input has ended.
  lines.once('SIGINT', () => stop.abort());
  lines.once('close', () => stop.abort());
  const question = (text: string) => lines.question(text, { signal: stop.signal });
  try {
    return {
      name: known.name ?? (await askName(question, offer, terminal.output)),
      keep: known.keep ?? (await askKeep(question, terminal.output)),
    };
  } catch (error) {
    throw stop.signal.aborted ? new Stopped() : error;
  } finally {
    lines.close();
  }
}

type Question = (text: string) => Promise<string>;

async function askName(
  question: Question,
  offer: string,
  output: NodeJS.WritableStream,
): Promise<string> {
  while (true) {
    const name = (await question(`Project name [${offer}] `)).trim() || offer;
    const problem = whyNotName(name);
    if (problem === undefined) return name;
    output.write(`${problem}\n`);
  }
}

async function askKeep(question: Question, output: NodeJS.WritableStream): Promise<Keep> {
  output.write(`What do you want to keep? You can remove more later.
  1  everything
  2  without the demo: the pages that present the template
  3  lean: also without the workshop, and without the tests and documents of code that you don't edit
`);
  while (true) {
    const keep = KEEP.get((await question('[1] ')).trim() || '1');
    if (keep !== undefined) return keep;
    output.write('Enter 1, 2 or 3.\n');
  }
}

const KEEP: ReadonlyMap<string, Keep> = new Map([
  ['1', 'everything'],
  ['2', 'no-demo'],
  ['3', 'lean'],
]);

/** What `npm run init` has changed. */
export interface Done {
  readonly name: string;
  readonly renamed: boolean;
  readonly demo: boolean;
  readonly lean: boolean;
}

/**
 * The command that commits the changes, with a message that names the choices.
 *
 * @param done what has changed
 * @returns undefined if nothing has changed that git tracks
 */
export function commitOf({ name, renamed, demo, lean }: Done): string | undefined {
  if (!(renamed || demo || lean)) return undefined;
  return `git add -A && git commit -m "${subjectOf(name, renamed, lean, demo)}"`;
}

function subjectOf(name: string, renamed: boolean, lean: boolean, demo: boolean): string {
  if (renamed && lean) return `Begin ${name}, lean`;
  if (renamed) return demo ? `Begin ${name} without the demo` : `Begin ${name}`;
  return lean ? 'Keep only what the site needs' : 'Remove the demo';
}
