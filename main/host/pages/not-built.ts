/** What is shown where the renderer has not been built. `nonce` lets its style pass the page's policy. */
export function notBuiltPage(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Holdfast</title>
<style nonce="${nonce}">
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem; }
</style>
<h1>Holdfast runs</h1>
<p>Its pages have not been built. Run <code>npm run build</code> in the folder of Holdfast and start the host again.</p>
<p>Everything can be done on the command line meanwhile: <code>holdfast --help</code>.</p>
<p lang="zh-CN">Holdfast 正在运行，但界面尚未构建。请在 Holdfast 目录中执行 <code>npm run build</code>，然后重新启动主机。
在此期间，所有操作都可以通过命令行完成：<code>holdfast --help</code>。</p>
</html>
`;
}
