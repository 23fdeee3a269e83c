'use client';

import { use } from 'react';
import type { ClientVisitor } from '@/lib/client-visitor';
import { Watch } from './session-watch';

/**
 * The visitor's name and groups, in a client component on a page with `PageShell`, without a request.
 * Use it to show or hide something. It protects nothing: the server must check each request.
 *
 * @returns the visitor; signed out as soon as the session ends, also in another tab
 */
export function useVisitor(): ClientVisitor {
  const { over, visitor = { state: 'unavailable' } } = use(Watch);
  return over ? { state: 'signed-out' } : visitor;
}
