import type { Environment } from '../../shared/model/cluster.ts';
import { useText } from '../i18n/use-text.ts';
import { Tag } from './StatusBadge.tsx';

/** What a cluster is for; production stands out, as more is asked before it is touched. */
export function EnvironmentBadge({ environment }: { readonly environment: Environment }) {
  const { t } = useText();
  const tone = environment === 'production' ? 'busy' : 'quiet';
  return <Tag tone={tone}>{t(`common:environment.${environment}`)}</Tag>;
}
