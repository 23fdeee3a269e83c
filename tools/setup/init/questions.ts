import { createInterface } from 'node:readline/promises';
import { whyNotName } from './name';

/** What there is to decide. */
export interface Answers {
  readonly name: string;
  readonly removeDemo: boolean;
}

/** Somebody has pressed Ctrl-C or Ctrl-D instead of an answer. */
export class Stopped extends Error {}

/**
 * Asks in a terminal for what has not been said on the command line.
 *
 * @param known what need not be asked
 * @param offer the name that an empty answer means
 * @param terminal where to ask
 * @returns the answers, a good name among them
 * @throws Stopped
 */
export async function ask(
  known: Partial<Answers>,
  offer: string,
  terminal: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream },
): Promise<Answers> {
  const lines = createInterface(terminal);
  const stop = new AbortController();
  // Nothing is done yet. Closing ends a question for which there is no line any more.
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
    const name = (await question(`Name of the project [${offer}] `)).trim() || offer;
    const problem = whyNotName(name);
    if (problem === undefined) return name;
    output.write(`${problem}\n`);
  }
}

async function askYes(question: Question, text: string): Promise<boolean> {
  return /^y(es)?$/i.test((await question(text)).trim());
}
