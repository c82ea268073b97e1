import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from './tools.ts';

/** A certificate with its private key, as PEM text (the key is PKCS #8). */
export interface Credential {
  readonly certificate: string;
  readonly key: string;
}

/** A throw-away certificate authority and what it signed; the same PEM texts lie in `folder` as `<name>.pem`. */
export interface Certificates {
  readonly folder: string;
  readonly ca: string;
  /** For `localhost`, 127.0.0.1 and ::1. */
  readonly server: Credential;
  readonly client: Credential;
  /** Signed by the same authority, but ended yesterday. */
  readonly expiredServer: Credential;
  readonly expiredClient: Credential;
}

const validDays = 30;

/** Makes a fresh authority with server and client certificates in `folder`, by the openssl command. */
export async function createCertificates(folder: string): Promise<Certificates> {
  await newKey(folder, 'ca');
  await runTool(
    'openssl',
    [
      'req',
      '-x509',
      '-new',
      '-key',
      'ca.key',
      '-days',
      `${validDays}`,
      '-subj',
      '/CN=Holdfast test CA',
      '-out',
      'ca.pem',
    ],
    folder,
  );
  const [server, client, expiredServer, expiredClient] = await Promise.all([
    sign(folder, 'server', 'localhost', validDays),
    sign(folder, 'client', 'holdfast-client', validDays),
    sign(folder, 'expired-server', 'localhost', -1),
    sign(folder, 'expired-client', 'holdfast-client', -1),
  ]);
  return {
    folder,
    ca: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    server,
    client,
    expiredServer,
    expiredClient,
  };
}

async function newKey(folder: string, name: string): Promise<void> {
  await runTool(
    'openssl',
    ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`],
    folder,
  );
}

async function sign(folder: string, name: string, commonName: string, days: number): Promise<Credential> {
  await newKey(folder, name);
  const extensions =
    'subjectAltName=DNS:localhost,DNS:*.far.test,IP:127.0.0.1,IP:::1\nextendedKeyUsage=serverAuth,clientAuth\n';
  await writeFile(join(folder, `${name}.ext`), extensions);
  await runTool(
    'openssl',
    ['req', '-new', '-key', `${name}.key`, '-subj', `/CN=${commonName}`, '-out', `${name}.csr`],
    folder,
  );
  await runTool(
    'openssl',
    [
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-set_serial',
      `0x${serial()}`,
      '-days',
      `${days}`,
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.pem`,
    ],
    folder,
  );
  return {
    certificate: readFileSync(join(folder, `${name}.pem`), 'utf8'),
    key: readFileSync(join(folder, `${name}.key`), 'utf8'),
  };
}

function serial(): string {
  return crypto.randomUUID().replaceAll('-', '').replace(/^./, '1');
}
