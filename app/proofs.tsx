import { CheckIcon } from './_components/icons';
import styles from './landing.module.css';
import { excerpt } from './source/excerpt';

/** What other starters leave to whoever clones them, each with the test that shows it here. */
const PROOFS = [
  {
    title: 'A user pool in the box, and none in the build',
    text: 'A local one comes along, with its own hosted UI: sign-up, forgotten passwords, MFA, tokens with Cognito’s claims. No byte of it goes to production.',
    test: 'no-pool-in-build',
  },
  {
    title: 'Fifty requests, one refresh',
    text: 'However many tabs and requests come with one expired session, its refresh token is used once, and everybody gets the result.',
    test: 'one-refresh',
  },
  {
    title: 'No session lost to an outage',
    text: 'While Cognito is down, slow or talks nonsense, people stay signed in; where a page cannot tell, it says so and the next try works.',
    test: 'outage',
  },
  {
    title: 'Each defence has its witness',
    text: 'Every check is taken away once, by a program, and a test has to notice. The table of what noticed is part of the repository.',
    test: 'mutation',
  },
  {
    title: 'A hundred groups fit in the cookie',
    text: 'Tokens are unpacked before they are sealed, so that a member of as many groups as Cognito allows stays within what proxies let through.',
    test: 'hundred-groups',
  },
  {
    title: 'Nobody is sent elsewhere',
    text: 'Where a sign-in comes back to is checked once, in one place, against a list of hostile addresses, in a browser.',
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

/** The test that fails if the claim is not true. */
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
