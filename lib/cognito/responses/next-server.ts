/**
 * What the middleware uses of `next/server`, from the modules that define it. An import of a value from `next/server`
 * itself would add its parser of user agents to the middleware, 7.7 kB after gzip.
 */
export { NextRequest } from 'next/dist/server/web/spec-extension/request';
export { NextResponse } from 'next/dist/server/web/spec-extension/response';
export type { NextFetchEvent } from 'next/server';
