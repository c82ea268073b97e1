import { defineErrors } from './definition.ts';

export const secretsErrors = defineErrors({
  'secrets.locked': {
    category: 'auth',
    retryable: false,
    message: { en: 'The vault is locked', zh: '保险库已锁定' },
    remedy: {
      en: 'Unlock it with "holdfast vault unlock", or start Holdfast with the passphrase or the key file.',
      zh: '请用 “holdfast vault unlock” 解锁，或在启动 Holdfast 时提供口令或密钥文件。',
    },
  },
  'secrets.no-vault': {
    category: 'config',
    retryable: false,
    message: { en: 'There is no vault in {directory}', zh: '{directory} 中没有保险库' },
    remedy: { en: 'Create it with "holdfast vault init".', zh: '请用 “holdfast vault init” 创建。' },
  },
  'secrets.vault-exists': {
    category: 'conflict',
    retryable: false,
    message: { en: 'There is already a vault in {directory}', zh: '{directory} 中已有保险库' },
    remedy: {
      en: 'Unlock it, or change how it is protected with "holdfast vault change".',
      zh: '请解锁它，或用 “holdfast vault change” 更改保护方式。',
    },
  },
  'secrets.wrong-passphrase': {
    category: 'auth',
    retryable: false,
    message: { en: 'The passphrase does not open the vault', zh: '口令无法打开保险库' },
    remedy: { en: 'Enter the right passphrase.', zh: '请输入正确的口令。' },
  },
  'secrets.wrong-key': {
    category: 'auth',
    retryable: false,
    message: { en: 'The key from {where} does not open the vault', zh: '来自 {where} 的密钥无法打开保险库' },
    remedy: {
      en: 'Give the key that this vault was protected with.',
      zh: '请提供保护此保险库时所用的密钥。',
    },
  },
  'secrets.wrong-protector': {
    category: 'input',
    retryable: false,
    message: {
      en: 'The vault is not protected by {given} but by {expected}',
      zh: '保险库的保护方式不是 {given}，而是 {expected}',
    },
    remedy: { en: 'Unlock it by {expected}.', zh: '请用 {expected} 解锁。' },
  },
  'secrets.weak-passphrase': {
    category: 'input',
    retryable: false,
    message: {
      en: 'The passphrase is shorter than {least} characters',
      zh: '口令少于 {least} 个字符',
    },
    remedy: { en: 'Choose a longer one; several words are good.', zh: '请选择更长的口令，例如几个单词。' },
  },
  'secrets.damaged': {
    category: 'integrity',
    retryable: false,
    message: { en: 'The vault file {file} is damaged: {problem}', zh: '保险库文件 {file} 已损坏：{problem}' },
    remedy: {
      en: 'Put back a copy of the file. Without one, move it away, create a new vault and enter the secrets again.',
      zh: '请用副本恢复该文件；若没有副本，请移走它、新建保险库并重新输入各项密钥。',
    },
  },
  'secrets.too-new': {
    category: 'unsupported',
    retryable: false,
    message: {
      en: 'The vault file {file} was written by a newer Holdfast',
      zh: '保险库文件 {file} 由更新版本的 Holdfast 写入',
    },
    remedy: { en: 'Update Holdfast.', zh: '请升级 Holdfast。' },
  },
  'secrets.missing': {
    category: 'missing',
    retryable: false,
    message: { en: 'The vault has no secret {id}', zh: '保险库中没有密钥项 {id}' },
    remedy: { en: 'Enter the secret again where it is used.', zh: '请在使用处重新输入该密钥项。' },
  },
  'secrets.busy': {
    category: 'conflict',
    retryable: true,
    message: {
      en: 'Other processes keep changing the vault in {directory}',
      zh: '其他进程正在不断修改 {directory} 中的保险库',
    },
    remedy: { en: 'Try again in a moment.', zh: '请稍后重试。' },
  },
  'secrets.failed': {
    category: 'internal',
    retryable: false,
    message: { en: '{file} could not be read or written: {problem}', zh: '无法读写 {file}：{problem}' },
    remedy: {
      en: 'Check free space and permissions of the directory; its file system needs hard links.',
      zh: '请检查目录的可用空间与权限；其文件系统需支持硬链接。',
    },
  },
  'secrets.keychain-unavailable': {
    category: 'config',
    retryable: false,
    message: {
      en: "The operating system's keychain cannot be used: {problem}",
      zh: '无法使用操作系统的钥匙串：{problem}',
    },
    remedy: {
      en: 'Unlock the keychain (on Linux a Secret Service such as GNOME Keyring or KWallet), or protect the vault by a passphrase or a key file.',
      zh: '请解锁钥匙串（Linux 上为 GNOME Keyring 或 KWallet 等 Secret Service），或改用口令或密钥文件保护保险库。',
    },
  },
  'secrets.keychain-entry-missing': {
    category: 'auth',
    retryable: false,
    message: {
      en: 'The keychain of this account has no key for the vault',
      zh: '此账号的钥匙串中没有该保险库的密钥',
    },
    remedy: {
      en: 'Run Holdfast as the user who created the vault, on the same machine.',
      zh: '请在同一台机器上以创建保险库的用户运行 Holdfast。',
    },
  },
  'secrets.key-file-missing': {
    category: 'missing',
    retryable: false,
    message: { en: 'There is no key file {file}', zh: '密钥文件 {file} 不存在' },
    remedy: { en: 'Give the path of the key file, or mount it.', zh: '请提供密钥文件路径或挂载它。' },
  },
  'secrets.key-file-exposed': {
    category: 'config',
    retryable: false,
    message: { en: 'Others may read the key file {file}', zh: '其他用户可以读取密钥文件 {file}' },
    remedy: {
      en: 'Take the rights of group and others away: chmod 600. If somebody may have read it, make a new key.',
      zh: '请取消组和其他用户的权限：chmod 600。若可能已被读取，请更换密钥。',
    },
  },
  'secrets.key-file-invalid': {
    category: 'input',
    retryable: false,
    message: { en: '{file} is not a key file', zh: '{file} 不是密钥文件' },
    remedy: {
      en: 'A key file holds 32 bytes as base64url.',
      zh: '密钥文件应包含 32 字节的 base64url 文本。',
    },
  },
  'secrets.key-file-exists': {
    category: 'conflict',
    retryable: false,
    message: { en: '{file} is already there', zh: '{file} 已存在' },
    remedy: { en: 'Choose another name; a key is never overwritten.', zh: '请换一个名称，密钥不会被覆盖。' },
  },
  'secrets.key-unknown': {
    category: 'missing',
    retryable: false,
    message: { en: 'The vault has no key {key}', zh: '保险库中没有密钥 {key}' },
    remedy: {
      en: 'Bring it back from the copy that was kept outside with `holdfast key import`, or give the key file.',
      zh: '请用 `holdfast key import` 从外部保存的副本导入，或提供密钥文件。',
    },
  },
  'secrets.passphrase-unknown': {
    category: 'missing',
    retryable: false,
    message: {
      en: 'The vault has no passphrase to seal the archives of {service} with',
      zh: '保险库中没有用于密封 {service} 归档的口令',
    },
    remedy: {
      en: 'Enter it with `holdfast task set TASK --archive-passphrase-prompt`.',
      zh: '请用 `holdfast task set TASK --archive-passphrase-prompt` 输入。',
    },
  },
  'secrets.key-exists': {
    category: 'conflict',
    retryable: false,
    message: { en: 'There is already a key {key}', zh: '已有密钥 {key}' },
    remedy: {
      en: 'Choose another name, or replace the key with "holdfast key rotate".',
      zh: '请换一个名称，或用 “holdfast key rotate” 更换密钥。',
    },
  },
  'secrets.user-exists': {
    category: 'conflict',
    retryable: false,
    message: { en: 'There is a user {name} already', zh: '用户 {name} 已存在' },
    remedy: {
      en: 'Choose another name, or change the user with `holdfast user set`.',
      zh: '请换一个名称，或用 `holdfast user set` 修改该用户。',
    },
  },
  'secrets.no-such-user': {
    category: 'missing',
    retryable: false,
    message: { en: 'There is no user {name}', zh: '用户 {name} 不存在' },
    remedy: { en: 'See `holdfast user list`.', zh: '请查看 `holdfast user list`。' },
  },
  'secrets.last-admin': {
    category: 'conflict',
    retryable: false,
    message: { en: 'User {name} is the last admin', zh: '用户 {name} 是最后一名管理员' },
    remedy: { en: 'Make somebody else admin first.', zh: '请先将其他用户设为管理员。' },
  },
  'secrets.weak-password': {
    category: 'input',
    retryable: false,
    message: {
      en: 'The password has fewer than {least} characters',
      zh: '密码少于 {least} 个字符',
    },
    remedy: { en: 'Choose a longer one.', zh: '请使用更长的密码。' },
  },
  'secrets.users-busy': {
    category: 'conflict',
    retryable: true,
    message: {
      en: 'Another command is changing the users: {file} is there',
      zh: '另一个命令正在修改用户：{file} 已存在',
    },
    remedy: {
      en: 'Try again. If no other command runs, one was killed: delete the file.',
      zh: '请重试。如果没有其他命令在运行，说明之前的命令被强制结束：请删除该文件。',
    },
  },
  'secrets.users-damaged': {
    category: 'integrity',
    retryable: false,
    message: { en: 'The file of the users, {file}, cannot be read as one', zh: '用户文件 {file} 无法解析' },
    remedy: {
      en: 'Put a copy of it back, or delete it and add the users again with `holdfast user add`.',
      zh: '请恢复其副本，或删除后用 `holdfast user add` 重新添加用户。',
    },
  },
});
