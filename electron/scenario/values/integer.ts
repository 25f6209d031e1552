import { err, ok, type Result } from '../../../preload/contract/result';
import { constantNames, constantValue } from '../../../preload/contract/win32/constant-table';
import { suggestion } from '../language/nearest';
import { isList, plain, type Datum } from './datum';

const DIGITS = /^[+-]?[0-9]+$/;
const HEX = /^0[xX][0-9a-fA-F]+$/;

/** The number of a text: decimal, hexadecimal, or a constant's name; undefined for any other text. */
export function integerOfText(text: string): bigint | undefined {
  if (DIGITS.test(text) || HEX.test(text)) return BigInt(text.startsWith('+') ? text.slice(1) : text);
  const constant = constantValue(text);
  return constant === undefined ? undefined : BigInt(constant);
}

/** The number that a datum stands for where one is due; a list is the flags it names. */
export function toInteger(datum: Datum): Result<bigint, string> {
  const value = plain(datum);
  if (value === undefined) return ok(0n);
  if (typeof value === 'bigint') return ok(value);
  if (typeof value === 'boolean') return ok(value ? 1n : 0n);
  if (typeof value === 'string') {
    const number = integerOfText(value);
    if (number !== undefined) return ok(number);
    return err(`"${value}" is no number and no constant that is known.${suggestion(value, constantNames())}`);
  }
  if (isList(value)) {
    let bits = 0n;
    for (const item of value) {
      const bit = toInteger(item);
      if (!bit.ok) return bit;
      bits |= BigInt.asUintN(64, bit.value);
    }
    return ok(bits);
  }
  return err('This is no number.');
}

/** Compares numbers of unknown width: -1 equals 0xFFFFFFFF and 0xFFFFFFFFFFFFFFFF. */
export function sameInteger(left: bigint, right: bigint): boolean {
  if (left === right) return true;
  if (left >= 0n && right >= 0n) return false;
  return [32, 64].some((bits) => BigInt.asUintN(bits, left) === BigInt.asUintN(bits, right) && fits(left, bits) && fits(right, bits));
}

function fits(value: bigint, bits: number): boolean {
  return value < 1n << BigInt(bits) && value >= -(1n << BigInt(bits - 1));
}
