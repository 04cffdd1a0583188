// SPDX-License-Identifier: EUPL-1.2
// A value that tells when it changes, and how a Lit element follows it.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Store<T> {
  #value: T;
  #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }
  get value(): T {
    return this.#value;
  }
  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener(value);
  }
  update(change: Partial<T>): void {
    this.set({ ...this.#value, ...change });
  }
  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/// Renders its host whenever the store changes, for as long as the host is connected.
export class Follow<T> implements ReactiveController {
  #stop: (() => void) | undefined;

  constructor(private readonly host: ReactiveControllerHost, private readonly store: Store<T>) {
    host.addController(this);
  }
  get value(): T {
    return this.store.value;
  }
  hostConnected(): void {
    this.#stop = this.store.subscribe(() => this.host.requestUpdate());
  }
  hostDisconnected(): void {
    this.#stop?.();
  }
}
