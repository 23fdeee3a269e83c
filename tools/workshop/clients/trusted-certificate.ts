import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Certificate, createCertificate } from '../../../tests/support/certificate';

declare module 'vitest' {
  interface ProvidedContext {
    /** The certificate that pools use for https, and that this project's processes trust. */
    certificate: Certificate;
  }
}

/**
 * Vitest's global setup: makes one certificate for the run, which the processes of this project trust from
 * their start. Node reads NODE_EXTRA_CA_CERTS only when a process starts, so a test can't set it.
 * The clients then use https as usual, without special options or a custom `fetch`.
 *
 * @param project the vitest project
 * @returns the teardown
 */
export default async function trustCertificate(project: TestProject): Promise<() => Promise<void>> {
  const certificate = await createCertificate();
  const folder = await mkdtemp(join(tmpdir(), 'local-pool-clients-'));
  const file = join(folder, 'certificate.pem');
  await writeFile(file, certificate.cert);
  project.config.env.NODE_EXTRA_CA_CERTS = file;
  project.provide('certificate', certificate);
  return () => rm(folder, { recursive: true });
}
