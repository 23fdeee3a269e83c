// Where to look for a browser on each operating system.
import { posix, win32 } from 'node:path';

/** A browser to try: an installed one, the one from the npm package, or a download. */
export type Candidate =
  | { from: 'system' | 'playwright'; path: string }
  | { from: '@sparticuz/chromium' | 'download' };

type System = { env: Record<string, string | undefined>; platform: NodeJS.Platform; arch: string };

const COMMANDS = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'msedge',
];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * The browsers to try, best first. An installed browser may still fail to start (Ubuntu's
 * `chromium-browser` only points to a snap), so the list continues after it.
 *
 * @param playwrightPath where Playwright keeps its own browser
 */
export function candidates(
  system: System,
  playwrightPath: string,
  exists: (path: string) => boolean,
): Candidate[] {
  // If you set CHROME_PATH, no other browser is tried in its place.
  const { CHROME_PATH } = system.env;
  if (CHROME_PATH) return [{ from: 'system', path: CHROME_PATH }];

  const installed = usualPlaces(system).filter(exists);
  return [
    ...installed.map((path) => ({ from: 'system', path }) as const),
    ...[playwrightPath].filter(exists).map((path) => ({ from: 'playwright', path }) as const),
    // The npm package is for Linux x64 only. For other systems Playwright can download a browser.
    isLinuxX64(system) ? { from: '@sparticuz/chromium' } : { from: 'download' },
  ];
}

function usualPlaces({ env, platform }: System): string[] {
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    return WINDOWS_PROGRAMS.flatMap((program) => inEach(folders, program, win32.join));
  }

  const commands = COMMANDS.flatMap((name) =>
    inEach((env.PATH ?? '').split(':'), name, posix.join),
  );
  if (platform !== 'darwin') return commands;

  const folders = ['/Applications', env.HOME && `${env.HOME}/Applications`];
  const apps = MAC_APPS.flatMap((app) =>
    inEach(folders, `${app}.app/Contents/MacOS/${app}`, posix.join),
  );
  return [...commands, ...apps];
}

function inEach(
  folders: (string | undefined)[],
  file: string,
  join: (folder: string, file: string) => string,
): string[] {
  return folders.flatMap((folder) => (folder ? [join(folder, file)] : []));
}

function isLinuxX64({ platform, arch }: System): boolean {
  return platform === 'linux' && arch === 'x64';
}
