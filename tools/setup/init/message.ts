/** What `npm run init` has changed. */
export interface Done {
  readonly name: string;
  readonly renamed: boolean;
  readonly demo: boolean;
  readonly lean: boolean;
}

/**
 * The command that commits the changes, with a message that names the choices.
 *
 * @param done what has changed
 * @returns undefined if nothing has changed that git tracks
 */
export function commitOf({ name, renamed, demo, lean }: Done): string | undefined {
  if (!(renamed || demo || lean)) return undefined;
  return `git add -A && git commit -m "${subjectOf(name, renamed, lean, demo)}"`;
}

function subjectOf(name: string, renamed: boolean, lean: boolean, demo: boolean): string {
  if (renamed && lean) return `Begin ${name}, lean`;
  if (renamed) return demo ? `Begin ${name} without the demo` : `Begin ${name}`;
  return lean ? 'Keep only what the site needs' : 'Remove the demo';
}
