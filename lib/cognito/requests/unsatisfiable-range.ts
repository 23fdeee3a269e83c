import type { IncomingMessage, ServerResponse } from 'node:http';

/** What Next says about the file, and about the page for the status, which it fails to render. */
const OF_THE_FILE = ['Content-Type', 'ETag', 'Last-Modified'];

/**
 * Turns Next's 500 for a range beyond the end of a file into a 416 (RFC 9110, section 15.5.17).
 *
 * @param request that may have a `Range`
 * @param response before anything is written to it
 */
export function answerBadRange({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.range === undefined) return;
  const isUnsatisfied = () => /^bytes \*\//.test(String(response.getHeader('Content-Range')));
  response.writeHead = new Proxy(response.writeHead, {
    apply(writeHead, self, values) {
      if (!isUnsatisfied()) return Reflect.apply(writeHead, self, values);
      for (const name of OF_THE_FILE) response.removeHeader(name);
      response.setHeader('Content-Length', 0);
      return Reflect.apply(writeHead, self, [416]);
    },
  });
  response.end = new Proxy(response.end, {
    apply: (end, self, values) => Reflect.apply(end, self, isUnsatisfied() ? [] : values),
  });
}
