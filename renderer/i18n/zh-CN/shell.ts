import type { shell as english } from '../en/shell.ts';
import type { Translated } from '../translated.ts';

export const shell: Translated<typeof english> = {
  skip: '跳到内容',
  navigation: '导航',
  language: '语言',
  signOut: '退出登录',
  scheme: {
    label: '外观',
    light: '浅色',
    dark: '深色',
    auto: '跟随系统',
  },
  palette: {
    open: '搜索与命令',
    placeholder: '前往页面、集群、任务或恢复点',
    nothing: '未找到',
    screens: '页面',
  },
  shortcuts: {
    title: '键盘快捷键',
  },
  connection: {
    lost: '与主机的连接已断开，正在重试…',
    now: '立即重试',
    mismatch: '主机已运行其他版本。',
    reload: '重新加载',
  },
  signIn: {
    byUser: '用户名和密码',
    byLink: '链接',
    linkHelp: '请粘贴 “holdfast serve” 显示的链接，或仅粘贴其中的令牌。',
    link: '链接或令牌',
    submit: '登录',
    user: '用户',
    password: '密码',
  },
  notFound: {
    title: '未找到',
    heading: '没有这个页面',
    text: '地址可能有误，或来自其他版本。',
    home: '前往总览',
  },
  screenFailed: '页面出错',
};
