/** Parses the Dockerfile: its stages, and the files that .dockerignore lets into them. */
import { readFileSync } from 'node:fs';
import { DockerfileParser } from 'dockerfile-ast';

export interface Step {
  /** In upper case: `COPY`, `RUN`. */
  readonly keyword: string;
  /** Everything after the keyword and its flags, lines joined. */
  readonly text: string;
  /** The same, word by word. */
  readonly words: readonly string[];
  /** `--from=build` is `from` and `build`. */
  readonly flags: ReadonlyMap<string, string>;
}

export interface Stage {
  readonly name: string;
  /** An image, or the name of a stage above. */
  readonly from: string;
  readonly steps: readonly Step[];
}

/** The stages of the Dockerfile, in order; `ARG`s before the first stage are substituted. */
export function readStages(): Stage[] {
  const file = DockerfileParser.parse(readFileSync('Dockerfile', 'utf8'));
  const stages: { name: string; from: string; steps: Step[] }[] = [];
  const outside = new Map<string, string>();
  for (const instruction of file.getInstructions()) {
    const step = readStep(instruction);
    const [first = '', , name = ''] = step.words;
    const [key = '', value = ''] = first.split('=');
    const from = first.replace(/\$\{(\w+)\}/g, (_, arg: string) => outside.get(arg) ?? '');
    if (step.keyword === 'FROM') stages.push({ name, from, steps: [] });
    else if (stages.length > 0) stages.at(-1)?.steps.push(step);
    else outside.set(key, value);
  }
  return stages;
}

/** The stage of this name. */
export function stageOf(name: string): Stage {
  const stage = readStages().find((one) => one.name === name);
  if (!stage) throw new Error(`The Dockerfile has no stage ${name}`);
  return stage;
}

/** The last step of this kind in a stage, which is the one that takes effect. */
export function lastStep(stage: Stage, keyword: string): Step {
  const step = stage.steps.findLast((one) => one.keyword === keyword);
  if (!step) throw new Error(`The stage ${stage.name} has no ${keyword}`);
  return step;
}

/** The command of `CMD` or `HEALTHCHECK … CMD` in exec form. */
export function commandOf(step: Step): string[] {
  const command: unknown = JSON.parse(step.text.slice(step.text.indexOf('[')));
  if (!Array.isArray(command)) throw new Error(`Not a list: ${step.text}`);
  return command.map(String);
}

/** The variables that a stage sets; their values must not contain spaces. */
export function environmentOf(stage: Stage): Record<string, string> {
  const pairs = stage.steps
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ words }) => words.map((word) => word.split(/=(.*)/s)));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}

/** The lines of .dockerignore without empty lines and comments. */
export function ignoreLines(): string[] {
  const lines = readFileSync('.dockerignore', 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

/**
 * Whether a file of the repository is sent to the engine. Supports only the form of our .dockerignore: everything is
 * ignored, except the listed files and folders.
 *
 * @param path from the repository's root, with slashes
 */
export function isLetIn(path: string): boolean {
  const [everything, ...rules] = ignoreLines();
  const plain = rules.every((rule) => /^!?[\w./-]+$/.test(rule));
  if (everything !== '*' || !plain)
    throw new Error('.dockerignore has a form that this test does not support');
  const names = (rule: string) => {
    const one = rule.replace(/^!/, '');
    return path === one || path.startsWith(`${one}/`);
  };
  // The last matching rule takes effect.
  return rules.filter(names).at(-1)?.startsWith('!') ?? false;
}

type Instruction = ReturnType<ReturnType<typeof DockerfileParser.parse>['getInstructions']>[number];

function readStep(instruction: Instruction): Step {
  const words = instruction.getArguments().map((argument) => argument.getValue());
  const flags = new Map<string, string>();
  if ('getFlags' in instruction && typeof instruction.getFlags === 'function') {
    for (const flag of instruction.getFlags()) flags.set(flag.getName(), flag.getValue() ?? '');
  }
  const text = (instruction.getArgumentsContent() ?? '').replace(/\\\n\s*/g, ' ');
  return { keyword: instruction.getKeyword().toUpperCase(), text, words, flags };
}
