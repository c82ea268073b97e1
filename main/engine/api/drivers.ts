import type { DriverField, SourceDescription, StorageDescription } from '../../../shared/model/driver.ts';
import { TUNNEL_FIELDS } from '../../../shared/model/tunnel.ts';
import { describeFields, type FieldDescription } from '../../../shared/options/describe.ts';
import type { ObjectKind, SourceDriver } from '../../sources/contract.ts';
import { sourceDrivers } from '../../sources/registry.ts';
import type { StorageDriver } from '../../storages/contract.ts';
import { storageDrivers } from '../../storages/registry.ts';
import type { Api } from './implement.ts';

export const drivers = (api: Api) => ({
  list: api.drivers.list.handler(() => ({
    sources: sourceDrivers.map(describeSource),
    storages: storageDrivers.map(describeStorage),
    tunnel: TUNNEL_FIELDS.map(describeField),
  })),
});

function describeSource(driver: SourceDriver): SourceDescription {
  const { severalServices, consistentCapture, triesAfterRestore } = driver.capabilities;
  return {
    ...describeDriver(driver),
    dataSource: driver.dataSource,
    selection: describeFields(driver.selection).map(describeField),
    kinds: driver.kinds.map(describeKind),
    capabilities: {
      severalServices: severalServices === true,
      consistentCapture: consistentCapture === true,
      triesAfterRestore: triesAfterRestore === true,
    },
    ...(driver.identity === undefined ? {} : { identity: driver.identity.about }),
  };
}

function describeStorage(driver: StorageDriver): StorageDescription {
  const { localPath, reportsSpace } = driver.capabilities;
  return {
    ...describeDriver(driver),
    capabilities: { localPath: localPath === true, reportsSpace: reportsSpace === true },
  };
}

function describeDriver({ id, label, summary, options, account }: SourceDriver | StorageDriver) {
  return { id, label, summary, options: describeFields(options).map(describeField), account };
}

/** A field as forms and command lines are made from it. */
export function describeField({
  name,
  flag,
  type,
  required,
  default: fallback,
  meta,
}: FieldDescription): DriverField {
  const { label, help, group, secret, advanced, example, visibleWhen, widget } = meta;
  return {
    name,
    flag,
    type: type.kind === 'choice' ? { kind: 'choice', choices: [...type.choices] } : type,
    required,
    ...(fallback === undefined ? {} : { default: typeof fallback === 'object' ? [...fallback] : fallback }),
    label,
    ...(help === undefined ? {} : { help }),
    ...(group === undefined ? {} : { group }),
    secret: secret === true,
    advanced: advanced === true,
    ...(example === undefined ? {} : { example }),
    ...(visibleWhen === undefined
      ? {}
      : { visibleWhen: { field: visibleWhen.field, oneOf: [...visibleWhen.oneOf] } }),
    ...(widget === undefined ? {} : { widget }),
  };
}

function describeKind({ kind, label, fidelity, remark, sensitive }: ObjectKind) {
  return {
    kind,
    label,
    fidelity,
    ...(remark === undefined ? {} : { remark }),
    sensitive: sensitive === true,
  };
}
