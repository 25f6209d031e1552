import { describe, expect, test } from 'vitest';
import { endsInHalfKey } from '../../../renderer/model/half-word';

describe('what is being written in the filter', () => {
  test.each(['d', 'dur', 'err', '-sta', 'kind:request th', 'ERR'])('“%s” may become a key', (text) => {
    expect(endsInHalfKey(text)).toBe(true);
  });

  test.each(['', 'dur>', 'dur>100ms', 'error:', 'slow', 'durable', '"dur', '/dur', 'dur ', 'dur slow', '12029'])('“%s” may not', (text) => {
    expect(endsInHalfKey(text)).toBe(false);
  });
});
