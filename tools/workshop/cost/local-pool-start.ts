// Measures one start of the local pool from inside its process, as a child process of
// `npm run --prefix tools/workshop local-pool:cost`, and prints one line of JSON for it. All modules are loaded
// before the clock starts.
import { get } from 'node:http';
import { createPoolKeys } from '../../../lib/local-pool/src/keys';
import { serveLocalPool } from '../../../lib/local-pool/src/serve';
import { testClients } from '../../../lib/local-pool/src/testing/test-seeds';

const TOKEN_SETS = 200;
const [client] = testClients('http://localhost:3000');
const LOGIN = `/login?${new URLSearchParams({
  response_type: 'code',
  client_id: client?.clientId ?? '',
  redirect_uri: 'http://localhost:3000/login',
})}`;
const JWKS = '/us-east-1_LocalPool/.well-known/jwks.json';

const cold = since();
const first = await serveLocalPool({ port: 0 });
await answer(first.origin + LOGIN);
const page = cold();
const idle = process.memoryUsage.rss();
await answer(first.origin + JWKS);
const jwks = cold();
for (let set = 0; set < TOKEN_SETS; set += 1) await first.pool.mint('alice');
const used = process.memoryUsage.rss();
await first.close();

const keys = await createPoolKeys();
const again = since();
const second = await serveLocalPool({ port: 0, keys });
await answer(second.origin + JWKS);
const restart = again();
await second.close();

console.log(JSON.stringify({ page, jwks, restart, idle, used }));

/** CPU and wall time in milliseconds since this was called. */
function since(): () => { cpu: number; wall: number } {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { cpu: (user + system) / 1000, wall: performance.now() - wall };
  };
}

/** Reads a whole response. It doesn't use `fetch`, whose own start-up would be measured too. */
function answer(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
      response.resume().on('end', resolve);
    }).on('error', reject);
  });
}
