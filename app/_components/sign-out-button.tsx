/** A form, so that signing out is a full navigation and works without JavaScript. */
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
