/** Runs the Dockerfile's steps one by one, in folders instead of layers. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { run } from '@/tools/setup/child.js';
import { environmentOf, isLetIn, readStages, type Stage, type Step } from './dockerfile';

/** The only step that is replaced: the packages are already installed here. */
const INSTALL = 'npm ci --ignore-scripts';

export interface Image {
  /** The folder that represents `/`. */
  readonly root: string;
  /** Where its command starts. */
  readonly folder: string;
  /** The variables that its ENV steps set. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Builder {
  /** Builds the stage with this name, and the stages that it depends on. */
  build(name: string): Promise<Image>;
  /** Makes an image's files read-only. Only for an image that shares no files with another. */
  seal(image: Image): void;
  remove(): void;
}

/** Creates a temporary folder in which images can be built. */
export function createBuilder(): Builder {
  const place = mkdtempSync(join(tmpdir(), 'image-'));
  // The server may run as another user, who must be able to enter.
  chmodSync(place, 0o755);
  const stages = readStages();
  const built = new Map<string, Promise<Image>>();
  const sealed: Image[] = [];

  function build(name: string): Promise<Image> {
    const stage = stages.find((one) => one.name === name);
    if (!stage) throw new Error(`The Dockerfile has no stage ${name}`);
    const known = built.get(name) ?? buildStage(stage);
    built.set(name, known);
    return known;
  }

  async function buildStage(stage: Stage): Promise<Image> {
    const root = join(place, stage.name);
    const base = stages.some(({ name }) => name === stage.from) ? await build(stage.from) : null;
    if (base) link(base.root, root);
    else mkdirSync(root);
    const image = {
      root,
      folder: base ? base.folder.replace(base.root, root) : root,
      environment: { ...base?.environment, ...environmentOf(stage) },
    };
    for (const step of stage.steps) {
      if (step.keyword === 'WORKDIR') {
        image.folder = join(root, step.text);
        mkdirSync(image.folder, { recursive: true });
      }
      if (step.keyword === 'COPY') await copy(step, image);
      if (step.keyword === 'RUN') await runStep(step, image);
    }
    return image;
  }

  async function copy({ flags, words }: Step, { root, folder }: Image): Promise<void> {
    const from = flags.get('from');
    const sources = words.slice(0, -1);
    const target = words.at(-1) ?? '';
    const to = isAbsolute(target) ? join(root, target) : join(folder, target);
    if (from === undefined) {
      for (const source of sources) copyFromContext(source, to);
      return;
    }
    const { root: other } = await build(from);
    for (const source of sources) copyInto(join(other, source), to);
  }

  return {
    build,
    seal(image) {
      sealed.push(image);
      execFileSync('chmod', ['-R', 'a-w', image.root]);
    },
    remove() {
      for (const { root } of sealed) execFileSync('chmod', ['-R', 'u+w', root]);
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/**
 * A command as it runs in an image. Of the current environment it gets only the PATH.
 *
 * @param environment the variables of the image and of the command that starts it
 * @param command the program and its arguments
 */
export function withEnvironment(
  environment: Readonly<Record<string, string>>,
  command: readonly string[],
): [string, ...string[]] {
  const { PATH = '' } = process.env;
  const pairs = Object.entries({ PATH, ...environment }).map(([name, value]) => `${name}=${value}`);
  return ['env', '-i', ...pairs, ...command];
}

/** Copies the files that git tracks and .dockerignore lets in; no others are sent to an engine. */
function copyFromContext(source: string, to: string): void {
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', source];
  const files = execFileSync('git', listing, { encoding: 'utf8' }).split('\0');
  for (const file of files.filter((name) => name !== '' && isLetIn(name) && existsSync(name))) {
    cpSync(file, join(to, file));
  }
}

/** Copies as COPY does: the content of a folder, or a file into a folder. */
function copyInto(source: string, to: string): void {
  const isFolder = statSync(source).isDirectory();
  const target = isFolder ? to : join(to, basename(source));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(source, target, { recursive: true, verbatimSymlinks: true });
}

async function runStep({ text }: Step, { folder, environment }: Image): Promise<void> {
  if (text === INSTALL) {
    link('node_modules', join(folder, 'node_modules'));
    return;
  }
  const [program, ...args] = withEnvironment({ HOME: tmpdir(), ...environment }, [
    'sh',
    '-c',
    text,
  ]);
  const { ok, output } = await run(program, args, { cwd: folder });
  if (!ok) throw new Error(`RUN ${text} failed:\n${output}`);
}

/** Copies with hard links where the file system supports them, because a build replaces files and never modifies them. */
function link(from: string, to: string): void {
  try {
    execFileSync('cp', ['-RPl', from, to], { stdio: 'ignore' });
  } catch {
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }
}
