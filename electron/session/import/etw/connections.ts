import type { HandleId } from '../../../../preload/contract/ids';
import { keepBounded } from './keep-bounded';

interface Connection {
  readonly remote: string;
  readonly requests: Set<HandleId>;
  readonly ids: Set<string>;
}

/** The transport connections of http.sys and the requests that are under way on each. */
export class Connections {
  private readonly byObject = new Map<string, Connection>();
  /** ConnectionObj of a ConnectionId. */
  private readonly objects = new Map<string, string>();
  private readonly carriedBy = new Map<HandleId, Connection>();

  open(object: string, remote: string): Connection {
    this.drop(object);
    const made: Connection = { remote, requests: new Set(), ids: new Set() };
    keepBounded(this.byObject, object, made);
    return made;
  }

  name(object: string, id: string): void {
    (this.byObject.get(object) ?? this.open(object, '')).ids.add(id);
    keepBounded(this.objects, id, object);
  }

  objectOf(id: string): string | undefined {
    return this.objects.get(id);
  }

  remote(object: string | undefined): string {
    return object === undefined ? '' : this.byObject.get(object)?.remote ?? '';
  }

  requests(object: string | undefined): readonly HandleId[] {
    return object === undefined ? [] : [...this.byObject.get(object)?.requests ?? []];
  }

  carry(object: string, request: HandleId): void {
    const connection = this.byObject.get(object);
    if (connection === undefined) return;
    connection.requests.add(request);
    this.carriedBy.set(request, connection);
  }

  release(request: HandleId): void {
    this.carriedBy.get(request)?.requests.delete(request);
    this.carriedBy.delete(request);
  }

  drop(object: string | undefined): void {
    const connection = object === undefined ? undefined : this.byObject.get(object);
    if (object === undefined || connection === undefined) return;
    for (const id of connection.ids) this.objects.delete(id);
    for (const request of connection.requests) this.carriedBy.delete(request);
    this.byObject.delete(object);
  }
}
