import { cachedFolder } from '../servers/cache.ts';
import { runTool } from '../servers/tools.ts';
import type { VersitygwServer } from '../servers/versitygw.ts';

const VERSION = '1.35.99';

/** What `aws s3 cp` does, timed without the start of the interpreter: managed transfer at its defaults. */
const UPLOAD = `
import sys, time, boto3
from botocore.config import Config
endpoint, region, bucket, key, path = sys.argv[1:]
client = boto3.client('s3', endpoint_url=endpoint, region_name=region, config=Config(s3={'addressing_style': 'path'}))
client.list_objects_v2(Bucket=bucket, MaxKeys=1)
start = time.perf_counter()
client.upload_file(path, bucket, key)
print(time.perf_counter() - start)
`;

/** Uploads a file by Python's AWS SDK, installed by pip on first use. Gives seconds. */
export async function uploadWithBoto3(
  { endpoint, region, root }: VersitygwServer,
  bucket: string,
  key: string,
  path: string,
): Promise<number> {
  const packages = await cachedFolder('boto3', VERSION, async (empty) => {
    await runTool('python3', ['-m', 'pip', 'install', '--quiet', '--target', empty, `boto3==${VERSION}`]);
  });
  const environment = [
    `PYTHONPATH=${packages}`,
    `AWS_ACCESS_KEY_ID=${root.accessKey}`,
    `AWS_SECRET_ACCESS_KEY=${root.secretKey}`,
  ];
  const command = ['python3', '-c', UPLOAD, endpoint, region, bucket, key, path];
  return Number(await runTool('env', [...environment, ...command]));
}
