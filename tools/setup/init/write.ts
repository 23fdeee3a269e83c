import { existsSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** The mode of a file with a secret: only its owner may read it. */
export const PRIVATE = 0o600;

/**
 * Writes a file atomically: to a temporary file next to it, which then replaces it.
 *
 * @param file its path; for a symbolic link, the target is written
 * @param text the whole text
 * @param mode the file mode, if not the default
 */
export function writeWhole(file: string, text: string, mode?: number): void {
  const target = existsSync(file) ? realpathSync(file) : file;
  const beside = `${target}.${process.pid}.new`;
  try {
    writeFileSync(beside, text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
