/** A life cycle as the list of its allowed steps. */
export type StateTable<State extends string> = readonly { readonly from: State; readonly to: State }[];

/** Whether a state may follow another one directly. Staying where one is is always allowed. */
export const mayBecome = <State extends string>(table: StateTable<State>, from: State, to: State): boolean =>
  from === to || table.some((step) => step.from === from && step.to === to);

/** The states nothing follows. */
export const endStates = <State extends string>(table: StateTable<State>, states: readonly State[]): State[] =>
  states.filter((state) => !table.some(({ from }) => from === state));
