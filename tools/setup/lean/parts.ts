/**
 * What a lean copy doesn't have: whatever only serves the making of the template, and the tests of code that owners
 * don't edit. What only these files import goes with them.
 */
export const GOING: readonly RegExp[] = [
  /^tools\/workshop\//,
  /^tools\/setup\/lean\//,
  /^tools\/test\/all\.js$/,
  /^tools\/.*\.test\.ts$/,
  /^tools\/[\w-]+\/tests\//,
  /^lib\/local-pool\/(tests\/|vitest\.config\.ts$)/,
  /^tests\/(cognito|in-process)\//,
  // What stays checks whatever pages a site has.
  /^tests\/(browser-finder|fetch-json|seal-session)\.test\.ts$/,
  /^tests\/site\/(access|account|configuration|every-answer|session)\.test\.ts$/,
  /^tests\/browser\/(accessibility|account|frame|keyboard|notes|passkeys|profile|tabs)\.test\.ts$/,
  /^(app\/_components\/avatar|lib\/account\/provider)\.test\.tsx?$/,
  /^docs\/(decisions|images)\//,
  // README.md lists the other pages.
  /^docs\/(README|accessibility|cost-at-scale|performance|migrate-from-[\w-]+)\.md$/,
  /^\.github\/workflows\/codeql\.yml$/,
  /^(\.ci\/|\.editorconfig$)/,
];

/** What tests import. In a lean copy, a file that stays must need it. */
export const SUPPORT = /^(tests|lib\/local-pool\/tests)\/(?!.*\.test\.tsx?$).*\.(tsx?|js)$/;

/** Scripts that run files which stay, by their `package.json`. */
export const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  'package.json': ['test:all'],
  'lib/local-pool/package.json': ['test'],
};

export const README = 'README.md';
/**
 * Documents that an owner replaces with their own, and a sentence by which the template's is recognized. A document
 * without it stays as it is.
 */
export const DOCUMENTS: ReadonlyMap<string, string> = new Map([
  [README, 'so you can sign in one minute after cloning, without an AWS account.'],
  ['SECURITY.md', 'The most useful report is a failing test, or steps to reproduce the problem'],
  ['CHANGELOG.md', 'Changes that matter if you run this site or cloned it.'],
  [
    'CONTRIBUTING.md',
    'A reason that matters to visitors, to developers who clone this, or to operators.',
  ],
]);

/** The text of a lean copy's README, with placeholders. */
export const SKELETON = 'tools/setup/lean/skeleton.md';
