import type { desktop as english } from '../en/desktop.ts';
import type { Translated } from '../translated.ts';

export const desktop: Translated<typeof english> = {
  title: '桌面程序',
  inBrowser: '此处用于桌面程序。您正在浏览器中查看 Holdfast。',
  startAtLogin: '登录此电脑时启动',
  startAtLoginHelp: '只在托盘中运行，不打开窗口。程序运行期间，计划任务会照常执行。',
  closing: {
    label: '关闭窗口时',
    help: '从菜单或托盘退出总会结束程序及其主机。',
    running: '有运行时留在托盘，否则退出程序',
    always: '总是留在托盘',
  },
  updates: {
    label: '更新到的版本',
    on: '每天检查一次，退出程序时安装。',
    off: '已关闭：程序首选项中未设置更新来源。',
    latest: '正式版本',
    beta: '也包括预览版本',
  },
};
