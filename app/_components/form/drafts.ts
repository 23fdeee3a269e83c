/** The start of the keys in `sessionStorage`. */
export const PREFIX = 'draft:';

/** Deletes all drafts of this tab: the user signs out. Every page loads this. */
export function forgetDrafts(): void {
  tolerate(() => dropDrafts(() => true));
}

/**
 * Deletes some drafts of this tab.
 *
 * @param which tells by its key whether to delete a draft
 */
export function dropDrafts(which: (key: string) => boolean): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && which(key)) sessionStorage.removeItem(key);
  }
}

/** Browsers that block storage throw when a page uses it: then there are no drafts. */
export function tolerate(use: () => void): void {
  try {
    use();
  } catch {
    // The form itself works without drafts.
  }
}
