import { client } from '../../connection/client.ts';
import { useStream } from '../../connection/use-stream.ts';
import { useText } from '../../i18n/use-text.ts';
import { collectChecks, NO_CHECKS, StreamedChecks } from '../../ui/StreamedChecks.tsx';
import type { servicesOf } from './draft.ts';

/** Asks every service, before anything is saved. Whoever wants may go on in spite of what is found. */
export function TestStep({ services }: { readonly services: ReturnType<typeof servicesOf> }) {
  const { t } = useText();
  const probe = useStream(JSON.stringify(services), {
    open: (signal) => client.clusters.probe({ services }, { signal }),
    initial: NO_CHECKS,
    reduce: collectChecks,
  });
  return <StreamedChecks stream={probe} text={t('clusters:help.test')} />;
}
