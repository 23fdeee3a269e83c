/** Makes valid sessions for one app, and the user pool behind it. */
export interface Forger {
  /** The environment variables that the app needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Makes a new session each time: the value of a `Cookie` header. */
  forge(): Promise<string>;
  /** The same with tokens that have expired, if the app refreshes them. */
  forgeExpired?(): Promise<string>;
  close(): Promise<void>;
}

/** The email address of the user in every session; every private page shows it. */
export const EMAIL = 'alice@example.com';

/**
 * Loads the forger of an app. It is loaded late because its imports need the installed library.
 *
 * @param name of a file in `tools/workshop/bench/sessions`
 * @param origin of the app
 * @throws Error if the file does not export `createForger`
 */
export async function forgerFor(name: string, origin: string): Promise<Forger> {
  const file: unknown = await import(new URL(`./sessions/${name}.ts`, import.meta.url).href);
  if (!isForgerFile(file))
    throw new Error(`tools/workshop/bench/sessions/${name}.ts does not export createForger.`);
  return await file.createForger(origin);
}

function isForgerFile(file: unknown): file is { createForger(origin: string): Promise<Forger> } {
  return (
    typeof file === 'object' &&
    file !== null &&
    'createForger' in file &&
    typeof file.createForger === 'function'
  );
}
