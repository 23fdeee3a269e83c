'use client';

import useSWR from 'swr';
import { fetchJson } from '@/lib/fetch-json';

/** The user's orders, kept up to date while the page is open. `error.message` is a sentence to show. */
export function useOrders() {
  return useSWR<unknown, Error>('/api/orders', get, { shouldRetryOnError: false });
}

/** The page isn't left when SWR revalidates: the user may be typing. */
async function get(path: string): Promise<unknown> {
  const fetched = await fetchJson(path, { stay: true });
  if (!fetched.ok) throw new Error(fetched.message);
  return fetched.data;
}
