import type { ReactNode } from 'react';
import { getPageContext } from '@/lib/cognito';

import { MoonIcon, SunIcon, SystemIcon } from './icons';
import styles from './shell.module.css';
import { ThemeForm } from './theme-form';

/**
 * Switches between the light, dark and system themes. The server reads the choice from a cookie, so
 * every page starts in the right theme. It is a form, so it works without JavaScript.
 */
export async function ThemeSwitch() {
  const { theme = 'system' } = await getPageContext();
  return (
    <ThemeForm className={styles.theme}>
      <Choice value="system" chosen={theme} label="System theme">
        <SystemIcon />
      </Choice>
      <Choice value="light" chosen={theme} label="Light theme">
        <SunIcon />
      </Choice>
      <Choice value="dark" chosen={theme} label="Dark theme">
        <MoonIcon />
      </Choice>
    </ThemeForm>
  );
}

function Choice(props: { value: string; chosen: string; label: string; children: ReactNode }) {
  const { value, chosen, label, children } = props;
  return (
    <button
      type="submit"
      name="theme"
      value={value}
      aria-pressed={value === chosen}
      aria-label={label}
      title={label}
    >
      {children}
    </button>
  );
}
