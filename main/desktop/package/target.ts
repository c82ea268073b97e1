/** What a package is made for. Linux means glibc: Electron has no other. */
export interface Target {
  readonly platform: Platform;
  readonly arch: Arch;
}

export type Platform = (typeof PLATFORMS)[number];
export type Arch = (typeof ARCHS)[number];

const PLATFORMS = ['linux', 'darwin', 'win32'] as const;
const ARCHS = ['x64', 'arm64'] as const;

/** By Node's own names; another system is an error. */
export function targetOf(platform: string, arch: string): Target {
  const found = {
    platform: PLATFORMS.find((name) => name === platform),
    arch: ARCHS.find((name) => name === arch),
  };
  if (found.platform === undefined || found.arch === undefined)
    throw new Error(`No package is made for ${platform}-${arch}: only ${PLATFORMS} on ${ARCHS}.`);
  return { platform: found.platform, arch: found.arch };
}

export function nameOf({ platform, arch }: Target): string {
  return `${platform}-${arch}`;
}
