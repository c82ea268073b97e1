import { client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import { useText } from '../../i18n/use-text.ts';
import { collectChecks, NO_CHECKS, StreamedChecks } from '../../ui/StreamedChecks.tsx';

type Probe = Parameters<typeof client.storages.probe>[0];

/** Tries a storage that is not saved, or not so. */
export function StorageProbe({ storage }: { readonly storage: Probe }) {
  const { t } = useText();
  const { driver, options, storage: saved } = storage;
  const order: Probe = { driver, options, ...(saved === undefined ? {} : { storage: saved }) };
  const stream = useStream(JSON.stringify(order), {
    open: (signal) => client.storages.probe(order, { signal }),
    initial: NO_CHECKS,
    reduce: collectChecks,
  });
  return <StreamedChecks stream={stream} text={t('storages:validate.text')} />;
}

/** Proves that a saved storage keeps its promises. */
export function StorageValidation({ name }: { readonly name: string }) {
  const { t } = useText();
  const stream = useStream(name, {
    open: (signal) => client.storages.validate({ name }, { signal }),
    initial: NO_CHECKS,
    reduce: collectChecks,
  });
  return <StreamedChecks stream={stream} text={t('storages:validate.text')} />;
}
