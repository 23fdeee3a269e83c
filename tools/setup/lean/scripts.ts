/**
 * Removes scripts from a `package.json`, with their hooks, which would run for nothing.
 *
 * @param text the text of the file
 * @param isGone whether a script is removed, by its name and by each word of its command, which may be a path
 * @returns the new text, and the names of the removed scripts
 */
export function withoutScripts(
  text: string,
  isGone: (word: string, name: string) => boolean,
): { readonly text: string; readonly names: readonly string[] } {
  const manifest = JSON.parse(text);
  const commands = Object.entries<string>(manifest.scripts ?? {});
  const names = commands
    .filter(([name, command]) => command.split(' ').some((word) => isGone(word, name)))
    .map(([name]) => name);
  for (const name of names) {
    delete manifest.scripts[name];
    delete manifest.scripts[`pre${name}`];
  }
  return { names, text: names.length > 0 ? `${JSON.stringify(manifest, null, 2)}\n` : text };
}
