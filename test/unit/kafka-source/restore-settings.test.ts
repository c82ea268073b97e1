import { describe, expect, it } from 'vitest';
import { settingsChange, wantedSettings } from '../../../main/sources/kafka/restore/settings.ts';
import { siteWith } from './restore-site.ts';

const site = siteWith();
const elsewhere = siteWith({ same: false });
const newer = siteWith({ topicConfigs: new Set(['retention.ms']) });
const electing = siteWith({
  features: { epoch: 1n, finalized: [{ name: 'eligible.leader.replicas.version', level: 1 }], supported: [] },
});

describe('configs of a restore', () => {
  it('set what differs, take away what the point does not have, and leave alone what is equal', () => {
    const point = { 'retention.ms': '5', 'cleanup.policy': 'compact' };
    const live = { 'retention.ms': '6', 'cleanup.policy': 'compact', 'segment.ms': '9' };
    expect(settingsChange(point, live, 'topic', { mode: 'equal', site }).values).toEqual({
      'retention.ms': '5',
      'segment.ms': null,
    });
    expect(settingsChange(point, live, 'topic', { mode: 'merge', site }).values).toEqual({
      'retention.ms': '5',
    });
  });

  it('never touch the limits of a reassignment, on either side', () => {
    const throttle = { 'leader.replication.throttled.replicas': '*' };
    const rate = { 'follower.replication.throttled.rate': '1000' };
    expect(settingsChange(throttle, {}, 'topic', { mode: 'equal', site }).values).toEqual({});
    expect(settingsChange({}, throttle, 'topic', { mode: 'equal', site }).values).toEqual({});
    expect(settingsChange(rate, {}, 'broker', { mode: 'equal', site }).values).toEqual({});
    expect(wantedSettings(rate, 'all-brokers', site).throttles).toEqual(Object.keys(rate));
  });

  it('do not carry listeners and certificates to another cluster, nor take them away there', () => {
    const point = { 'advertised.listeners': 'PLAINTEXT://old:9092', 'log.retention.ms': '1' };
    const live = { 'listener.name.tls.ssl.keystore.location': '/new' };
    const change = settingsChange(point, live, 'broker', { mode: 'equal', site: elsewhere });
    expect(change.values).toEqual({ 'log.retention.ms': '1' });
    expect(wantedSettings(point, 'broker', elsewhere).ofSite).toEqual(['advertised.listeners']);
    expect(settingsChange(point, {}, 'broker', { mode: 'equal', site }).values).toEqual(point);
  });

  it('leave hidden values as they are', () => {
    const point = { 'ssl.keystore.password': null };
    expect(settingsChange(point, point, 'broker', { mode: 'equal', site }).values).toEqual({});
    expect(settingsChange(point, {}, 'broker', { mode: 'equal', site }).values).toEqual({});
    expect(wantedSettings(point, 'broker', site).hidden).toEqual(['ssl.keystore.password']);
    expect(settingsChange({}, point, 'broker', { mode: 'equal', site }).values).toEqual({
      'ssl.keystore.password': null,
    });
  });

  it('leave out what topics cannot have on this cluster', () => {
    const point = { 'message.format.version': '2.8', 'retention.ms': '5' };
    expect(wantedSettings(point, 'topic', newer)).toMatchObject({
      values: { 'retention.ms': '5' },
      unknown: ['message.format.version'],
    });
    expect(settingsChange(point, {}, 'topic', { mode: 'equal', site: newer }).values).toEqual({
      'retention.ms': '5',
    });
    expect(wantedSettings(point, 'topic', site).unknown).toEqual([]);
  });

  it('do not take away what the controllers hold on to', () => {
    const live = { 'min.insync.replicas': '1' };
    const change = settingsChange({}, live, 'all-brokers', { mode: 'equal', site: electing });
    expect(change).toEqual({ values: {}, fixed: ['min.insync.replicas'] });
    expect(settingsChange({}, live, 'topic', { mode: 'equal', site: electing }).values).toEqual({
      'min.insync.replicas': null,
    });
  });
});
