/**
 * Tells electron-builder that it need neither install nor rebuild nor collect dependencies: none of them is in its
 * archive, and the engine's are laid out by the next hook.
 */
export default function beforeBuild(): boolean {
  return false;
}
