'use client';

import { useActionState } from 'react';
import { Field } from '@/app/_components/form/field';
import form from '@/app/_components/form/form.module.css';
import styles from '../account.module.css';
import type { setUp, turnOff } from './actions';

/** Sets up an authenticator app: a button, then a QR code and a field for the first code. */
export function SetUp({ action, isOn }: { action: typeof setUp; isOn: boolean }) {
  const [state, send, pending] = useActionState(action, {});
  const key = state.done ? undefined : state.key;
  const error = state.done ? undefined : state.error;
  if (!key) {
    return (
      <form action={send} className={form.form}>
        <Problem text={error} />
        <button type="submit" className={isOn ? 'button quiet' : 'button'} aria-disabled={pending}>
          {isOn ? 'Use another app' : 'Set up an app'}
        </button>
      </form>
    );
  }
  return (
    <form action={send} className={form.form}>
      <ol className={styles.steps}>
        <li>
          Scan this with your authenticator app, or <a href={key.uri}>open it on this device</a>.
          {key.picture ? (
            <svg
              className={styles.picture}
              viewBox={`0 0 ${key.picture.side} ${key.picture.side}`}
              role="img"
              aria-label="QR code for your authenticator app"
            >
              <path d={key.picture.path} />
            </svg>
          ) : null}
        </li>
        <li>
          Or type this key into the app:{' '}
          <code className={styles.secret}>{grouped(key.secret)}</code>
        </li>
        <li>
          <Field
            id="totp-code"
            name="code"
            label="Enter the code that the app shows"
            error={error}
            focus
          >
            {(control) => (
              <input
                {...control}
                type="text"
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                maxLength={10}
                className={styles.code}
              />
            )}
          </Field>
        </li>
      </ol>
      <button type="submit" className="button" aria-disabled={pending}>
        {pending ? 'Checking…' : 'Turn on'}
      </button>
    </form>
  );
}

/** Turns the app off. */
export function TurnOff({ action }: { action: typeof turnOff }) {
  const [state, send, pending] = useActionState(action, {});
  return (
    <form action={send}>
      <Problem text={state.done ? undefined : state.error} />
      <button type="submit" className="button quiet" aria-disabled={pending}>
        Turn off
      </button>
    </form>
  );
}

function Problem({ text }: { text: string | undefined }) {
  return text ? (
    <p role="alert" className={form.error}>
      {text}
    </p>
  ) : null;
}

/** In groups of four, which are easier to type. */
function grouped(secret: string): string {
  return secret.replace(/.{4}(?=.)/g, '$& ');
}
