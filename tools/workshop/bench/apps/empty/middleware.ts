import { NextResponse } from 'next/server';

/** What having middleware costs by itself. */
export function middleware() {
  return NextResponse.next();
}

export const config = { matcher: '/((?!_next/static/).*)' };
