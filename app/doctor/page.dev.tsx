import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Frame } from '@/app/_components/frame';
import { ThemeSwitch } from '@/app/_components/theme-switch';
import { developmentSettings } from '@/lib/cognito/config/environment';
import { examine } from '@/tools/doctor/doctor';
import { byCheck, type Finding, type Trouble, troublesOf } from '@/tools/doctor/finding';
import { count, resultLine } from '@/tools/doctor/report';
import styles from './doctor.module.css';

export const metadata: Metadata = { title: 'The doctor' };

/**
 * The results of `npm run doctor` as a page, to find out why a sign-in failed. Because of its file
 * name, the page exists only in `next dev`: see next.config.js.
 */
export default async function DoctorPage() {
  await connection();
  const findings = await examine({
    env: developmentSettings(),
    nodeVersion: process.version,
    uuid: crypto.randomUUID(),
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now() / 1000,
  });
  const results = byCheck(findings);
  const troubles = troublesOf(results);
  return (
    <Frame colors={<ThemeSwitch />}>
      <h1>The doctor</h1>
      <p className="lead">
        Checks your settings in the same way as <code>npm run doctor</code>. This page exists in
        development only and shows no secrets.
      </p>
      <p className={styles.result}>{resultLine(count(findings))}</p>
      {troubles.length > 0 ? (
        <section aria-labelledby="fix">
          <h2 id="fix">What to fix</h2>
          <ul className={styles.troubles}>
            {troubles.map(({ label, outcome, trouble }) => (
              <li key={trouble.problem} className="card">
                <h3>
                  <Mark outcome={outcome} /> {label}
                </h3>
                <p>{trouble.problem}.</p>
                <Remedy trouble={trouble} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section aria-labelledby="all" className={styles.all}>
        <h2 id="all">All checks</h2>
        <ul className={styles.checks}>
          {results.map(({ check, label, outcome, findings: own }) => (
            <li key={check}>
              <Mark outcome={outcome} />
              <strong>{label}</strong>
              <span>{own.map(inShort).filter(Boolean).join('; ')}</span>
            </li>
          ))}
        </ul>
      </section>
    </Frame>
  );
}

const WORDS = { ok: 'OK', wrong: 'wrong', warning: 'warning', unknown: 'not checked' };

function Mark({ outcome }: { outcome: Finding['outcome'] }) {
  return <span className={`tag ${styles[outcome]}`}>{WORDS[outcome]}</span>;
}

function Remedy({ trouble: { value, fix } }: { trouble: Trouble }) {
  return (
    <dl>
      <dt>Found</dt>
      <dd>
        <code>{value}</code>
      </dd>
      {fix.here === undefined ? null : (
        <>
          <dt>Fix</dt>
          <dd>{fix.here}</dd>
        </>
      )}
      {fix.console === undefined ? null : (
        <>
          <dt>In the AWS console</dt>
          <dd>{fix.console}</dd>
        </>
      )}
      {fix.command === undefined ? null : (
        <>
          <dt>With the AWS CLI</dt>
          <dd>
            <code>{fix.command}</code>
          </dd>
        </>
      )}
    </dl>
  );
}

function inShort(finding: Finding): string {
  if (finding.outcome === 'ok') return finding.seen;
  return finding.outcome === 'unknown' ? finding.why : 'see above';
}
