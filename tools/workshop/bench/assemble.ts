import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../setup/child.js';
import { cleanEnv } from '../../test/steps.js';
import type { App, Layer } from './apps';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Next's command, from the bench's own packages. */
export const NEXT = join(HERE, 'node_modules/next/dist/bin/next');

/** The files that a site copies from this project to get its sign-in. */
const PROJECT = [
  'lib',
  'middleware.ts',
  'instrumentation.ts',
  'next.config.js',
  'app/login',
  'app/logout',
  'app/refresh',
];
/** The site itself. */
const SITE = ['app', 'lib', 'public', 'middleware.ts', 'instrumentation.ts', 'next.config.js'];
/** Left out: no site imports it, and the bench doesn't have its packages. */
const LOCAL_POOL = join(ROOT, 'lib/local-pool');

/** The folder in which an app is built and run. */
export function folderOf(app: App): string {
  return join(HERE, '.build', app.name);
}

/**
 * Recreates an app's folder from its layers, with the project's current files.
 *
 * @param app which
 */
export function assemble(app: App): void {
  const folder = folderOf(app);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const layer of app.layers) lay(layer, folder);
  if (app.layers.includes('project')) openTheOpenPage(folder);
  writeSettings(folder);
}

function lay(layer: Layer, folder: string): void {
  if (layer === 'shared') {
    cpSync(join(HERE, 'shared/app'), join(folder, 'app'), { recursive: true });
    cpSync(join(HERE, 'shared/pages.tsx'), join(folder, 'shared/pages.tsx'));
  } else if (layer === 'project' || layer === 'site') {
    for (const part of layer === 'site' ? SITE : PROJECT) {
      const filter = (path: string) => path !== LOCAL_POOL;
      cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter });
    }
    renameSync(join(folder, 'next.config.js'), join(folder, 'next.config.own.js'));
  } else {
    cpSync(join(HERE, 'apps', layer), folder, { recursive: true });
  }
}

/** Adds the open page to the list of public pages, as the README describes. */
function openTheOpenPage(folder: string): void {
  const file = join(folder, 'lib/access.ts');
  const text = readFileSync(file, 'utf8');
  const anchor = '  publicPages: [\n';
  if (text.split(anchor).length !== 2) throw new Error(`${file} has no list of public pages.`);
  writeFileSync(file, text.replace(anchor, `${anchor}    '/open',\n`));
}

function writeSettings(folder: string): void {
  // The root is the folder with the bench's packages. With a root further up, Next would find this
  // project's own middleware and use it in an app that has none.
  const root = JSON.stringify(HERE);
  const own = existsSync(join(folder, 'next.config.own.js'));
  const tsconfig = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
  const files = {
    'package.json': '{ "private": true, "type": "module" }\n',
    'tsconfig.json': JSON.stringify({ ...tsconfig, exclude: ['node_modules'] }, null, 2),
    'next.config.js': `${own ? "import configuration from './next.config.own.js';\nconst own = configuration('phase-production-build');\n" : 'const own = {};\n'}
export default {
  ...own,
  turbopack: { root: ${root} },
  outputFileTracingRoot: ${root},
  // \`npm run --prefix tools/workshop bench\` has already checked the types.
  typescript: { ignoreBuildErrors: true },
};
`,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}

/**
 * Builds an app for production.
 *
 * @param app already assembled
 * @throws Error with Next's output
 */
export async function build(app: App): Promise<void> {
  const { ok, output } = await run(process.execPath, [NEXT, 'build'], {
    cwd: folderOf(app),
    env: { ...cleanEnv(process.env, false), NODE_ENV: 'production' },
  });
  if (!ok) throw new Error(`${app.name} does not build:\n${output}`);
}
