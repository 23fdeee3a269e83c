import { stripVTControlCharacters } from 'node:util';

/** A step of `npm test`, as it reports itself. */
export interface Step {
  readonly name: string;
  readonly result: string;
  readonly seconds: number;
}

/**
 * The steps in the output of `npm test`, in the order in which they ended. Some run at the same time.
 *
 * @param output everything that it printed
 */
export function stepsOf(output: string): Step[] {
  const lines = stripVTControlCharacters(output).matchAll(/^[✓✗] (.+?): (.+), ([\d.]+) s$/gm);
  return [...lines].map(([, name = '', result = '', seconds]) => {
    return { name, result, seconds: Number(seconds) };
  });
}
