import type { ProductionUrls } from '../config/vercel';
import { isDevelopment } from '../environment';
import type { Misconfigured } from '../get-site';
import { logEvent } from '../logging';
import type { PageContext } from '../page-context';
import { plainPage } from './plain-page';

/**
 * 503 for a site whose environment is wrong. Visitors learn nothing from it; a first deploy is told
 * what to set; a developer is told what is wrong.
 *
 * @param site from `getSite`
 * @param page context of this request
 */
export function setUpPage(site: Misconfigured, page: PageContext): Response {
  const wrong = site.problems.map(({ variable }) => variable);
  logEvent({ type: 'configuration', ok: false, wrong }, page.reference);
  const action = { label: 'Look again', href: '/' };
  if (isDevelopment) {
    const list = site.problems.map(({ variable, problem, remedy }) => ({
      term: variable,
      text: `${problem}. ${remedy}`,
    }));
    const paragraphs = ['Set these in .env.local (see .env.example), then start again.'];
    return plainPage(
      { status: 503, title: 'Almost there', paragraphs, list, action, leadsToDoctor: true },
      page,
    );
  }
  if (!site.blank) {
    const paragraphs = [
      'This site is not set up correctly, so nobody can use it right now. Its operator finds the reason in the log.',
      'It is nothing that you did. Please come back later.',
    ];
    return plainPage({ status: 503, title: 'Not available', paragraphs, action }, page);
  }
  return plainPage(
    {
      status: 503,
      title: 'One step left',
      paragraphs: [
        'This site is deployed, but it does not know its Amazon Cognito user pool yet. Set these environment variables and deploy again; the README says where each value is found.',
      ],
      list: [
        ...site.problems.map(({ variable, remedy }) => ({ term: variable, text: remedy })),
        ...(site.urls ? toRegister(site.urls) : []),
      ],
      action,
    },
    page,
  );
}

/** Made from what the host says of its production domain, never from a request. */
function toRegister({ redirectUri, logoutUri }: ProductionUrls) {
  const where = 'Register this with the app client, exactly so, under Login pages > Allowed';
  return [
    { term: redirectUri, text: `${where} callback URLs.` },
    { term: logoutUri, text: `${where} sign-out URLs.` },
  ];
}
