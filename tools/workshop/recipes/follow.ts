import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Recipe, Step } from './document';

/**
 * Does what a recipe says, and nothing else.
 *
 * @param folder the repository
 * @param recipe from `recipesIn`
 * @param change replaces parts of a new file's text, such as the address of a service
 * @throws Error that names the step which can't be followed
 */
export function follow(
  folder: string,
  { title, steps }: Recipe,
  change = (text: string) => text,
): void {
  for (const step of steps) {
    const file = join(folder, step.path);
    const fault = doStep(file, step, change);
    if (fault !== undefined) throw new Error(`"${title}": ${step.path} ${fault}`);
  }
}

function doStep(file: string, step: Step, change: (text: string) => string): string | undefined {
  if (step.kind === 'file') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, change(step.text));
    return undefined;
  }
  if (!existsSync(file)) return 'does not exist.';
  let text = readFileSync(file, 'utf8');
  if (step.kind === 'add') text += `\n${step.text}`;
  else {
    for (const { before, after } of step.hunks) {
      const count = `\n${text}`.split(`\n${before}`).length - 1;
      if (count !== 1) return `contains this ${count} times instead of once:\n${before}`;
      text = `\n${text}`.replace(`\n${before}`, () => `\n${after}`).slice(1);
    }
  }
  writeFileSync(file, text);
  return undefined;
}
