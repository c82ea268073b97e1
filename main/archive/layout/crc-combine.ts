const POLYNOMIAL = 0xedb88320;
const BITS = 32;

/**
 * The CRC-32 of two byte strings joined, from the CRC-32 of each and the second's length. Appending `length` zero
 * bytes is a linear map over GF(2); it is raised to that power by squaring (as zlib's `crc32_combine` does).
 */
export function combineCrc32(first: number, second: number, length: number): number {
  let operator = squared(squared(oneZeroBit()));
  let crc = first;
  for (let left = length; left > 0; left = Math.floor(left / 2)) {
    operator = squared(operator);
    if (left % 2 === 1) crc = times(operator, crc);
  }
  return (crc ^ second) >>> 0;
}

/** The map of appending one zero bit: row n is what bit n turns into. */
function oneZeroBit(): Uint32Array {
  const operator = new Uint32Array(BITS);
  operator[0] = POLYNOMIAL;
  for (let n = 1; n < BITS; n++) operator[n] = 2 ** (n - 1);
  return operator;
}

function times(operator: Uint32Array, vector: number): number {
  let sum = 0;
  for (let bits = vector >>> 0, n = 0; bits !== 0; bits >>>= 1, n++) {
    if (bits & 1) sum ^= operator[n] ?? 0;
  }
  return sum >>> 0;
}

function squared(operator: Uint32Array): Uint32Array {
  return operator.map((row) => times(operator, row));
}
