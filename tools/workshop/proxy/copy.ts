import { run } from '../../setup/child.js';
import { colors, progress } from '../../setup/progress.js';
import { type Form, formOf } from '../../setup/proxy/form';
import { moveTo } from '../../setup/proxy/move';
import { cleanEnv } from '../../test/clean-env.js';
import { createWorkplace } from '../mutation/workplace';

/** A copy of the project, a repository of its own, that goes with this process. */
export interface Copy {
  readonly folder: string;
  /** Gives it a form, if it has the other. */
  take(form: Form): void;
  /** Runs Node in it, in the environment of all checks; `show` passes on what it prints. */
  node(args: readonly string[], show?: boolean): Promise<{ ok: boolean; output: string }>;
}

/** Copies the project with its packages into the system's folder for such things. */
export async function copyProject(): Promise<Copy> {
  const done = progress('copying the project');
  const { folder } = createWorkplace();
  // Some tests ask git which files there are.
  const inCopy = { cwd: folder };
  await run('git', ['init', '--quiet'], inCopy);
  const { ok } = await run('git', ['add', '--all'], inCopy);
  done(ok, ok ? 'done' : 'without git, which some tests need');
  return {
    folder,
    take: (form) => {
      if (formOf(folder) !== form) moveTo(form, folder);
    },
    node: (args, show = false) =>
      run(process.execPath, [...args], { cwd: folder, env: cleanEnv(process.env, colors), show }),
  };
}
