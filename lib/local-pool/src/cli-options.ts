import { parseArgs } from 'node:util';
import { DEFAULT_POOL_PORT } from './settings';

/** The options of `npm run local-pool`. */
export interface CliOptions {
  /** 0 picks a free one. */
  port: number;
  /** The site's origin, without a trailing slash. */
  site: string;
  /** Whether to print the public client instead of the confidential one. */
  publicClient: boolean;
  /** The grace period of refresh token rotation, in seconds; undefined leaves rotation off. */
  rotationGraceSeconds: number | undefined;
  /** The lifetime of ID and access tokens in seconds; undefined leaves Cognito's hour. */
  accessSeconds: number | undefined;
}

export type ParsedCli =
  | { kind: 'run'; options: CliOptions }
  | { kind: 'help' }
  | { kind: 'wrong'; message: string };

export const CLI_HELP = `Starts the local user pool and prints the environment variables of a site that uses it.

  npm run -s local-pool -- [options]

  --port N             port of the pool; 0 picks a free one (default: ${DEFAULT_POOL_PORT})
  --site ORIGIN        origin of the site; its /login and /login/ become callback URLs
                       (default: http://localhost:3000)
  --public             use the public app client, which has no secret
  --rotation SECONDS   turn on refresh token rotation with this grace period, 0 to 60
  --access-seconds N   lifetime of ID and access tokens, 1 to 86400; Cognito allows 300 or more
  --help               show this help

Standard output contains only KEY=value lines, including SESSION_SECRET. Everything else goes to
standard error.`;

/**
 * Parses the command line.
 *
 * @param args the arguments, without `node` and the script
 */
export function parseCliOptions(args: readonly string[]): ParsedCli {
  const parsed = parse(args);
  if (typeof parsed === 'string') return { kind: 'wrong', message: parsed };
  if (parsed.help) return { kind: 'help' };

  const port = wholeNumber(parsed.port, 0, 65535);
  if (port === null) return wrong('--port', 'a number from 0 to 65535', parsed.port);
  const site = parseOrigin(parsed.site ?? 'http://localhost:3000');
  if (site === null) {
    return wrong('--site', 'an origin without a path (https, or http on loopback)', parsed.site);
  }
  const grace = wholeNumber(parsed.rotation, 0, 60);
  if (grace === null) return wrong('--rotation', 'a number from 0 to 60', parsed.rotation);
  const access = wholeNumber(parsed['access-seconds'], 1, 86_400);
  if (access === null) {
    return wrong('--access-seconds', 'a number from 1 to 86400', parsed['access-seconds']);
  }
  const options = {
    port: port ?? DEFAULT_POOL_PORT,
    site,
    publicClient: parsed.public ?? false,
    rotationGraceSeconds: grace,
    accessSeconds: access,
  };
  return { kind: 'run', options };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        site: { type: 'string' },
        public: { type: 'boolean' },
        rotation: { type: 'string' },
        'access-seconds': { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    // Node's message, without its advice on positional arguments.
    const [problem] = (error instanceof Error ? error.message : '').split(/\. |\n/);
    return `${(problem ?? '').replace(/\.$/, '')}. See --help.`;
  }
}

function wrong(option: string, what: string, value: string | undefined): ParsedCli {
  return { kind: 'wrong', message: `${option} must be ${what}, not "${value ?? ''}". See --help.` };
}

/** Returns undefined for undefined, and null for anything that isn't such a number. */
function wholeNumber(
  text: string | undefined,
  least: number,
  most: number,
): number | null | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  return /^\d+$/.test(text) && number >= least && number <= most ? number : null;
}

function parseOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { origin, protocol, hostname } = new URL(text);
  if (text !== origin && text !== `${origin}/`) return null;
  if (protocol === 'https:') return origin;
  // As in Cognito, http callback URLs must be on loopback (facts, section 11).
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'http:' && isLoopback ? origin : null;
}
