import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Certificates, createCertificates } from './certificates.ts';
import { workFolder } from './processes.ts';
import { runTool } from './tools.ts';

/** How the TLS listeners treat clients' certificates, and which certificate the brokers show. */
export interface KafkaTlsOptions {
  readonly certificates?: Certificates;
  /** Default `want`: a client certificate is checked when there is one. */
  readonly clientAuth?: 'none' | 'want' | 'need';
  /** The brokers show their expired certificate. */
  readonly expired?: boolean;
}

/** The TLS of one cluster; its stores lie in a work folder of their own. */
export interface KafkaTls {
  readonly certificates: Certificates;
  readonly clientAuth: 'none' | 'want' | 'need';
  readonly folder: string;
}

const storePassword = 'changeit';

/** Makes certificates unless there are some, and the brokers' key store: Kafka 2.8 takes no bare PEM key. */
export async function planTls(options: KafkaTlsOptions): Promise<KafkaTls> {
  const folder = workFolder('kafka-tls');
  const certificates = options.certificates ?? (await createCertificates(folder));
  const { certificate, key } = options.expired ? certificates.expiredServer : certificates.server;
  writeFileSync(join(folder, 'broker.pem'), key + certificate);
  writeFileSync(join(folder, 'truststore.pem'), certificates.ca);
  const store = ['-out', 'keystore.p12', '-passout', `pass:${storePassword}`];
  await runTool('openssl', ['pkcs12', '-export', '-in', 'broker.pem', ...store], folder);
  return { certificates, clientAuth: options.clientAuth ?? 'want', folder };
}

/** The lines of server.properties for it. */
export function tlsProperties({ folder, clientAuth }: KafkaTls): Record<string, string> {
  return {
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': join(folder, 'keystore.p12'),
    'ssl.keystore.password': storePassword,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': join(folder, 'truststore.pem'),
    'ssl.client.auth': { none: 'none', want: 'requested', need: 'required' }[clientAuth],
  };
}
