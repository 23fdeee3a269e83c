import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyRepository } from '../support/copy';
import { type Mutant, mutate } from './mutant';

/** A copy of the repository in which defenses may be removed. */
export interface Workplace {
  readonly folder: string;
  /** Removes a defense, does the work, and restores the file. */
  withMutant<T>(mutant: Mutant, work: () => Promise<T>): Promise<T>;
}

/** Copies the repository. The copy is deleted when the process ends. */
export function createWorkplace(): Workplace {
  const { folder } = copyRepository();
  return {
    folder,
    async withMutant(mutant, work) {
      const path = join(folder, mutant.file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, mutate(text, mutant));
      try {
        return await work();
      } finally {
        writeFileSync(path, text);
      }
    },
  };
}
