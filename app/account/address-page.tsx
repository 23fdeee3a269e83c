import { Field } from '@/app/_components/form/field';
import form from '@/app/_components/form/form.module.css';
import { PageShell } from '@/app/_components/page-shell';
import { RECENT } from '@/lib/account/form';
import type { Address } from '@/lib/account/forms/address';
import { providerOf } from '@/lib/account/provider';
import { readAccount } from '@/lib/account/read';
import { requireRecentSignIn } from '@/lib/cognito';
import { keptForm, ownerTag } from '@/lib/kept-form';
import { AccountForm } from './account-form';

/**
 * A page that changes an email address or a phone number.
 *
 * @param props.name of the form in `lib/account/forms`
 * @param props.what the page calls it
 */
export async function AddressPage(props: { address: Address; name: string; what: string }) {
  const { address, name, what } = props;
  const { attribute, path } = address;
  const user = await requireRecentSignIn(RECENT, path);
  const { attributes, problem } = await readAccount();
  const provider = providerOf(user);
  const kept = await keptForm(path, user.sub);
  const pending = kept?.values.pending ?? '';
  const current = attributes?.get(attribute);
  const step = { name, pending, owner: ownerTag(user.sub) };
  // A user pool that doesn't wait for the code has changed it already.
  const isChanged = pending !== '' && current === pending;
  return (
    <PageShell path={path}>
      <p>
        <a href="/account">Your account</a>
      </p>
      <h1>{`Change your ${what}`}</h1>
      {problem ? (
        <p className={form.notice} role="status">
          {problem}
        </p>
      ) : null}
      {provider && attribute === 'email' ? (
        <p className={form.notice}>
          <strong>{provider} manages this.</strong> A change here lasts until your next sign-in.
          Change it there instead.
        </p>
      ) : null}
      {pending === '' ? (
        <AccountForm name={name} sub={user.sub} kept={kept} submit="Send a code">
          <p>{current ? `Your current ${what} is ${current}.` : `You have no ${what}.`}</p>
          <Field id={`${name}-new`} name="new" label={`New ${what}`} error={kept?.errors.new} focus>
            {(control) => (
              <input
                {...control}
                type={attribute === 'email' ? 'email' : 'tel'}
                autoComplete={attribute === 'email' ? 'email' : 'tel'}
                required
                defaultValue={kept?.values.new}
              />
            )}
          </Field>
        </AccountForm>
      ) : (
        <>
          <p>
            {isChanged ? (
              <>
                Your {what} is now <strong>{pending}</strong>, but it isn’t confirmed: you can’t
                sign in with it yet.
              </>
            ) : (
              <>
                We sent a code to <strong>{pending}</strong>. Until you enter it, your {what} stays{' '}
                {current ?? 'as it is'}.
              </>
            )}
          </p>
          <AccountForm
            name={name}
            sub={user.sub}
            kept={kept && Object.keys(kept.errors).length > 0 ? kept : undefined}
            submit="Confirm"
            secret
          >
            <input type="hidden" name="pending" value={pending} />
            <input type="hidden" name="step" value="confirm" />
            <Field id={`${name}-code`} name="code" label="Code" error={kept?.errors.code} focus>
              {(control) => (
                <input
                  {...control}
                  type="text"
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  required
                  maxLength={20}
                />
              )}
            </Field>
          </AccountForm>
          <div className="actions">
            <Step {...step} step="resend" label="Send a new code" />
            {isChanged ? null : <Step {...step} step="cancel" label="Cancel" />}
          </div>
        </>
      )}
    </PageShell>
  );
}

/** A button that does one step of the form. */
function Step(props: Record<'name' | 'owner' | 'step' | 'pending' | 'label', string>) {
  return (
    <form action="/account/save" method="post">
      <input type="hidden" name="form" value={props.name} />
      <input type="hidden" name="owner" value={props.owner} />
      <input type="hidden" name="step" value={props.step} />
      <input type="hidden" name="pending" value={props.pending} />
      <button type="submit" className="button quiet">
        {props.label}
      </button>
    </form>
  );
}
