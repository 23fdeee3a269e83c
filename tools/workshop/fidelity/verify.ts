/**
 * `npm run --prefix tools/workshop verify:aws`: checks the rows of the table against a real user pool, and reports
 * where Cognito differs from the local pool.
 */
import nextEnv from '@next/env';
import type { Behavior } from './behavior';
import { CHAPTERS } from './behaviors';
import { signInByBrowser } from './browser-sign-in';
import { NoClassicForm, signInByForm } from './page-sign-in';
import { type Changes, openTarget, type Target } from './target';
import { judge, rotationOf, traitsFromOutside, type Verdict } from './verdict';
import { parseVerifyOptions, VERIFY_HELP, type VerifyOptions } from './verify-options';

/** A request that takes longer has failed; Cognito responds within a second or two. */
const REQUEST_MS = 15_000;

process.exitCode = await main();

async function main(): Promise<number> {
  const quiet = { info: () => {}, error: console.error };
  const { combinedEnv } = nextEnv.loadEnvConfig(process.cwd(), false, quiet);
  const parsed = parseVerifyOptions(process.argv.slice(2), combinedEnv);
  if (parsed.kind === 'help') {
    console.log(VERIFY_HELP);
    return 0;
  }
  if (parsed.kind === 'wrong') {
    console.error(['No request was sent:', ...parsed.problems, 'See --help.'].join('\n  '));
    return 2;
  }
  return await verify(parsed.options);
}

async function verify(options: VerifyOptions): Promise<number> {
  const { issuer, domain } = options.config;
  console.log(
    `Comparing the user pool ${issuer}\nwith its pages on ${domain} with the local pool:\n`,
  );
  const outside = targetOf(options);
  const reached = await traitsFromOutside(outside).catch((error: unknown) => reasonOf(error));
  if (typeof reached === 'string') {
    console.error(`${domain} cannot be reached: ${reached}`);
    return 1;
  }
  const rotation = await rotationOf(outside).catch((error: unknown) => new Error(reasonOf(error)));
  if (rotation instanceof Error) {
    console.error(`✗ signing in as the test user failed: ${rotation.message}`);
    console.error('  Only the rows that need no sign-in are checked.\n');
  } else reached.add(rotation);

  const target: Target = { ...outside, traits: reached };
  const counts = { agrees: 0, known: 0, differs: 0, failed: 0, 'not-asked': 0 };
  for (const { title, rows } of CHAPTERS) {
    console.log(title);
    for (const row of rows) {
      const skipped = rotation instanceof Error && row.needs === 'sign-in';
      const verdict: Verdict = skipped
        ? { kind: 'not-asked', why: 'needs a sign-in' }
        : await judge(row, target);
      counts[verdict.kind] += 1;
      console.log(inWords(row, verdict));
    }
  }
  await target.leaveNothing();

  const { agrees, known, differs, failed } = counts;
  console.log(
    `\n${agrees} agree, ${known} differ as expected, ${differs} differ otherwise, ${failed} failed; ` +
      `${counts['not-asked']} were not checked`,
  );
  return differs + failed > 0 || rotation instanceof Error ? 1 : 0;
}

function targetOf({ config, username, password, pages }: VerifyOptions): Target {
  const confidential = config.clientSecret !== undefined;
  return openTarget({
    ...config,
    scopes: config.scopes.split(' '),
    username,
    password,
    traits: new Set([confidential ? 'confidential' : 'public']),
    fetch: async (request) => {
      return await fetch(request, { signal: AbortSignal.timeout(REQUEST_MS) });
    },
    signInByPages: { auto: byEither, form: signInByForm, browser: signInByBrowser }[pages],
  });
}

/** Uses the classic form if the page has one, because that needs no browser. */
async function byEither(target: Target, changes: Changes): Promise<string> {
  try {
    return await signInByForm(target, changes);
  } catch (error) {
    if (!(error instanceof NoClassicForm)) throw error;
    return await signInByBrowser(target, changes);
  }
}

function inWords({ ask, cognito, standing }: Behavior, verdict: Verdict): string {
  switch (verdict.kind) {
    case 'agrees':
      return `  ✓ ${ask}${standing.kind === 'unconfirmed' ? ' (was unconfirmed)' : ''}`;
    case 'known':
      return `  ≠ ${ask}\n      known: ${standing.kind === 'different' ? standing.why : ''}`;
    case 'differs':
      return `  ✗ ${ask}\n      table: ${cognito}\n      seen:  ${verdict.seen}`;
    case 'failed':
      return `  ! ${ask}\n      ${verdict.why}`;
    case 'not-asked':
      return `  · ${ask} (${verdict.why})`;
  }
}

/** Node's fetch throws "fetch failed", with the reason in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
