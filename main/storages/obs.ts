import { defineStorage } from './contract.ts';
import { obsOptions } from './obs/options.ts';

/** OBS: a bucket of any service that speaks S3. */
export default defineStorage({
  id: 'obs',
  label: { en: 'OBS / S3', zh: 'OBS / S3' },
  summary: {
    en: 'A bucket of an object storage service that speaks S3.',
    zh: '兼容 S3 的对象存储服务中的桶。',
  },
  options: obsOptions,
  capabilities: {},
  async connect(options, context) {
    // The SDK takes a fifth of a second to load: only for those who use it.
    const { ObsStorage } = await import('./obs/storage.ts');
    return ObsStorage.connect(options, context);
  },
});
