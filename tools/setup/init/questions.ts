import { createInterface } from 'node:readline/promises';
import { whyNotName } from './name';
import type { Keep } from './options';

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
