/** How sessions of one app are made. */
export interface Forger {
  /** What the app needs to start. */
  readonly environment: Readonly<Record<string, string>>;
  /** Somebody's new session: the value of a `Cookie` header. Another one with each call. */
  forge(): Promise<string>;
  close(): Promise<void>;
}

/** The person of every session; every private page shows this. */
export const EMAIL = 'alice@example.com';

/**
 * Loads the forger of an app: only then are the packages needed that it forges for.
 *
 * @param name of a file in `tools/workshop/bench/sessions`
 * @param origin of the app
 * @throws Error if the file is none of a forger
 */
export async function forgerFor(name: string, origin: string): Promise<Forger> {
  const file: unknown = await import(new URL(`./sessions/${name}.ts`, import.meta.url).href);
  if (!isForgerFile(file))
    throw new Error(`tools/workshop/bench/sessions/${name}.ts makes no forger.`);
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
