/** A pointer as Flink keeps it in ZooKeeper: a serialised Java object that names a file. */
export function javaPointer(file: string): Buffer {
  const short = (value: number) => Buffer.from([value >> 8, value & 0xff]);
  const text = (value: string) => Buffer.concat([short(Buffer.byteLength(value)), Buffer.from(value)]);
  const description = (name: string, field: string, type: string) =>
    Buffer.concat([
      Buffer.from([0x72]),
      text(name),
      Buffer.alloc(8, 0x5a),
      Buffer.from([0x02, 0x00, 0x01, 0x4c]),
      text(field),
      Buffer.from([0x74]),
      text(type),
      Buffer.from([0x78, 0x70]),
    ]);
  const state = 'org.apache.flink.runtime.state';
  return Buffer.concat([
    Buffer.from([0xac, 0xed, 0x00, 0x05, 0x73]),
    description(
      `${state}.RetrievableStreamStateHandle`,
      'wrappedStreamStateHandle',
      'Lorg/apache/flink/runtime/state/StreamStateHandle;',
    ),
    Buffer.from([0x73]),
    description(`${state}.filesystem.FileStateHandle`, 'filePath', 'Ljava/lang/String;'),
    Buffer.from([0x74]),
    text(file),
  ]);
}
