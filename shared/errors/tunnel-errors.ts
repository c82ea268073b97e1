import { defineErrors } from './definition.ts';

export const tunnelErrors = defineErrors({
  'tunnel.unreachable': {
    category: 'network',
    retryable: true,
    message: {
      en: 'The SSH host {host} does not answer: {problem}',
      zh: 'SSH 主机 {host} 没有响应：{problem}',
    },
    remedy: {
      en: 'Check its name and port, that an SSH server runs there and that this machine can reach it.',
      zh: '请检查主机名与端口，并确认该处运行着 SSH 服务且本机可以访问。',
    },
  },
  'tunnel.host-key-unknown': {
    category: 'config',
    retryable: false,
    message: {
      en: 'The key of the SSH host {host} was not accepted yet: it shows {shown}',
      zh: 'SSH 主机 {host} 的密钥尚未被接受：其出示的指纹为 {shown}',
    },
    remedy: {
      en: 'Compare it with what `ssh-keygen -lf` prints on that host; if it is the same, accept it in the cluster’s settings or with `holdfast cluster set <cluster> --tunnel-host-key {shown}`.',
      zh: '请与该主机上 `ssh-keygen -lf` 的输出比对；一致时在集群设置中接受，或使用 `holdfast cluster set <集群> --tunnel-host-key {shown}`。',
    },
  },
  'tunnel.host-key-changed': {
    category: 'auth',
    retryable: false,
    message: {
      en: 'The SSH host {host} shows another key than the accepted one: {shown} instead of {known}',
      zh: 'SSH 主机 {host} 出示的密钥与已接受的不同：{shown}，而非 {known}',
    },
    remedy: {
      en: 'Somebody may be listening in. Ask who runs the host; only if the key was changed on purpose, accept {shown} in the cluster’s settings or with `holdfast cluster set <cluster> --tunnel-host-key {shown}`.',
      zh: '可能有人在窃听。请向主机管理员确认；仅在密钥确系主动更换时，在集群设置中接受 {shown}，或使用 `holdfast cluster set <集群> --tunnel-host-key {shown}`。',
    },
  },
  'tunnel.sign-in-refused': {
    category: 'auth',
    retryable: false,
    message: {
      en: 'The SSH host {host} refuses the sign-in of {user}: {problem}',
      zh: 'SSH 主机 {host} 拒绝 {user} 登录：{problem}',
    },
    remedy: {
      en: 'Check user, password or key in the cluster’s settings, and that the host allows this way of signing in.',
      zh: '请检查集群设置中的用户、密码或密钥，并确认该主机允许此认证方式。',
    },
  },
  'tunnel.bad-key': {
    category: 'config',
    retryable: false,
    message: {
      en: 'The private key for the SSH host {host} cannot be used: {problem}',
      zh: '用于 SSH 主机 {host} 的私钥无法使用：{problem}',
    },
    remedy: {
      en: 'Enter the private key again, whole and with its first and last line, and its passphrase where it has one.',
      zh: '请重新填写完整的私钥（包括首行与末行），以及其口令（如有）。',
    },
  },
  'tunnel.no-agent': {
    category: 'config',
    retryable: false,
    message: {
      en: 'No SSH agent answers for the sign-in at {host}: {problem}',
      zh: '登录 {host} 时没有可用的 SSH 代理：{problem}',
    },
    remedy: {
      en: 'Start Holdfast where SSH_AUTH_SOCK names a running agent that holds the key, or give the cluster the key itself.',
      zh: '请在 SSH_AUTH_SOCK 指向持有该密钥的运行中代理的环境中启动 Holdfast，或在集群中直接填写密钥。',
    },
  },
  'tunnel.forwarding-refused': {
    category: 'auth',
    retryable: false,
    message: {
      en: 'The SSH host {host} does not let {user} through to {target}: {problem}',
      zh: 'SSH 主机 {host} 不允许 {user} 转发到 {target}：{problem}',
    },
    remedy: {
      en: 'Allow it in the sshd configuration of the host: AllowTcpForwarding, and PermitOpen where it is set.',
      zh: '请在该主机的 sshd 配置中放行：AllowTcpForwarding，以及已设置时的 PermitOpen。',
    },
  },
  'tunnel.broken': {
    category: 'network',
    retryable: true,
    message: {
      en: 'The tunnel through the SSH host {host} broke while it was in use: {problem}',
      zh: '经由 SSH 主机 {host} 的隧道在使用中断开：{problem}',
    },
    remedy: {
      en: 'It is opened again by the next connection. If it breaks often, look into the log of the SSH host and lower the keep-alive time.',
      zh: '下一次连接会重新建立隧道。若经常断开，请查看 SSH 主机日志并缩短保活间隔。',
    },
  },
});
