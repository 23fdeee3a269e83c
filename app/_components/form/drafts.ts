/** Deletes the drafts and whatever else this tab keeps: the user signs out. Every page loads this. */
export function forgetDrafts(): void {
  tolerate(() => sessionStorage.clear());
}

/** Browsers that block storage throw when a page uses it: then there are no drafts. */
export function tolerate(use: () => void): void {
  try {
    use();
  } catch {
    // The form itself works without drafts.
  }
}
