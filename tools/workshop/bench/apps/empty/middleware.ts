import { NextResponse } from 'next/server';

/** Does nothing, to show what having a middleware costs by itself. */
export function middleware() {
  return NextResponse.next();
}

export const config = { matcher: '/((?!_next/static/).*)' };
