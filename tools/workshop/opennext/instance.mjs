// One instance of the Lambda function that OpenNext has built. The server (`serve.ts`) forks it, with the folder of the
// function as its argument. As Lambda does, it gets one event at a time.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder = ''] = process.argv.slice(2);
process.chdir(folder);
const { handler } = await import(pathToFileURL(join(folder, 'index.mjs')).href);

process.on('disconnect', () => process.exit());
process.on('message', async (event) => {
  const result = await handler(event, {}).catch((/** @type {unknown} */ error) => {
    console.error(error);
    return { statusCode: 502, headers: { 'x-from-platform': '1' }, body: '' };
  });
  process.send?.(result);
});
process.send?.('ready');
