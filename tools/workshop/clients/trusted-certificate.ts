import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Certificate, createCertificate } from '../../../tests/support/certificate';

declare module 'vitest' {
  interface ProvidedContext {
    /** What a pool serves https with, and this project's processes trust. */
    certificate: Certificate;
  }
}

/**
 * Vitest's global setup: makes one certificate for the run, and starts the processes of this project
 * trusting it. Node reads NODE_EXTRA_CA_CERTS once, at a process's start, so a test cannot set it.
 * The clients then find https as they would anywhere, without an option or a fetch of ours.
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
