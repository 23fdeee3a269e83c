'use client';

import { createContext, type ReactNode, use } from 'react';
import type { ClientVisitor } from '@/lib/client-visitor';
import { useSessionOver } from './session-watch';

const Current = createContext<ClientVisitor>({ state: 'unavailable' });

/**
 * Passes the visitor to the client components of a page.
 *
 * @param props.visitor as the server rendered the page for
 */
export function VisitorProvider(props: { visitor: ClientVisitor; children: ReactNode }) {
  return <Current value={props.visitor}>{props.children}</Current>;
}

/**
 * The visitor's name and groups, in a client component on a page with `PageShell`, without a request.
 * Use it to show or hide something. It protects nothing: the server must check each request.
 *
 * @returns the visitor; signed out as soon as the session ends, also in another tab
 */
export function useVisitor(): ClientVisitor {
  const visitor = use(Current);
  return useSessionOver() ? { state: 'signed-out' } : visitor;
}
