import ssh2, { type AnyAuthMethod, type ParsedKey } from 'ssh2';
import { SshError } from './errors.ts';
import { hostText, type SshOptions } from './types.ts';

const OF_PASSPHRASE = /passphrase|decrypt|integrity check/i;

/** What is offered to a host, in this order. */
export type SignInMethods = readonly AnyAuthMethod[];

/**
 * What is offered to the host, in this order. A password is also given where the host asks for one interactively.
 * @throws SshError `BadKey`, `NoAgent`
 */
export function signInMethods(options: SshOptions): SignInMethods {
  const { user: username, signIn } = options;
  switch (signIn.by) {
    case 'password': {
      const { password } = signIn;
      return [
        { type: 'password', username, password },
        {
          type: 'keyboard-interactive',
          username,
          prompt: (_name, _instructions, _language, prompts, finish) =>
            finish(prompts.map(({ echo }) => (echo === true ? username : password))),
        },
      ];
    }
    case 'key':
      return [{ type: 'publickey', username, key: parsedKey(options, signIn) }];
    case 'agent':
      if (signIn.socket === undefined) throw failed(options, 'NoAgent', 'SSH_AUTH_SOCK is not set');
      return [{ type: 'agent', username, agent: signIn.socket }];
  }
}

/** The library's messages say what is wrong with a key and never quote it. */
function parsedKey(
  options: SshOptions,
  { privateKey, passphrase }: Extract<SshOptions['signIn'], { readonly by: 'key' }>,
): ParsedKey {
  const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(privateKey, passphrase);
  if (parsed instanceof Error) throw failed(options, 'BadKey', keyProblem(parsed, passphrase));
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key === undefined || !key.isPrivateKey()) throw failed(options, 'BadKey', 'it is not a private key');
  return key;
}

function keyProblem(error: Error, passphrase: string | undefined): string {
  if (!OF_PASSPHRASE.test(error.message)) return error.message;
  return passphrase === undefined ? 'it has a passphrase, and none is given' : 'the passphrase is wrong';
}

function failed(options: SshOptions, code: 'BadKey' | 'NoAgent', problem: string): SshError {
  return new SshError(code, { host: hostText(options), user: options.user, problem });
}
