import type { ReactNode } from 'react';
import { getPageContext } from '@/lib/cognito';

import { MoonIcon, SunIcon, SystemIcon } from './icons';
import styles from './shell.module.css';
import { ThemeForm } from './theme-form';

/**
 * Light, dark, or as the system has it. The choice is a cookie that the server reads, so that the
 * first byte of the next page has the right colours already; a form, so that it needs no JavaScript.
 */
export async function ThemeSwitch() {
  const { theme = 'system' } = await getPageContext();
  return (
    <ThemeForm className={styles.theme}>
      <Choice value="system" chosen={theme} label="Colours of the system">
        <SystemIcon />
      </Choice>
      <Choice value="light" chosen={theme} label="Light colours">
        <SunIcon />
      </Choice>
      <Choice value="dark" chosen={theme} label="Dark colours">
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
