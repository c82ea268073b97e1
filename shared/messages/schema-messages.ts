import { sameInBoth, type Text } from '../errors/text.ts';

/** What the schemas say by themselves of values that they refuse: Chinese by the English that stands in the schema. */
export const SCHEMA_MESSAGES: { readonly [english: string]: string } = {
  'http:// or https://, a host and perhaps a port are needed': '须为 http:// 或 https:// 加主机名，可带端口',
  'this is no name of a bucket': '不是合法的桶名',
  'an absolute path is needed': '必须为绝对路径',
  'an id is 16 hex digits': '编号为 16 位十六进制数字',
  'an id begins with 4 to 16 hex digits': '编号以 4 至 16 位十六进制数字开头',
  'no control characters, slashes or colons': '不能含有控制字符、斜杠或冒号',
  'not a name': '不是合法名称',
  'it is not an export of clusters': '不是集群的导出文件',
  'a path without a slash at its beginning or end is needed': '路径首尾不能有斜杠',
  'a directory has no empty, . or .. components': '目录的各级名称不能为空、“.”或“..”',
  'not a date': '不是日期',
  '64 hex digits are needed': '需要 64 位十六进制数字',
  'a fingerprint is needed as ssh-keygen -l prints it: SHA256:…':
    '需要 ssh-keygen -l 所示格式的指纹：SHA256:…',
  'up to 64 of a-z, 0-9, ".", "_", "@", "-", beginning with a letter':
    '至多 64 个字符：a-z、0-9、“.”、“_”、“@”、“-”，以字母开头',
};

/**
 * What a schema says of a value, in both languages.
 *
 * @param en its message in English
 * @param zh its message in Chinese: the same as the English one where the schema has words of its own
 */
export function schemaMessage(en: string, zh: string): Text {
  if (zh !== en) return { en, zh };
  return Object.hasOwn(SCHEMA_MESSAGES, en) ? { en, zh: SCHEMA_MESSAGES[en] ?? en } : sameInBoth(en);
}
