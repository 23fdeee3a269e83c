import styles from '@/app/_components/example-pages.module.css';
import { PageShell } from '@/app/_components/page-shell';
import { access } from '@/lib/access';
import { isPublicPage, requireGroup } from '@/lib/cognito';
import { pageMetadata } from '@/lib/page-metadata';
import { PAGES, type Page } from '@/lib/site';

export const metadata = pageMetadata('/admin');

/** For members of the group `admin`: which page is open to whom. Other signed-in users get a 403. */
export default async function AdminPage() {
  const user = await requireGroup('admin');
  return (
    <PageShell path="/admin">
      <h1>Admin</h1>
      <p className="lead">
        You can open this page because you, {user.name ?? user.username}, are a member of the group{' '}
        <code>admin</code>. Other signed-in users get a page that says so.
      </p>
      <table className={`wide ${styles.pages}`}>
        <caption>Who can open which page</caption>
        <thead>
          <tr>
            <th scope="col">Page</th>
            <th scope="col">Path</th>
            <th scope="col">Open to</th>
          </tr>
        </thead>
        <tbody>
          {PAGES.map((page) => (
            <tr key={page.path}>
              <th scope="row">
                <a href={page.path}>{page.title}</a>
              </th>
              <td>
                <code>{page.path}</code>
              </td>
              <td>{audience(page)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <section className={styles.people} aria-labelledby="people">
        <h2 id="people">Users and groups</h2>
        <p>
          Users, their groups and their passwords are in your Amazon Cognito user pool, under User
          management. If you add a user to a group, this site sees it when the user signs in again,
          or within an hour.
        </p>
      </section>
    </PageShell>
  );
}

/** In words, from the list in `lib/access.ts`. */
function audience({ path }: Page): string {
  const groups: Readonly<Record<string, string>> = access.groupPages;
  const ages: Readonly<Record<string, number>> = access.recentSignInPages;
  const group = groups[path];
  const age = ages[path];
  if (group !== undefined) return `members of the group ${group}`;
  if (age !== undefined)
    return `users who signed in within the last ${Math.ceil(age / 60)} minutes`;
  return isPublicPage(access, path) ? 'everyone' : 'signed-in users';
}
