import { defineErrors } from './definition.ts';

const anotherCopy = {
  en: 'Use another copy or another recovery point; verify the storage it lies on.',
  zh: '请使用其他副本或其他恢复点，并检查其所在的存储。',
};

const reportDefect = {
  en: 'This is a defect of Holdfast or of a driver. Keep the log and report it.',
  zh: '这是 Holdfast 或驱动的缺陷，请保留日志并反馈。',
};

/** Damage found in an archive. `problem` is the technical detail. */
const damage = defineErrors({
  'archive.no-footer': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'The file does not end as a Holdfast archive does: it is cut off, or made by another tool',
      zh: '文件结尾不是 Holdfast 归档：文件不完整，或由其他工具生成',
    },
    remedy: anotherCopy,
  },
  'archive.footer-damaged': {
    category: 'integrity',
    retryable: false,
    message: { en: "The archive's footer is damaged: {problem}", zh: '归档的尾部信息已损坏：{problem}' },
    remedy: anotherCopy,
  },
  'archive.manifest-damaged': {
    category: 'integrity',
    retryable: false,
    message: { en: "The archive's manifest is damaged: {problem}", zh: '归档的清单已损坏：{problem}' },
    remedy: anotherCopy,
  },
  'archive.root-damaged': {
    category: 'integrity',
    retryable: false,
    message: {
      en: "The root of the archive's index is damaged: {problem}",
      zh: '归档索引的根已损坏：{problem}',
    },
    remedy: anotherCopy,
  },
  'archive.page-damaged': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'Index page {page}, which lists parts {from} to {to}, is damaged: {problem}',
      zh: '索引页 {page}（列出第 {from} 至 {to} 部分）已损坏：{problem}',
    },
    remedy: anotherCopy,
  },
  'archive.header-damaged': {
    category: 'integrity',
    retryable: false,
    message: { en: 'The gzip header is damaged: {problem}', zh: 'gzip 文件头已损坏：{problem}' },
    remedy: anotherCopy,
  },
  'archive.trailer-damaged': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'The gzip trailer does not fit the content: {problem}',
      zh: 'gzip 尾部与内容不符：{problem}',
    },
    remedy: anotherCopy,
  },
  'archive.frame-damaged': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'The tar header of part {part} is damaged: {problem}',
      zh: '第 {part} 部分的 tar 头已损坏：{problem}',
    },
    remedy: anotherCopy,
  },
  'archive.block-damaged': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'Block {block} of part {part} ({keys}) is damaged: {problem}',
      zh: '第 {part} 部分的第 {block} 块（{keys}）已损坏：{problem}',
    },
    remedy: anotherCopy,
  },
  'archive.lines-invalid': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'Part {part} ({keys}) does not hold what the format allows: {problem}',
      zh: '第 {part} 部分（{keys}）的内容不符合格式：{problem}',
    },
    remedy: anotherCopy,
  },
  'archive.fingerprints-wrong': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'Fingerprints in part {part} do not fit their records ({keys}): {problem}',
      zh: '第 {part} 部分的指纹与记录不符（{keys}）：{problem}',
    },
    remedy: anotherCopy,
  },
  'archive.blob-damaged': {
    category: 'integrity',
    retryable: false,
    message: { en: 'Blob {sha256} is damaged: {problem}', zh: '数据块 {sha256} 已损坏：{problem}' },
    remedy: anotherCopy,
  },
  'archive.counts-wrong': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'The manifest does not count what the archive holds: {problem}',
      zh: '清单中的计数与归档内容不符：{problem}',
    },
    remedy: anotherCopy,
  },
  'archive.file-changed': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'The file is not the one that was written: {what} is {found}, not {expected}',
      zh: '文件与写入时不一致：{what} 为 {found}，应为 {expected}',
    },
    remedy: anotherCopy,
  },
  'archive.short-read': {
    category: 'integrity',
    retryable: true,
    message: {
      en: 'The storage gave {found} bytes at offset {offset} where {length} were asked for',
      zh: '存储在偏移 {offset} 处应返回 {length} 字节，实际返回 {found} 字节',
    },
    remedy: { en: 'Check the storage and the file on it.', zh: '请检查存储及其中的文件。' },
  },
  'archive.chain-broken': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'Archive {id} does not continue the chain: {problem}',
      zh: '归档 {id} 与备份链不衔接：{problem}',
    },
    remedy: {
      en: 'Give the full archive and every increment after it, in order.',
      zh: '请按顺序提供全量归档及其后的每个增量归档。',
    },
  },
});

/** Keys and signatures. */
const trust = defineErrors({
  'archive.signature-invalid': {
    category: 'integrity',
    retryable: false,
    message: { en: "The archive's signature does not fit its content", zh: '归档的签名与内容不符' },
    remedy: anotherCopy,
  },
  'archive.not-signed': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'The archive is not signed; it should be, by {expected}',
      zh: '归档未签名；应由 {expected} 签名',
    },
    remedy: {
      en: 'Find out who wrote this archive: somebody may have put it in place of the one that was written. Use another copy.',
      zh: '请核实该归档的来源：它可能已被替换。请使用其他副本。',
    },
  },
  'archive.signer-mismatch': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'The archive is signed by {found}, not by {expected}',
      zh: '归档由 {found} 签名，而非 {expected}',
    },
    remedy: {
      en: 'Find out who wrote this archive, or name the signer that you trust.',
      zh: '请核实该归档的来源，或指定您信任的签名者。',
    },
  },
  'archive.key-missing': {
    category: 'auth',
    retryable: false,
    message: {
      en: 'The archive is encrypted and no key for it was given; it opens with: {recipients}',
      zh: '归档已加密且未提供密钥；可使用以下方式打开：{recipients}',
    },
    remedy: { en: 'Give one of these keys or the passphrase.', zh: '请提供其中一个密钥或口令。' },
  },
  'archive.wrong-passphrase': {
    category: 'auth',
    retryable: false,
    message: { en: 'The passphrase does not open the archive', zh: '口令无法打开该归档' },
    remedy: { en: 'Check the passphrase and try again.', zh: '请检查口令后重试。' },
  },
  'archive.wrong-key': {
    category: 'auth',
    retryable: false,
    message: {
      en: 'Key {key} does not open the archive though it is named in it',
      zh: '归档中列有密钥 {key}，但该密钥无法打开归档',
    },
    remedy: anotherCopy,
  },
  'archive.key-file-invalid': {
    category: 'input',
    retryable: false,
    message: { en: 'This is not a key file: {problem}', zh: '不是有效的密钥文件：{problem}' },
    remedy: { en: 'Give a file that Holdfast made as a key.', zh: '请提供由 Holdfast 生成的密钥文件。' },
  },
});

/** What cannot be done with this archive, or not by this call. */
const usage = defineErrors({
  'archive.unsupported-version': {
    category: 'unsupported',
    retryable: false,
    message: {
      en: 'The archive has format version {version}, which this version of Holdfast does not know',
      zh: '归档的格式版本为 {version}，当前版本的 Holdfast 无法识别',
    },
    remedy: { en: 'Use a newer version of Holdfast.', zh: '请使用更新版本的 Holdfast。' },
  },
  'archive.chunk-elsewhere': {
    category: 'missing',
    retryable: false,
    message: {
      en: 'Part of blob {sha256} lies in archive {archive}, which is not open',
      zh: '数据块 {sha256} 的一部分位于未打开的归档 {archive} 中',
    },
    remedy: {
      en: 'Open the whole chain, from its full archive on.',
      zh: '请从全量归档开始打开整条备份链。',
    },
  },
  'archive.blob-unknown': {
    category: 'missing',
    retryable: false,
    message: { en: 'The entry does not refer to blob {sha256}', zh: '该条目未引用数据块 {sha256}' },
    remedy: reportDefect,
  },
  'archive.keys-out-of-order': {
    category: 'internal',
    retryable: false,
    message: {
      en: 'Key {key} came after {previous} in generation {generation}',
      zh: '第 {generation} 代中键 {key} 出现在 {previous} 之后',
    },
    remedy: reportDefect,
  },
  'archive.entry-invalid': {
    category: 'internal',
    retryable: false,
    message: { en: 'Entry {key} cannot be stored: {problem}', zh: '条目 {key} 无法存储：{problem}' },
    remedy: reportDefect,
  },
  'archive.limit-exceeded': {
    category: 'capacity',
    retryable: false,
    message: {
      en: '{what} is larger than an archive can hold ({limit})',
      zh: '{what}超出归档的上限（{limit}）',
    },
    remedy: { en: 'Leave it out of the selection.', zh: '请将其从备份范围中排除。' },
  },
  'archive.writer-closed': {
    category: 'internal',
    retryable: false,
    message: { en: 'The archive is no longer being written', zh: '归档已停止写入' },
    remedy: reportDefect,
  },
  'archive.name-too-long': {
    category: 'input',
    retryable: false,
    message: {
      en: 'The name {name} takes {length} bytes when written as a file name; {limit} are allowed',
      zh: '名称 {name} 写成文件名需要 {length} 字节，最多允许 {limit} 字节',
    },
    remedy: {
      en: 'Choose a shorter name; letters and digits of ASCII take the least room.',
      zh: '请使用更短的名称；ASCII 字母和数字占用空间最少。',
    },
  },
  'archive.foreign-damaged': {
    category: 'integrity',
    retryable: false,
    message: { en: 'The file is not a sound tar.gz: {problem}', zh: '文件不是完好的 tar.gz：{problem}' },
    remedy: anotherCopy,
  },
  'archive.foreign-limit': {
    category: 'integrity',
    retryable: false,
    message: {
      en: 'Listing stopped: {what} is beyond {limit}, as in a file made to exhaust the reader',
      zh: '已停止列出：{what}超过 {limit}，疑似恶意文件',
    },
    remedy: {
      en: 'Do not unpack this file unless you know where it comes from.',
      zh: '除非确知文件来源，请勿解压。',
    },
  },
});

export const archiveErrors = { ...damage, ...trust, ...usage };
