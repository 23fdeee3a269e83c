import { CheckIcon } from '@/app/_components/icons';
import styles from '@/app/landing.module.css';
import { excerpt } from '@/app/source/excerpt';

/** What other starters leave to you, each with the test that proves it here. */
const PROOFS = [
  {
    title: 'A local user pool for development',
    text: 'It has its own hosted UI with sign-up, password reset and MFA, and issues tokens with Cognito’s claims. None of its code is in your production build.',
    test: 'no-pool-in-build',
  },
  {
    title: 'Fifty requests, one refresh',
    text: 'When many tabs and requests arrive with the same expired session, its refresh token is used once, and every request gets the new tokens.',
    test: 'one-refresh',
  },
  {
    title: 'Outages don’t sign users out',
    text: 'If Cognito is down, slow or sends invalid responses, users keep their sessions. A page that can’t check a session says so, and works once Cognito is back.',
    test: 'outage',
  },
  {
    title: 'Every security check is tested',
    text: 'A program removes the security checks, one at a time, and a test must fail each time. The results are in the repository.',
    test: 'mutation',
  },
  {
    title: 'A hundred groups fit in the session',
    text: 'Tokens are compressed before they are encrypted, so even users in 100 groups, the most that Cognito allows, stay within the cookie limits of browsers and proxies.',
    test: 'hundred-groups',
  },
  {
    title: 'No open redirects',
    text: 'After sign-in, users only ever return to a page of your site. A test tries a list of hostile addresses in a real browser.',
    test: 'return-to',
  },
] as const;

/** The claims of the landing page. */
export function Proofs() {
  return (
    <section aria-labelledby="proofs">
      <h2 id="proofs">What other starters leave to you</h2>
      <ul className={styles.proofs}>
        {PROOFS.map(({ title, text, test }) => (
          <li key={title} className="card">
            <h3>{title}</h3>
            <p>{text}</p>
            <Proof test={test} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A link to the test that fails if the claim isn't true. */
function Proof({ test }: { test: (typeof PROOFS)[number]['test'] }) {
  const { href, label } = excerpt(test);
  const [file, lines] = label.split(', ');
  return (
    <p className={styles.proof}>
      <CheckIcon />
      <span>
        <a href={href}>{file?.replace('tests/', '')}</a> {lines}
      </span>
    </p>
  );
}
