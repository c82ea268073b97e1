import { startVersitygw, type VersitygwOptions } from '../../servers/versitygw.ts';
import { obsOptions, openObs } from '../../storages/obs-bucket.ts';
import { storageConformance } from './suite.ts';

function onVersitygw(
  name: string,
  server: VersitygwOptions,
  options: Readonly<Record<string, unknown>>,
): void {
  storageConformance({
    name,
    open: async () => {
      const gateway = await startVersitygw(server);
      await gateway.createBucket('bucket');
      return {
        storage: await openObs({ ...obsOptions(gateway, 'bucket'), ...options }),
        cleanup: async () => await gateway[Symbol.asyncDispose](),
      };
    },
  });
}

onVersitygw('OBS', {}, {});
onVersitygw('OBS below a prefix, over TLS', { tls: true }, { prefix: 'a path/with ünïcode+%2F' });
