import { timeLeft } from '../../_components/time';
import { Chapter } from '../chapter';
import type { CookieAnatomy } from '../cookie-anatomy';
import type { Evidence } from '../evidence-of';
import styles from '../flow.module.css';
import { type BarPart, StackedBar } from '../stacked-bar';

/** The cookie, from the inside and from the outside. */
export function Seal({ evidence, done }: { evidence: Evidence; done: boolean }) {
  const { cookie } = evidence;
  const { received, plain, sealed, limits } = cookie;
  return (
    <Chapter step="seal" done={done}>
      <p>
        The three tokens are encrypted and signed with a secret that only this site has, and put
        into a cookie: the session. No script can read it, and whoever changes one letter of it has
        no session at all. Nothing is stored anywhere else, so there is no database to run or to
        lose.
      </p>
      <p>
        Browsers keep no cookie over {limits.piece.toLocaleString('en')} bytes, and proxies turn
        away more than about 8,000 in all. So the tokens are unpacked first:{' '}
        {received.total.toLocaleString('en')} characters as they came, {plain.toLocaleString('en')}{' '}
        bytes packed, {sealed.toLocaleString('en')} sealed.
      </p>
      <StackedBar
        label="As they came, in characters"
        scale={limits.all}
        parts={[
          { kind: 'id', name: NAMES.id, size: received.id },
          { kind: 'access', name: NAMES.access, size: received.access },
          { kind: 'refresh', name: NAMES.refresh, size: received.refresh },
        ]}
      />
      <StackedBar label="Packed, in bytes" scale={limits.all} parts={packedParts(cookie)} />
      <StackedBar
        label={`In the browser: ${cookie.pieces.length === 1 ? 'one cookie' : `${cookie.pieces.length} cookies`}, ${cookie.total.toLocaleString('en')} of ${limits.all.toLocaleString('en')} bytes`}
        scale={limits.all}
        mark={limits.piece}
        parts={cookie.pieces.map(({ name, bytes }) => ({ kind: 'sealed', name, size: bytes }))}
      />
      <p className={styles.note}>
        {cookie.attributes.join('; ')}. It lives for {timeLeft(cookie.lifetime, 0)} from your
        sign-in, as long as the refresh token does.
      </p>
    </Chapter>
  );
}

const NAMES = { id: 'ID token', access: 'access token', refresh: 'refresh token' } as const;

function packedParts({ packed }: CookieAnatomy): BarPart[] {
  return packed.map(({ part, token, bytes }) => ({
    kind: token,
    name: token === 'shared' || token === 'frame' ? part : `${NAMES[token]}: ${part}`,
    size: bytes,
  }));
}
