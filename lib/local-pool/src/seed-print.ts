/**
 * Loads seeds for `loadSeeds`, in a separate process: it loads the current version of everything
 * that the file imports, leaves nothing in the pool's memory, and can be killed if it never ends.
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

/** The compiler puts position and reason on a separate line. */
function oneLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  return lines.find((line) => line.includes('ERROR')) ?? lines[0] ?? 'It can’t be read.';
}
