/** A form, so that sign-out is a full page load and works without JavaScript. */
export function SignOutButton(props: { everywhere?: boolean; label?: string }) {
  const { everywhere = false, label = everywhere ? 'Sign out everywhere' : 'Sign out' } = props;
  return (
    <form action="/logout" method="post">
      <button
        type="submit"
        className="button quiet"
        {...(everywhere ? { name: 'everywhere', value: 'yes' } : {})}
      >
        {label}
      </button>
    </form>
  );
}
