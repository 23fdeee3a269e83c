// `npm run --prefix tools/workshop try:canary`: what Next's next version would break here. In a copy, with `next@canary` in place
// of ours: for each form of the middleware a build and the tests of who gets what; then the unit tests.
// `-- --next 17.0.0` tries that version or tag.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run, stopOnSignals } from '../../setup/child.js';
import { progress } from '../../setup/progress.js';
import { formOf } from '../../setup/proxy/form';
import { moveTo } from '../../setup/proxy/move';
import { type Copy, copyRepository } from '../support/copy';

const NEXT = 'node_modules/next/dist/bin/next';
const VITEST = ['node_modules/vitest/vitest.mjs', 'run'];
const ACCESS = ['--project=site', 'site/access', 'site/sign-in', 'site/without-middleware'];
/** The copy's package.json and lock stay as they are: tests read them. */
const INSTALL = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

stopOnSignals({ grace: 1500 });
const { values } = parseArgs({ options: { next: { type: 'string', default: 'canary' } } });
process.exitCode = await main(values.next);

/** @returns the exit code */
async function main(wanted: string): Promise<number> {
  const copy = copyRepository();
  if (!(await step(`installing next@${wanted}`, () => install(copy, wanted)))) {
    console.log(
      `There is no next@${wanted} to try, or npm could not install it. Nothing was tried.`,
    );
    return 1;
  }
  const next = versionOf(copy, 'next');
  const react = versionOf(copy, 'react');
  const failed: string[] = [];
  const also = async (name: string, args: readonly string[]): Promise<boolean> => {
    const ok = await step(name, () => copy.node(args));
    if (!ok) failed.push(name);
    return ok;
  };

  for (const form of ['middleware', 'proxy'] as const) {
    if (formOf(copy.folder) !== form) moveTo(form, copy.folder);
    if (await also(`build with ${form}.ts`, [NEXT, 'build'])) {
      await also(`who gets what with ${form}.ts`, [...VITEST, ...ACCESS]);
    }
  }
  await also('unit tests', [...VITEST, '--project=unit']);
  const outcome = failed.length === 0 ? 'all of it passed' : `failed: ${failed.join(', ')}`;
  console.log(`\nNext ${next} with React ${react}: ${outcome}.`);
  return failed.length === 0 ? 0 : 1;
}

/** With React's canary only where Next's asks for it. */
async function install(
  { folder, env }: Copy,
  wanted: string,
): Promise<{ ok: boolean; output: string }> {
  const npm = (...packages: string[]) =>
    run('npm', ['install', ...INSTALL, ...packages], {
      cwd: folder,
      env,
      shell: process.platform === 'win32',
    });
  const first = await npm(`next@${wanted}`);
  if (first.ok || !first.output.includes('ERESOLVE')) return first;
  return await npm(`next@${wanted}`, 'react@canary', 'react-dom@canary');
}

async function step(
  name: string,
  work: () => Promise<{ ok: boolean; output: string }>,
): Promise<boolean> {
  const done = progress(name);
  const { ok, output } = await work();
  done(ok, ok ? 'passed' : 'failed');
  if (!ok) console.log(`\n${output.trim()}\n`);
  return ok;
}

function versionOf({ folder }: Copy, name: string): string {
  const text = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
  return String(JSON.parse(text).version);
}
