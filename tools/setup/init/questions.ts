import { createInterface } from 'node:readline/promises';
import { whyNotName } from './name';

/** The choices to make. */
export interface Answers {
  readonly name: string;
  readonly removeDemo: boolean;
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
      removeDemo: known.removeDemo ?? (await askYes(question, 'Remove the demo? [y/N] ')),
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

async function askYes(question: Question, text: string): Promise<boolean> {
  return /^y(es)?$/i.test((await question(text)).trim());
}
