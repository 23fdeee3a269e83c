// One instance of a group of functions. The server (`serve.ts`) forks it, with the folder that holds their traced files
// as its argument. Nothing outside that folder can be imported, because no parent folder has packages.
const { createServer } = require('node:http');
const { join } = require('node:path');

const [folder = ''] = process.argv.slice(2);
const handler = require(join(folder, '___next_launcher.cjs'));
const server = createServer({ maxHeaderSize: 131_072 }, async (request, response) => {
  try {
    await handler(request, response);
  } catch (error) {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send?.({ port: Object(server.address()).port }));
