import type { Position } from './tokenizer.js';

/** In which currency an amount stands and where (looked up when asked): what `close` of an amount needs besides the text. */
export interface AmountContext {
  readonly currency: string | null;
  readonly position: Position;
}

/**
 * What to do with an element at one place of the message. Elements are found by their local name along the path from the
 * root; whatever has no rule is passed over with everything inside, so a foreign `Ntry` under `SplmtryData` is never seen.
 */
export interface ElementRule<S> {
  readonly children: ReadonlyMap<string, ElementRule<S>> | null;
  /** For children that are not named; null passes them over. */
  otherwise: ElementRule<S> | null;
  /** Whether `close` gets the text of the element, blanks around it removed. */
  readonly text: boolean;
  readonly open: ((state: S, namespace: string) => void) | null;
  readonly close: ((state: S, text: string, amount: AmountContext) => void) | null;
}

export type Children<S> = Readonly<Record<string, ElementRule<S>>>;

interface Hooks<S> {
  readonly open?: (state: S, namespace: string) => void;
  readonly close?: (state: S) => void;
}

/** An element that holds others. */
export const group = <S>(children: Children<S>, hooks: Hooks<S> = {}): ElementRule<S> => ({
  children: new Map(Object.entries(children)),
  otherwise: null,
  text: false,
  open: hooks.open ?? null,
  close: hooks.close ?? null,
});

/** An element that holds text; one that held text in older versions and elements in newer ones names those too (`Sts`). */
export const leaf = <S>(
  close: (state: S, text: string, amount: AmountContext) => void,
  children: Children<S> | null = null,
): ElementRule<S> => ({
  children: children === null ? null : new Map(Object.entries(children)),
  otherwise: null,
  text: true,
  open: null,
  close,
});
