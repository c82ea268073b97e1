import type { storages as english } from '../en/storages.ts';
import type { Translated } from '../translated.ts';

export const storages: Translated<typeof english> = {
  title: '存储',
  description: '归档的存放位置：目录与存储桶。',
  account: 'Holdfast 所需的账号权限',
  secretSet: '已设置，保存在保险库中',
  contentSet: '已设置',
  empty: {
    title: '还没有存储',
    text: '添加用于写入备份的目录或存储桶，保存前可以先试用。',
  },
  field: {
    name: '名称',
    driver: '类型',
    place: '位置',
    fill: '可用空间',
    archives: '归档',
    created: '添加时间',
    rescanned: '最近重新扫描',
  },
  neverRescanned: '从未',
  help: {
    name: '存储的称呼。',
  },
  fill: {
    label: '{name} 的使用情况',
    free: '剩余 {free}',
    unknown: '未知',
    unreachable: '无法访问',
    archives: '{count} 个 · {size}',
  },
  add: {
    title: '添加存储',
    finish: '添加存储',
  },
  edit: {
    title: '修改',
    save: '保存',
  },
  probe: {
    action: '先试用',
  },
  validate: {
    action: '验证存储',
    title: '存储验证',
    text: '写入、读取、列出并删除测试对象，以证明存储符合要求。不会触及归档。',
  },
  rescan: {
    action: '重新扫描',
    title: '重新扫描',
    start: '立即扫描',
    text: '将存储中的内容读入目录：任务、恢复点和归档，包括其他安装写入的内容。崩溃时未完成的部分将被修复。',
    found: '{tasks} 个任务，{points} 个恢复点，{archives} 个归档',
    isSound: '全部完好',
    isDamaged: '有损坏',
    damaged: '与写入时不一致',
    notes: '需要了解',
    repaired: '已修复',
  },
  remove: {
    title: '移除',
    action: '移除存储',
    text: 'Holdfast 将不再记录该存储及其中的恢复点。已有内容保持不变，重新扫描即可再次找到。',
  },
};
