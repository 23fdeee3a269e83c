/**
 * Reads seeds afresh for `loadSeeds`, in a process of its own: whatever the file imports is new as
 * well, nothing of it stays in the pool's memory, and a loop without an end can be ended.
 */
import { pathToFileURL } from 'node:url';

const [file = '', site = ''] = process.argv.slice(2);
process.send?.(await answer(), () => process.exit());

async function answer(): Promise<object> {
  try {
    const seeds: object = await import(pathToFileURL(file).href);
    return { users: call(seeds, 'seedUsers'), clients: call(seeds, 'seedClients') };
  } catch (error) {
    return { problem: oneLine(error) };
  }
}

function call(seeds: object, name: string): unknown {
  const found: unknown = Reflect.get(seeds, name);
  if (typeof found !== 'function') throw new Error(`It exports no function ${name}.`);
  return found(site);
}

/** A compiler's message has its place and reason in a line of its own. */
function oneLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  return lines.find((line) => line.includes('ERROR')) ?? lines[0] ?? 'It cannot be read.';
}
