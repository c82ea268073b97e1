import type { Role } from '../contract/session.ts';
import { commandLine } from './command.ts';

/** `holdfast user add …`. The password is asked for at the prompt. */
export function addUserCommand(name: string, role: Role): string {
  return commandLine([
    'user',
    'add',
    name,
    { flag: 'role', value: role },
    { flag: 'password-prompt', value: true },
  ]);
}

/** `holdfast user set …`. A new password is asked for at the prompt. */
export function setUserCommand(name: string, role: Role | undefined, password: boolean): string {
  return commandLine([
    'user',
    'set',
    name,
    { flag: 'role', value: role },
    { flag: 'password-prompt', value: password },
  ]);
}

/** `holdfast serve …` as it serves other machines; the names stand for those of the machine. */
export const SERVE_OTHERS_COMMAND = commandLine([
  'serve',
  { flag: 'address', value: '0.0.0.0' },
  { flag: 'port', value: 7443 },
  { flag: 'public-name', value: 'backup.example.org' },
  { flag: 'tls-certificate', value: '/etc/holdfast/tls.pem' },
  { flag: 'tls-key', value: '/etc/holdfast/tls.key' },
]);
