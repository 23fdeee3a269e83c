import 'server-only';
import { cookies, headers } from 'next/headers';
import { type Theme, themeOf } from '../theme';
import { getSite } from './get-site';
import { referenceOf } from './page-context';
import { openJar } from './session/cookies';

/** The colours that this request's page is to have; for server components. */
export async function getTheme(): Promise<Theme | undefined> {
  const site = getSite();
  return site.ok ? themeOf(site.client.config, openJar(await cookies())) : undefined;
}

/** The reference of this request; for server components. */
export async function getReference(): Promise<string | undefined> {
  return referenceOf(await headers());
}
