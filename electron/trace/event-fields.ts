import type { EventFields, EventValue } from '../../preload/contract/event';

/** The fields of a structure as the trace keeps it; of any other value there are none. */
export function fieldsOf(value: EventValue | undefined): EventFields {
  // Of the object types of EventValue both have named fields: a list is the one that has none.
  return typeof value === 'object' && !Array.isArray(value) ? (value as EventFields) : {};
}

/** The items of a list that are structures. */
export function structsIn(value: EventValue | undefined): readonly EventFields[] {
  return Array.isArray(value) ? value.map((item: EventValue) => fieldsOf(item)) : [];
}

export function textOf(value: EventValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A number, or the number that hex text says; 0 for what is neither. */
export function numberOf(value: EventValue | undefined): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) || 0 : 0;
}
