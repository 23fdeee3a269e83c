import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackFunctions } from '../vercel/output';
import type { App } from './apps';
import { build, folderOf } from './assemble';
import type { Host } from './running';

const VERCEL = fileURLToPath(new URL('../vercel', import.meta.url));
const ADAPTER = join(VERCEL, 'node_modules/@vercel/next/dist/adapter/index.js');

/** How many processes of the middleware, and how many of the pages. */
export const INSTANCES = 3;

/** The folder with Vercel's adapter and Edge runtime, which have packages of their own. */
export const VERCEL_PACKAGES = VERCEL;

function folderOnVercel(app: App): string {
  return join(folderOf(app), '../vercel', app.name);
}

/**
 * Builds an app with Vercel's adapter, in a folder of its own.
 *
 * @param app already assembled
 * @throws Error with Next's output
 */
export async function buildForVercel(app: App): Promise<void> {
  const from = folderOf(app);
  const folder = folderOnVercel(app);
  rmSync(folder, { recursive: true, force: true });
  cpSync(from, folder, { recursive: true, filter: (path) => path !== join(from, '.next') });
  await build(app, folder, { NEXT_ADAPTER_PATH: ADAPTER });
}

/**
 * Serves an app's output for Vercel as `tools/workshop/vercel` does: each instance of the middleware, of the pages and of
 * the route handlers is a process of its own, and a router in front of them calls them in turn.
 *
 * @param app already built for Vercel
 */
export function vercelHost(app: App): Host {
  const folder = folderOnVercel(app);
  const config = join(folder, '.next/output/functions/_middleware.func/.vc-config.json');
  const { entrypoint } = JSON.parse(readFileSync(config, 'utf8'));
  // Paths in the output are relative to a folder further up, which Next chooses.
  const inside = dirname(String(entrypoint));
  const root = folder.slice(0, folder.length - inside.length);
  const functions = mkdtempSync(join(realpathSync(tmpdir()), 'functions-'));
  process.once('exit', () => rmSync(functions, { recursive: true, force: true }));
  unpackFunctions(root, functions, folder);
  return {
    folder,
    command: ['--import', 'tsx', join(VERCEL, 'serve.ts'), 'start'],
    hasRouter: true,
    environment: (own) => ({
      ...own,
      HOST_INSTANCES: String(INSTANCES),
      HOST_APP: inside,
      HOST_VARIABLES: Object.keys(own).join(','),
      VERCEL_FUNCTIONS: functions,
    }),
  };
}
