import { existsSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Only its owner may read a file with a secret. */
export const PRIVATE = 0o600;

/**
 * Writes a file whole or not at all: beside it first, then in its place.
 *
 * @param file its path; behind a link, what that leads to
 * @param text all of it
 * @param mode of the file, if it is to be another than usual
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
