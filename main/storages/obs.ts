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
  account: {
    en: 'On the bucket: `s3:ListBucket`. On its objects: `s3:GetObject`, `s3:PutObject`, `s3:DeleteObject` and `s3:AbortMultipartUpload`. With a path in the bucket, the objects below it are enough.\n\nTo clear away what an interrupted upload left behind it also needs `s3:ListBucketMultipartUploads` on the bucket and `s3:ListMultipartUploadParts` on its objects. Without them everything else works; set a lifecycle rule of the bucket that aborts incomplete uploads after some days.',
    zh: '对桶：`s3:ListBucket`。对桶内对象：`s3:GetObject`、`s3:PutObject`、`s3:DeleteObject` 和 `s3:AbortMultipartUpload`。若设置了桶内路径，只需对该路径下的对象授权。\n\n清理中断上传的残留还需要对桶授予 `s3:ListBucketMultipartUploads`，对对象授予 `s3:ListMultipartUploadParts`。没有这两项其他功能不受影响，此时请为桶设置生命周期规则，在数天后自动中止未完成的分段上传。',
  },
  async connect(options, context) {
    // The SDK takes a fifth of a second to load: only for those who use it.
    const { ObsStorage } = await import('./obs/storage.ts');
    return ObsStorage.connect(options, context);
  },
});
