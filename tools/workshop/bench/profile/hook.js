/** Loaded into a server first (`node --import`): SIGUSR2 starts a CPU profile, and the next one saves it. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const session = new Session();
session.connect();
let runs = false;

process.on('SIGUSR2', () => {
  if (runs) {
    session.post('Profiler.stop', (_, { profile }) =>
      writeFileSync(process.env.PROFILE_FILE ?? '', JSON.stringify(profile)),
    );
    return;
  }
  runs = true;
  session.post('Profiler.enable');
  session.post('Profiler.start');
});
