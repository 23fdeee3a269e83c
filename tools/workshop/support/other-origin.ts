import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
const FONT = 'node_modules/next/dist/compiled/@vercel/og/Geist-Regular.ttf';

/** What it serves: any page may load it. */
const FILES: Readonly<Record<string, readonly [type: string, body: () => string | Buffer]>> = {
  '/pixel.svg': ['image/svg+xml', () => SVG],
  '/data': ['application/json', () => '{}'],
  '/font.woff2': ['font/ttf', () => readFileSync(FONT)],
  '/style.css': ['text/css', () => 'b { color: red }'],
  '/frame': ['text/html', () => "<script>parent.postMessage('hello', '*')</script>"],
};

/** Another origin, with one of each thing that a page may load. */
export interface OtherOrigin {
  readonly origin: string;
  close(): Promise<void>;
}

/** Listens on a free loopback port. */
export async function startOtherOrigin(): Promise<OtherOrigin> {
  const server = createServer((request, response) => {
    const [type, body] = FILES[request.url ?? ''] ?? ['text/plain', () => 'not found'];
    response.setHeader('Content-Type', type);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    response.end(body());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
