import { existsSync } from 'node:fs';
import { FILES, findImportCircles } from '../../../tests/support/sources';
import { scriptsOf } from '../docs/commands';
import { type FileSize, type FunctionSize, measure } from './measure';

/** Folders of `lib/cognito` that you can skip when you read how a sign-in works. */
const APPENDICES = [
  'config',
  'responses',
  'handlers',
  'packing',
  'logging',
  'previews',
  'access',
  'requests',
  'memory',
  'static-pages',
];
/** The client of the account pages, and its QR codes. No sign-in and no other page needs them. */
const ACCOUNT = 'lib/cognito/account/';
/** What opens the account of a form: of the same feature, but not pure. */
const OPEN = 'lib/cognito/handlers/open-account.ts';
const QR_CODE = `${ACCOUNT}qr`;
const ROUTES = ['app/login/', 'app/logout/', 'app/refresh/', 'app/api/me/'];
const DOOR = 'lib/cognito/index.ts';
const GUARD = 'lib/cognito/guard.ts';

/** A figure, and its limit. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** For functions, the one with this value. */
  readonly where?: string;
  readonly most?: number;
}

/** All figures of the current files. */
export function figures(): Figure[] {
  const modules = FILES.filter((file) => /^lib\/cognito\/.*\.ts$/.test(file)).map(measureFile);
  const isAccount = (file: string) => file.startsWith(ACCOUNT) || file === OPEN;
  const account = modules.filter(({ file }) => isAccount(file));
  const qrCode = account.filter(({ file }) => file.startsWith(QR_CODE));
  const client = account.filter((file) => !qrCode.includes(file));
  const signIn = modules.filter(({ file }) => !isAccount(file));
  const appendix = new RegExp(`^lib/cognito/(${APPENDICES.join('|')})/`);
  const path = [
    ...signIn.filter(({ file }) => !appendix.test(file)),
    ...['middleware.ts', 'proxy.ts'].filter(existsSync).map(measureFile),
    ...FILES.filter(isRoute).map(measureFile),
  ];
  const guard = measure(GUARD);
  return [
    { what: 'lines of code, reading path', value: codeOf(path), most: 2500 },
    { what: 'lines of code, lib/cognito with its appendices', value: codeOf(signIn), most: 4770 },
    { what: `lines of code, ${ACCOUNT} without QR codes`, value: codeOf(client), most: 550 },
    { what: 'lines of code, QR codes', value: codeOf(qrCode), most: 300 },
    { what: 'files, reading path', value: path.length },
    { what: `modules that ${GUARD} imports`, value: guard.imports.length, most: 15 },
    { what: `longest function in ${GUARD}, lines`, ...longest([guard]), most: 40 },
    { what: `most branches of a function in ${GUARD}`, ...branchiest([guard]), most: 10 },
    { what: 'longest function in lib/cognito, lines', ...longest(modules), most: 60 },
    { what: `names that ${DOOR} exports`, value: measure(DOOR).exports.length },
    { what: 'import circles in lib', value: findImportCircles('.', ['lib']).length, most: 0 },
    { what: 'scripts of package.json', value: rootScripts().length, most: 15 },
    ...files(),
  ];
}

/** Without the scripts that npm runs before or after another one. */
function rootScripts(): string[] {
  const names = Object.keys(scriptsOf());
  return names.filter(
    (name) => !names.includes(name.replace(/^(pre|post)/, '')) || !/^p(re|ost)/.test(name),
  );
}

function files(): Figure[] {
  const maintains = FILES.filter((file) => file.startsWith('tools/workshop/'));
  const tests = FILES.filter((file) => /(^|\/)tests\//.test(file) && !maintains.includes(file));
  return [
    { what: 'files in a clone', value: FILES.length },
    { what: 'of those: the workshop, which a site can delete', value: maintains.length },
    { what: 'of those: tests, which a site in production never runs', value: tests.length },
  ];
}

function measureFile(file: string): FileSize {
  return measure(file);
}

function isRoute(file: string): boolean {
  return file.endsWith('.ts') && ROUTES.some((route) => file.startsWith(route));
}

function codeOf(measured: readonly FileSize[]): number {
  return measured.reduce((sum, { code }) => sum + code, 0);
}

function longest(measured: readonly FileSize[]) {
  return largest(measured, ({ lines }) => lines);
}

function branchiest(measured: readonly FileSize[]) {
  return largest(measured, ({ branches }) => branches);
}

function largest(measured: readonly FileSize[], sizeOf: (size: FunctionSize) => number) {
  const [first] = measured
    .flatMap(({ functions }) => functions)
    .sort((a, b) => sizeOf(b) - sizeOf(a));
  if (!first) return { value: 0 };
  return { value: sizeOf(first), where: `${first.name} in ${first.file}:${first.line}` };
}
